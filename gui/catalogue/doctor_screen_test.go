package catalogue

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
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// repairs is the doctor over a catalogue.
type repairs struct {
	larder *kittest.Catalogue

	mu       sync.Mutex
	slow     time.Duration // of every piece of work
	failing  error
	looks    int
	repairs  []doctor.Repair
	open     []doctor.Repaired // not taken back
	exported []doctor.Finding
}

func (s *repairs) wait(ctx context.Context, c *doctor.Count) error {
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

func (s *repairs) Examine(ctx context.Context, c *doctor.Count) (doctor.Report, error) {
	if err := s.wait(ctx, c); err != nil {
		return doctor.Report{}, err
	}
	s.mu.Lock()
	s.looks++
	s.mu.Unlock()
	return doctor.Examine(slices.Values(s.products())), nil
}

func (s *repairs) products() []domain.Product {
	s.larder.Mu.Lock()
	defer s.larder.Mu.Unlock()
	return slices.Clone(s.larder.All)
}

func (s *repairs) Padding(ctx context.Context, column doctor.Column, width int, c *doctor.Count) (doctor.Padded, error) {
	return doctor.Pad(slices.Values(s.products()), column, width), s.wait(ctx, c)
}

func (s *repairs) Repair(ctx context.Context, r doctor.Repair, c *doctor.Count) (doctor.Repaired, error) {
	if err := s.wait(ctx, c); err != nil {
		return doctor.Repaired{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.repairs = append(s.repairs, r)
	out := doctor.Repaired{ID: int64(len(s.repairs)), At: time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC), What: r.What, Width: r.Width}
	out.Done, out.Left = s.larder.Write(r.Fixes)
	s.open = append(s.open, out)
	return out, nil
}

func (s *repairs) LastRepair(context.Context) (doctor.Repaired, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) == 0 {
		return doctor.Repaired{}, false, nil
	}
	return s.open[len(s.open)-1], true, nil
}

func (s *repairs) UndoRepair(_ context.Context, r doctor.Repaired, _ *doctor.Count) (doctor.Repaired, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = slices.DeleteFunc(s.open, func(o doctor.Repaired) bool { return o.ID == r.ID })
	var back []doctor.Fix
	for _, f := range s.repairs[r.ID-1].Fixes {
		f.From, f.To = f.To, f.From
		back = append(back, f)
	}
	r.Done, r.Left = s.larder.Write(back)
	return r, nil
}

func (s *repairs) ExportFindings(_ context.Context, _ string, findings []doctor.Finding) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.exported = findings
	return "/belgeler/Sopyo/barkod-doktoru.xlsx", nil
}

// company is a catalogue in memory with its doctor.
type company struct {
	*kittest.Catalogue
	*repairs
}

func withDoctor(l *kittest.Catalogue) company { return company{l, &repairs{larder: l}} }

// doctorScreen is Barkod Doktoru over a catalogue in memory.
type doctorScreen struct {
	*screen
	surgery *repairs
}

// sick makes a catalogue of products with these barcodes.
func sick(barcodes ...string) *kittest.Catalogue {
	l := kittest.NewCatalogue(len(barcodes))
	for i, b := range barcodes {
		l.All[i].Barcode = domain.Barcode(b)
	}
	return l
}

func atDoctor(t *testing.T, l *kittest.Catalogue, f func(s *doctorScreen)) {
	t.Helper()
	atDoctorIn(t, "tr", l, f)
}

func atDoctorIn(t *testing.T, lang string, l *kittest.Catalogue, f func(s *doctorScreen)) {
	t.Helper()
	kittest.Run(t, lang, func(s *kittest.Screen) {
		c := withDoctor(l)
		p := New(s.E, c)
		p.OpenDoctor()
		s.Show(p)
		f(&doctorScreen{&screen{s, l, p}, c.repairs})
	})
}

func (s *doctorScreen) page() *doctorPage { return s.screen.page.doctor }

// kind picks a line of the left side.
func (s *doctorScreen) kind(title string) {
	s.T.Helper()
	for _, i := range append([]*widgets.Item{s.page().kinds.all}, s.items()...) {
		if i.Title() == title {
			i.Tapped(nil)
			s.Settle()
			return
		}
	}
	s.T.Fatalf("no kind %q", title)
}

func (s *doctorScreen) items() (items []*widgets.Item) {
	for _, k := range doctor.Kinds() {
		items = append(items, s.page().kinds.items[k])
	}
	return items
}

// counts gives the numbers of the left side, all findings first.
func (s *doctorScreen) counts() string {
	all := []string{s.page().kinds.all.Count()}
	for _, i := range s.items() {
		all = append(all, i.Count())
	}
	return strings.Join(all, " ")
}

// says fails unless the doctor's banner has these words.
func (s *doctorScreen) says(words string) {
	s.T.Helper()
	if got := s.page().Said.Words(); !strings.Contains(got, words) {
		s.T.Errorf("it says %q, not %q", got, words)
	}
}

func (s *doctorScreen) barcode(id domain.ProductID, want domain.Barcode) {
	s.T.Helper()
	if got := s.larder.Product(id).Barcode; got != want {
		s.T.Errorf("product %d has %q, want %q", id, got, want)
	}
}

// keyIn presses keys while the list of findings has the focus.
func (s *doctorScreen) keyIn(names ...fyne.KeyName) {
	s.T.Helper()
	for _, n := range names {
		s.Win.Canvas().Focus(s.page().Table.Focusable())
		kittest.Type(s.Win.Canvas().Focused(), n)
		s.Settle()
	}
}

// undoes presses Ctrl+Z.
func (s *doctorScreen) undoes() {
	s.T.Helper()
	s.Undo()
}
