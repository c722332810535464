package kit

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// UnderHead is where the rows of a list begin.
const UnderHead = 48

// Asked is what a person asks of a list.
type Asked struct {
	Search string // trimmed
	Sort   string // the ID of a column, empty for none
	Desc   bool
}

// Listing is what one list shows. A Q is a question about it with all that its answer depends on, so that
// it is answered off the interface's thread.
type Listing[Q any] struct {
	Columns []table.Column
	// Query takes down what is asked, on the interface's thread.
	Query func(a Asked) Q
	// Fetch gives one page of q and how many rows it has in all, off the interface's thread.
	Fetch func(ctx context.Context, q Q, limit, offset int) (rows []table.Row, total int, err error)
	// Export writes all rows of q to a file and gives its path, off the interface's thread. A list without
	// it leaves its button out.
	Export func(ctx context.Context, q Q) (path string, err error)
	// None says why q has no rows.
	None func(q Q) string

	Search string // in the empty search
	Count  string // the key of how many rows there are
	Most   int    // how many hits of a search are counted, 0 = all: of one more is said, by the key with ".more", that there are more
	Pick   string // what to do with the rows
	Back   func() // what Esc does
}

// List is a searchable list of any length: a search that waits for the next letter, a table, how many rows
// there are or why there are none, what went wrong, and an export. A screen places the parts and adds its
// own commands.
type List[Q any] struct {
	// OnLoaded is told how many rows q has, each time the list was asked anew. May be nil.
	OnLoaded func(q Q, total int)
	// OnTyped is told of each letter of the search. May be nil.
	OnTyped func()
	// Waits is set while nothing can be asked yet.
	Waits bool

	Search *widgets.Entry
	Table  *table.Table
	Body   fyne.CanvasObject // the table, and Nothing in its place
	// Nothing stands where rows would be: Empty, and what a screen adds.
	Nothing *fyne.Container
	Empty   *widgets.Text // why there are no rows
	State   *widgets.Text // loading, what to do, or the row that was picked
	Count   *widgets.Text
	Said    *widgets.Banner
	Export  *widgets.Button // off while there is nothing to export

	e          *Env
	of         Listing[Q]
	object     fyne.CanvasObject
	typing     *Typing
	asked      Q    // what the rows answer
	searched   bool // asked has words
	generation int  // of the table, when it was asked
}

// NewList makes an empty list; Reload fills it.
func NewList[Q any](e *Env, of Listing[Q]) *List[Q] {
	l := &List[Q]{
		e: e, of: of, Said: widgets.NewBanner(), State: widgets.NewMuted(e.T("rows.loading")),
		Count: widgets.NewMuted("").OneLine(), Empty: widgets.NewBody(""),
	}
	l.Empty.Hide()
	l.Search = widgets.NewEntry(of.Search)
	l.Search.Icon = theme.SearchIcon()
	l.typing = NewTyping(e, l.Reload)
	l.Search.OnChanged = func(string) { l.typed() }
	l.Search.OnSubmitted = func(string) { l.Reload() }
	l.Search.SetEscape(func() {
		if l.Search.Text != "" {
			l.Search.SetText("")
			return
		}
		of.Back()
	})
	l.Export = widgets.NewIconButton(e.T("rows.export"), theme.DocumentSaveIcon(), l.Save)
	l.Export.SetEscape(of.Back)
	l.Export.Disable()
	l.Table = table.New(of.Columns, l.fetch)
	l.Table.SetEscape(of.Back)
	l.Table.OnLoaded = l.loaded
	l.Table.OnSelected = func(r table.Row) { l.State.SetText(r.Detail) }
	l.Nothing = container.NewVBox(widgets.Gap(UnderHead), l.Empty)
	l.Body = container.NewStack(l.Table, l.Nothing)
	l.object = l.Body
	return l
}

// Layout puts the list between head and its lines of words.
func (l *List[Q]) Layout(head ...fyne.CanvasObject) fyne.CanvasObject {
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, l.Count, l.State))
	l.object = widgets.NewBorder(container.NewVBox(head...), foot, nil, nil, l.Body)
	return l.object
}

