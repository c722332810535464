package gui

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// surgery is the doctor over a larder.
type surgery struct {
	larder *larder

	mu       sync.Mutex
	slow     time.Duration // of every piece of work
	failing  error
	looks    int
	repairs  []doctor.Repair
	open     []doctor.Repaired // not taken back
	exported []doctor.Finding
}

func (s *surgery) wait(ctx context.Context, c *doctor.Count) error {
	s.mu.Lock()
	slow, failing := s.slow, s.failing
	s.mu.Unlock()
	c.Set(1, 4)
	select {
	case <-time.After(slow):
		return failing
	case <-ctx.Done():
		return domain.E(domain.KindCancelled, "look", ctx.Err())
	}
}

func (s *surgery) Examine(ctx context.Context, c *doctor.Count) (doctor.Report, error) {
	if err := s.wait(ctx, c); err != nil {
		return doctor.Report{}, err
	}
	s.mu.Lock()
	s.looks++
	s.mu.Unlock()
	return doctor.Examine(slices.Values(s.products())), nil
}

func (s *surgery) products() []domain.Product {
	s.larder.mu.Lock()
	defer s.larder.mu.Unlock()
	return slices.Clone(s.larder.products)
}

func (s *surgery) Padding(ctx context.Context, column doctor.Column, width int, c *doctor.Count) (doctor.Padded, error) {
	return doctor.Pad(slices.Values(s.products()), column, width), s.wait(ctx, c)
}

func (s *surgery) Repair(ctx context.Context, r doctor.Repair, c *doctor.Count) (doctor.Repaired, error) {
	if err := s.wait(ctx, c); err != nil {
		return doctor.Repaired{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.repairs = append(s.repairs, r)
	out := doctor.Repaired{ID: int64(len(s.repairs)), At: time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC), What: r.What, Width: r.Width}
	out.Done, out.Left = s.larder.write(r.Fixes)
	s.open = append(s.open, out)
	return out, nil
}

func (s *surgery) LastRepair(context.Context) (doctor.Repaired, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) == 0 {
		return doctor.Repaired{}, false, nil
	}
	return s.open[len(s.open)-1], true, nil
}

func (s *surgery) UndoRepair(_ context.Context, r doctor.Repaired, _ *doctor.Count) (doctor.Repaired, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = slices.DeleteFunc(s.open, func(o doctor.Repaired) bool { return o.ID == r.ID })
	var back []doctor.Fix
	for _, f := range s.repairs[r.ID-1].Fixes {
		f.From, f.To = f.To, f.From
		back = append(back, f)
	}
	r.Done, r.Left = s.larder.write(back)
	return r, nil
}

func (s *surgery) ExportFindings(_ context.Context, _ string, findings []doctor.Finding) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.exported = findings
	return "/belgeler/Sopyo/barkod-doktoru.xlsx", nil
}

// write carries fixes out.
func (l *larder) write(fixes []doctor.Fix) (done, left int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range fixes {
		p := &l.products[f.Product-1]
		switch {
		case f.Column == doctor.Code && string(p.Code) == f.From:
			p.Code = domain.Code(f.To)
		case f.Column == doctor.Barcode && string(p.Barcode) == f.From:
			p.Barcode = domain.Barcode(f.To)
		default:
			left++
			continue
		}
		p.Revision++
		done++
	}
	return done, left
}

// doctorStage is the window at Barkod doktoru.
type doctorStage struct {
	*shelfStage
	surgery *surgery
}

// sick makes a larder of products with these barcodes.
func sick(barcodes ...string) *larder {
	l := newLarder(len(barcodes))
	for i, b := range barcodes {
		l.products[i].Barcode = domain.Barcode(b)
	}
	return l
}

func atDoctor(t *testing.T, l *larder, f func(s *doctorStage)) {
	t.Helper()
	surgery := &surgery{larder: l}
	onStageWith(t, newOffice(), func(_ *stage, cfg *Config) { cfg.First.Catalogue, cfg.First.Doctor = l, surgery }, func(s *stage) {
		s.w.open(viewProducts)
		s.settle()
		s.w.openDoctor()
		s.settle()
		f(&doctorStage{&shelfStage{s, l}, surgery})
	})
}

func (s *doctorStage) page() *doctorPage { return s.w.goods.doctor }

// kind picks a line of the left side.
func (s *doctorStage) kind(title string) {
	s.t.Helper()
	for _, i := range append([]*widgets.Item{s.page().kinds.all}, s.items()...) {
		if i.Title() == title {
			i.Tapped(nil)
			s.settle()
			return
		}
	}
	s.t.Fatalf("no kind %q", title)
}

func (s *doctorStage) items() (items []*widgets.Item) {
	for _, k := range doctor.Kinds() {
		items = append(items, s.page().kinds.items[k])
	}
	return items
}

// counts gives the numbers of the left side, all findings first.
func (s *doctorStage) counts() string {
	all := []string{s.page().kinds.all.Count()}
	for _, i := range s.items() {
		all = append(all, i.Count())
	}
	return strings.Join(all, " ")
}

// says fails unless the doctor's banner has these words.
func (s *doctorStage) says(words string) {
	s.t.Helper()
	if got := s.page().said.Words(); !strings.Contains(got, words) {
		s.t.Errorf("it says %q, not %q", got, words)
	}
}

func (s *doctorStage) barcode(id domain.ProductID, want domain.Barcode) {
	s.t.Helper()
	if got := s.larder.product(id).Barcode; got != want {
		s.t.Errorf("product %d has %q, want %q", id, got, want)
	}
}

// keyIn presses keys while the list of findings has the focus.
func (s *doctorStage) keyIn(names ...fyne.KeyName) {
	s.t.Helper()
	for _, n := range names {
		s.win.Canvas().Focus(s.page().table.Focusable())
		s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
		s.settle()
	}
}

// undoes presses Ctrl+Z.
func (s *doctorStage) undoes() {
	s.t.Helper()
	s.w.undo()
	s.settle()
}

// field is the entry of the open dialog.
func (s *doctorStage) field() *widgets.Entry {
	s.t.Helper()
	var found *widgets.Entry
	walk(s.w.e.modal.popUp.Content, func(o fyne.CanvasObject) {
		if e, ok := o.(*widgets.Entry); ok {
			found = e
		}
	})
	return found
}

// asksWith fails unless the open dialog has these words.
func (s *doctorStage) asksWith(words ...string) {
	s.t.Helper()
	s.asks()
	var all []string
	walk(s.w.e.modal.popUp.Content, func(o fyne.CanvasObject) {
		if t, ok := o.(*widgets.Text); ok {
			all = append(all, t.Words())
		}
	})
	for _, w := range words {
		if !slices.ContainsFunc(all, func(said string) bool { return strings.Contains(said, w) }) {
			s.t.Errorf("the dialog does not say %q: %q", w, all)
		}
	}
}
