//go:build bench && linux

package app_test

import (
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// latency measures how long 10,000 products take to be read from an İşbaşı that takes its time, from the first call
// to the last page that is stored, against what no reader that keeps to the rules could beat: four calls at once without
// pace, three calls a second with it. It has been read once before, so that what its filters can do is known.
func (b *bench) latency() {
	t := b.t
	const pages, abreast, perSecond = 100, 4, 3
	for _, c := range []struct {
		work  string
		takes time.Duration // a page
		paced bool
		byKey bool
		tries int
		least time.Duration
	}{
		{"10,000 products, 150 ms a page, no pace, numbered", 150 * time.Millisecond, false, false, 3, pages * 150 * time.Millisecond / abreast},
		{"the same by key", 150 * time.Millisecond, false, true, 3, pages * 150 * time.Millisecond / abreast},
		{"10,000 products, 1 s a page, in pace, numbered", time.Second, true, false, 1, pages * time.Second / perSecond},
		{"the same by key", time.Second, true, true, 1, pages * time.Second / perSecond},
	} {
		server, err := sandbox.New(sandbox.Options{Products: sandbox.Products(pages*transfer.PageSize, 14), KeyIgnored: !c.byKey})
		if err != nil {
			t.Fatal(err)
		}
		e := errandOf{Dir: filepath.Join(t.TempDir(), "slow"), URL: server.URL()}
		if err := makeFirm(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if err := importAll(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		e.Paced = c.paced
		before := server.Count(sandbox.RouteProducts)
		server.Fault(sandbox.Fault{Kind: sandbox.FaultDelay, Route: sandbox.RouteProducts, Delay: c.takes})
		var reading, whole time.Duration // the best: other work on the machine is none of it
		for range c.tries {
			begun := time.Now()
			var run transfer.Run
			if err := opened(t.Context(), e, func(co *app.Company) (err error) {
				run, err = importOf(t.Context(), co)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if reads := server.Count(sandbox.RouteProducts) - before; run.Counters.Read != pages*transfer.PageSize || reads != pages {
				t.Errorf("%s: %d read with %d calls", c.work, run.Counters.Read, reads)
			}
			before += pages
			if read := run.ReadAt.Sub(run.CreatedAt); reading == 0 || read < reading {
				reading, whole = read, time.Since(begun)
			}
		}
		b.add(c.work+": reading", float64(reading)/float64(c.least), "× the least", 1.2, 1.05)
		b.add(c.work+": import", float64(whole)/float64(c.least), "× the least", 0, 0)
		_ = server.Close()
	}
}