// FocusSearch puts the cursor into the search.
func (l *List[Q]) FocusSearch() bool {
	l.e.Win.Canvas().Focus(l.Search)
	return true
}

// typed searches when no further letter has come for a while.
func (l *List[Q]) typed() {
	if l.OnTyped != nil {
		l.OnTyped()
	}
	l.typing.Typed()
}

// Reload asks for the list anew, from its beginning.
func (l *List[Q]) Reload() {
	l.typing.Stop()
	l.Table.Reload()
}

// Query takes down what is asked now.
func (l *List[Q]) Query() Q {
	sort, desc := l.Table.Sorted()
	return l.of.Query(Asked{Search: strings.TrimSpace(l.Search.Text), Sort: sort, Desc: desc})
}

// fetch asks for one page. All pages answer the question as it was when the list was asked anew: a letter
// typed meanwhile is of the next one.
func (l *List[Q]) fetch(p table.Query, done func([]table.Row, int, bool)) {
	if l.Waits {
		done(nil, 0, false)
		return
	}
	generation := l.Table.Generation()
	if generation != l.generation {
		l.generation, l.asked, l.searched = generation, l.Query(), strings.TrimSpace(l.Search.Text) != ""
	}
	q := l.asked
	type page struct {
		rows  []table.Row
		total int
	}
	Background(l.e, func(ctx context.Context) (page, error) {
		rows, total, err := l.of.Fetch(ctx, q, p.Limit, p.Offset)
		return page{rows, total}, err
	}, func(a page, err error) {
		if err != nil && generation == l.Table.Generation() {
			l.Said.Say(widgets.BannerError, l.e.Error(err))
		}
		done(a.rows, a.total, err == nil)
	})
}

// loaded says how many rows there are, or why there are none.
func (l *List[Q]) loaded(total int) {
	if l.searched && l.of.Most > 0 && total > l.of.Most {
		l.Count.SetText(l.e.T(l.of.Count+".more", l.of.Most))
	} else {
		l.Count.SetText(l.e.T(l.of.Count, total))
	}
	l.State.SetText("")
	if total > 0 {
		l.State.SetText(l.of.Pick)
	} else {
		l.Empty.SetText(l.of.None(l.asked))
	}
	widgets.ShowIf(l.Empty, total == 0)
	l.offerExport()
	if l.OnLoaded != nil {
		l.OnLoaded(l.asked, total)
	}
	l.object.Refresh()
}

func (l *List[Q]) offerExport() {
	widgets.EnableIf(l.Export, l.Table.Total() > 0)
}

// Save writes what is listed, all pages of it, to a file, and says where it is.
func (l *List[Q]) Save() {
	q := l.Query()
	l.Export.Disable()
	l.Said.Say(widgets.BannerInfo, l.e.T("rows.exporting"))
	Act(l.e, "export", func(ctx context.Context) (string, error) { return l.of.Export(ctx, q) }, func(path string, err error) {
		l.offerExport()
		if err != nil {
			l.Said.Say(widgets.BannerError, l.e.Error(err))
			return
		}
		folder := widgets.NewIconButton(l.e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { l.e.ShowFolder(path) })
		folder.SetEscape(l.of.Back)
		l.Said.Say(widgets.BannerGood, l.e.T("rows.exported", path), folder)
	})
}

// PageOf gives one page of rows that are at hand.
func PageOf[T any](all []T, limit, offset int) []T {
	return all[min(offset, len(all)):min(offset+limit, len(all))]
}

// HasWords tells whether every word of sought stands in text, the Turkish way.
func HasWords(text, sought string) bool {
	text = domain.Fold(text)
	for _, w := range strings.Fields(domain.Fold(sought)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// SortCells sorts rows that are at hand by the cell of a column, the Turkish way; cells gives the place of the
// cell of each column that can be sorted.
func SortCells(rows []table.Row, cells map[string]int, a Asked) {
	cell, ok := cells[a.Sort]
	if !ok {
		return
	}
	slices.SortStableFunc(rows, func(x, y table.Row) int {
		return bytes.Compare(domain.SortKey(x.Cells[cell]), domain.SortKey(y.Cells[cell]))
	})
	if a.Desc {
		slices.Reverse(rows)
	}
}
