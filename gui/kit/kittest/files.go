package kittest

import (
	"context"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Files is Files in memory: it finds one file, and its plan goes by the mapping it is given.
type Files struct {
	mu           sync.Mutex
	Found        listing.Found
	Result       listing.Result
	Lately       []listing.File
	Opening      error
	Taking       error
	Above        []listing.Row // as they stand in it
	Looking      chan struct{} // Inspect waits for it, or for its context, when it is not nil
	Block        chan struct{} // Take waits for it, or for its context, when it is not nil
	Asked        []listing.Reading
	Plans        []listing.Order
	Taken        []listing.Order
	RefusedTimes int
	Left         int // looks that were cancelled
	PlanWait     chan struct{}
	Imports      []listing.Imported // those that can be taken back, the newest last
	Return       listing.Return     // of every one of them
	TakingBack   error
	TakenBack    []int64
}

func NewFiles() *Files {
	return &Files{
		Found: listing.Found{
			Path: "/belgeler/liste.csv", Format: "csv", HeaderRow: 1, Reading: listing.Reading{Separator: ";", Encoding: "windows-1254", Decimal: ","},
			Header:  []string{"STOKKODU", "BARKOD", "URUN", "Raf", ""},
			Mapping: listing.Mapping{listing.Code, listing.Barcode, listing.Name, "", ""},
			Rows: []listing.Row{
				{Line: 2, Cells: []string{"K-1", "8690504012345", "ÇİKOLATA", "A3", ""}},
				{Line: 3, Cells: []string{"K-2", "8,69E+12", "KALEM", "A4", "x"}},
			},
			Stamp: listing.Stamp{Size: 7},
		},
		Result: listing.Result{
			Account: listing.Account{Rows: 2}, Tally: listing.Tally{Added: 1, Updated: 1}, ProblemCount: 1,
			Problems: []listing.Noted{{Problem: listing.Problem{Field: listing.Barcode, Value: "8,69E+12", Reason: listing.BarcodeExponent}, Line: 3}},
		},
		Lately: []listing.File{{Path: "/belgeler/liste.csv", Size: 2048}},
	}
}

func (t *Files) Recent(context.Context, string) ([]listing.File, error) { return t.Lately, nil }

func (t *Files) Folder(_ context.Context, path string) (listing.Folder, error) {
	if path == "" {
		return listing.Folder{Path: "/ev", Parent: "/", Folders: []string{"/ev/Belgeler"}}, nil
	}
	return listing.Folder{Path: path, Parent: "/ev", Files: []listing.File{{Path: path + "/urunler.xml", Size: 3 << 20}}}, nil
}

func (t *Files) Inspect(ctx context.Context, path string, r listing.Reading) (listing.Found, error) {
	if t.Looking != nil {
		select {
		case <-t.Looking:
		case <-ctx.Done():
			t.mu.Lock()
			defer t.mu.Unlock()
			t.Left++
			return listing.Found{}, domain.E(domain.KindCancelled, "look", ctx.Err())
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Asked = append(t.Asked, r)
	if t.Opening != nil {
		return listing.Found{}, t.Opening
	}
	f := t.Found
	f.Path = path
	if r.Separator != "" {
		f.Reading.Separator = r.Separator
	}
	if r.HeaderRow > 0 {
		f.HeaderRow = r.HeaderRow
	}
	f.Mapping = append(listing.Mapping{}, f.Mapping...)
	return f, nil
}

func (t *Files) FirstRows(context.Context, string, listing.Reading) ([]listing.Row, error) {
	return t.Above, nil
}

// answered is what came of an order: its questions are answered as the order says.
func (t *Files) answered(o listing.Order) listing.Result {
	r := t.Result
	r.Questions = nil
	for _, q := range t.Result.Questions {
		r.Questions = append(r.Questions, o.Reading.Answers.Ask(q.Kind, q.About, q.Chosen, q.Choices, q.Samples))
	}
	return r
}

func (t *Files) Plan(ctx context.Context, o listing.Order, c *listing.Count) (listing.Result, error) {
	t.mu.Lock()
	t.Plans = append(t.Plans, o)
	wait := t.PlanWait
	t.mu.Unlock()
	c.Read()
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return listing.Result{}, domain.E(domain.KindCancelled, "plan", ctx.Err())
		}
	}
	return t.answered(o), nil
}

func (t *Files) Take(ctx context.Context, o listing.Order, c *listing.Count) (listing.Result, error) {
	c.Wrote(1, 2)
	if t.Block != nil {
		select {
		case <-t.Block:
		case <-ctx.Done():
			return listing.Result{}, domain.E(domain.KindCancelled, "import", ctx.Err())
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.Taking != nil {
		return listing.Result{}, t.Taking
	}
	r := t.answered(o)
	if len(r.Open()) > 0 {
		return r, &domain.Error{Kind: domain.KindState, Op: "take", Field: "questions", Detail: "file.questions"}
	}
	t.Taken = append(t.Taken, o)
	return r, nil
}

func (t *Files) Refused(context.Context, listing.Order) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.RefusedTimes++
	return "/belgeler/Sopyo/liste-hatalar.xlsx", nil
}

// LastImport gives the newest import that was not taken back.
func (t *Files) LastImport(context.Context) (last listing.Imported, ok bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.Imports); n > 0 {
		return t.Imports[n-1], true, nil
	}
	return listing.Imported{}, false, nil
}

// PlanUndoImport gives what UndoImport will.
func (t *Files) PlanUndoImport(context.Context, int64) (listing.Return, error) { return t.Return, nil }

// UndoImport takes the newest import away, unless it is told to fail.
func (t *Files) UndoImport(ctx context.Context, id int64, c *listing.Count) (listing.Return, error) {
	c.Wrote(1, 2)
	if t.Block != nil {
		select {
		case <-t.Block:
		case <-ctx.Done():
			return listing.Return{}, domain.E(domain.KindCancelled, "take an import back", ctx.Err())
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.TakingBack != nil {
		return listing.Return{}, t.TakingBack
	}
	t.TakenBack, t.Imports = append(t.TakenBack, id), t.Imports[:len(t.Imports)-1]
	return t.Return, nil
}
