package gui

import (
	"context"
	"errors"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// tray is Files in memory: it finds one file, and its plan goes by the mapping it is given.
type tray struct {
	mu       sync.Mutex
	found    listing.Found
	result   listing.Result
	recent   []listing.File
	opening  error
	taking   error
	looking  chan struct{} // Inspect waits for it, or for its context, when it is not nil
	block    chan struct{} // Take waits for it, or for its context, when it is not nil
	asked    []listing.Reading
	plans    []listing.Order
	taken    []listing.Order
	refused  int
	left     int // looks that were cancelled
	planWait chan struct{}
}

func newTray() *tray {
	return &tray{
		found: listing.Found{
			Path: "/belgeler/liste.csv", Format: "csv", HeaderRow: 1, Reading: listing.Reading{Separator: ";", Encoding: "windows-1254", Decimal: ","},
			Header:  []string{"STOKKODU", "BARKOD", "URUN", "Raf", ""},
			Mapping: listing.Mapping{listing.Code, listing.Barcode, listing.Name, "", ""},
			Rows: []listing.Row{
				{Line: 2, Cells: []string{"K-1", "8690504012345", "ÇİKOLATA", "A3", ""}},
				{Line: 3, Cells: []string{"K-2", "8,69E+12", "KALEM", "A4", "x"}},
			},
			Stamp: listing.Stamp{Size: 7},
		},
		result: listing.Result{
			Rows: 2, Tally: listing.Tally{Added: 1, Updated: 1}, ProblemCount: 1,
			Problems: []listing.Noted{{Problem: listing.Problem{Field: listing.Barcode, Value: "8,69E+12", Reason: listing.BarcodeExponent}, Line: 3}},
		},
		recent: []listing.File{{Path: "/belgeler/liste.csv", Size: 2048}},
	}
}

func (t *tray) Recent(context.Context, string) ([]listing.File, error) { return t.recent, nil }

func (t *tray) Folder(_ context.Context, path string) (listing.Folder, error) {
	if path == "" {
		return listing.Folder{Path: "/ev", Parent: "/", Folders: []string{"/ev/Belgeler"}}, nil
	}
	return listing.Folder{Path: path, Parent: "/ev", Files: []listing.File{{Path: path + "/urunler.xml", Size: 3 << 20}}}, nil
}

func (t *tray) Inspect(ctx context.Context, path string, r listing.Reading) (listing.Found, error) {
	if t.looking != nil {
		select {
		case <-t.looking:
		case <-ctx.Done():
			t.mu.Lock()
			defer t.mu.Unlock()
			t.left++
			return listing.Found{}, domain.E(domain.KindCancelled, "look", ctx.Err())
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked = append(t.asked, r)
	if t.opening != nil {
		return listing.Found{}, t.opening
	}
	f := t.found
	f.Path = path
	if r.Separator != "" {
		f.Reading.Separator = r.Separator
	}
	f.Mapping = append(listing.Mapping{}, f.Mapping...)
	return f, nil
}

func (t *tray) Plan(ctx context.Context, o listing.Order, c *listing.Count) (listing.Result, error) {
	t.mu.Lock()
	t.plans = append(t.plans, o)
	wait := t.planWait
	t.mu.Unlock()
	c.Read()
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return listing.Result{}, domain.E(domain.KindCancelled, "plan", ctx.Err())
		}
	}
	return t.result, nil
}

func (t *tray) Take(ctx context.Context, o listing.Order, c *listing.Count) (listing.Result, error) {
	c.Wrote(1, 2)
	if t.block != nil {
		select {
		case <-t.block:
		case <-ctx.Done():
			return listing.Result{}, domain.E(domain.KindCancelled, "import", ctx.Err())
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.taking != nil {
		return listing.Result{}, t.taking
	}
	t.taken = append(t.taken, o)
	return t.result, nil
}

func (t *tray) Refused(context.Context, listing.Order) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refused++
	return "/belgeler/Sopyo/liste-hatalar.xlsx", nil
}

// past is History in memory.
type past struct {
	entries  []history.Entry
	broken   bool
	exported []history.Entry
}

func (p *past) History(_ context.Context, n, skip int) ([]history.Entry, int, error) {
	if p.broken {
		return nil, 0, errors.New("broken")
	}
	rest := p.entries[min(skip, len(p.entries)):]
	if n > 0 {
		rest = rest[:min(n, len(rest))]
	}
	return rest, len(p.entries), nil
}

func (p *past) ExportHistory(_ context.Context, _ string, entries []history.Entry) (string, error) {
	p.exported = entries
	return "/belgeler/Sopyo/gecmis.xlsx", nil
}
