package intake

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Sheet takes the orders of a file: the file is chosen, what was found in it is shown, and only then it is kept. It is a
// leaf in front of a page.
type Sheet struct {
	e     *env
	taken func(words string, added int)

	path   string // "" while no file is chosen
	choice orders.Choice
	task   kit.Task
	busy   bool // the orders are being kept

	object fyne.CanvasObject
	holder *fyne.Container
	choose *kit.FileChoice
	last   *kit.LastFile
	start  fyne.CanvasObject // the choice, and the file that was taken last under it
	found  *foundView        // nil while nothing was found
	cols   *mapView          // nil while no columns are asked for
}

// New makes it, of a file that was chosen already if path is not empty; taken is told what came, and
// how many orders are new; undone is told when a file was taken back.
func New(k *kit.Env, co Company, leaves *kit.Leaves, path string, taken func(words string, added int), undone func()) *Sheet {
	e := &env{k, co, leaves}
	s := &Sheet{e: e, path: path, taken: taken, task: kit.Task{E: e.Env}, holder: container.NewStack()}
	s.choose = kit.NewFileChoice(e.Env, e.co, e.T("orders.take.choose"), func(path string) { s.open(path, orders.Choice{}) }, s.quit, s.leave)
	s.last = NewLastFile(e.Env, e.co, undone, s.leave)
	s.start = s.last.Under(s.choose.Object)
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.leave)
	back.SetEscape(s.leave)
	s.object = widgets.NewBorder(container.NewVBox(
		widgets.NewBorder(nil, nil, back, nil, widgets.NewTitle(e.T("orders.take.title"))), widget.NewSeparator()), nil, nil, nil, s.holder)
	s.put(s.start)
	return s
}

// Content is always the same object.
func (s *Sheet) Content() fyne.CanvasObject { return s.object }

// Show asks for a file, or looks at the one that was chosen.
func (s *Sheet) Show() {
	switch {
	case s.found != nil || s.cols != nil:
	case s.path == "":
		s.begin()
	default:
		s.open(s.path, s.choice)
	}
}

func (s *Sheet) put(o fyne.CanvasObject) {
	widgets.Leave(s.holder)
	s.holder.Objects = []fyne.CanvasObject{o}
	s.holder.Refresh()
}

// looked is what is known of a file.
type looked struct {
	found     orders.Found
	standing  standing
	elsewhere []orders.Elsewhere
	rows      []listing.Row // of a file whose columns have to be asked for
	unmapped  error         // why
	mandatory []string      // names of columns that are missing
}

// open looks at a file, read as a person has said.
func (s *Sheet) open(path string, c orders.Choice) {
	if path == "" || s.busy || s.last.Busy() {
		return
	}
	s.path, s.choice = path, c
	s.choose.Looking(true)
	kit.StartTask(&s.task, "", func(ctx context.Context, _ *struct{}) (looked, error) { return s.look(ctx, path, c) }, func(*struct{}) {},
		func(l looked, err error) {
			s.choose.Looking(false)
			switch {
			case err != nil && s.cols != nil:
				s.cols.refuse(err)
			case err != nil:
				s.path, s.found = "", nil
				s.put(s.start)
				s.choose.Refuse(path, err, s.products(err)...)
			case l.unmapped != nil:
				s.ask(l.rows, l.unmapped, l.mandatory)
			default:
				s.show(l)
			}
		})
}

// look reads a file; where its columns are not known it gives its first rows.
func (s *Sheet) look(ctx context.Context, path string, c orders.Choice) (l looked, err error) {
	if l.found, err = s.e.co.FindOrders(ctx, path, c); err == nil {
		if l.standing, err = standingOf(ctx, s.e.co, l.found.Orders); err == nil {
			l.elsewhere, err = s.e.co.OrdersElsewhere(ctx, l.found.Orders)
		}
		return l, err
	}
	missing, ask := missingColumns(err)
	if !ask || len(c.Columns) > 0 {
		return l, err
	}
	why := err
	if l.rows, err = s.e.co.FirstRows(ctx, path, c.Reading); err != nil {
		return l, why
	}
	l.unmapped, l.mandatory = why, missing
	return l, nil
}

// missingColumns tells whether a person can say which columns a refused file has, and which ones are missed.
func missingColumns(err error) (names []string, ask bool) {
	if words.RefusedField(err) == "map" {
		if inner := unwrapped(err); inner != "" {
			names = strings.Split(inner, ", ")
		}
		return names, true
	}
	return nil, domain.KindOf(err) == domain.KindFile && detailOfError(err) == orders.RefusedUnknown
}

// products leads to Dosyadan Al where a file is no list of orders.
func (s *Sheet) products(err error) []fyne.CanvasObject {
	if domain.KindOf(err) != domain.KindFile {
		return nil
	}
	return []fyne.CanvasObject{widgets.NewButton(s.e.T("orders.take.products"), func() { s.e.Frame.Open(kit.PlaceFiles) })}
}

// show puts what was found in front.
func (s *Sheet) show(l looked) {
	s.cols = nil
	s.e.SavePreference(kit.PreferenceImportPath, s.path)
	s.found = newFoundView(s.e, l, foundActs{
		take: s.take, another: s.another, columns: s.askAgain, escape: s.leave,
		answer: func(word string, status orders.Status) {
			if s.choice.Words == nil {
				s.choice.Words = map[string]orders.Status{}
			}
			s.choice.Words[word] = status
		},
	})
	s.put(s.found.object)
	s.found.focus()
}

// askAgain asks for more columns of a file that is known.
func (s *Sheet) askAgain() {
	profile := s.found.of.found.Profile
	kit.Background(s.e.Env, func(ctx context.Context) ([]listing.Row, error) {
		return s.e.co.FirstRows(ctx, s.path, s.choice.Reading)
	},
		func(rows []listing.Row, err error) {
			if err != nil {
				s.found.said.Say(widgets.BannerError, s.e.Error(err))
				return
			}
			s.ask(rows, nil, nil)
			s.cols.choose(profile.Name)
		})
}

// ask shows the columns of a file, for a person to say what they are.
func (s *Sheet) ask(rows []listing.Row, why error, missing []string) {
	s.cols = newMapView(s.e, rows, why, missing, mapActs{
		read: func(c orders.Choice) {
			c.Reading, c.Words = s.choice.Reading, s.choice.Words
			s.open(s.path, c)
		},
		another: s.another, escape: s.leave,
	})
	s.put(s.cols.object)
}

// another asks for another file.
func (s *Sheet) another() {
	if s.busy {
		return
	}
	s.task.Stop()
	s.path, s.found, s.cols, s.choice = "", nil, nil, orders.Choice{}
	s.put(s.start)
	s.begin()
}

// begin asks for a file.
func (s *Sheet) begin() {
	s.choose.Show()
	s.last.Show()
}

// quit ends the look at a file.
func (s *Sheet) quit() {
	s.task.Stop()
	s.path = ""
	s.choose.Looking(false)
}

// take keeps the orders, read with the answers of a person.
func (s *Sheet) take() {
	if s.busy {
		return
	}
	s.busy = true
	s.found.setBusy(true)
	path, choice := s.path, s.choice
	kit.Act(s.e.Env, "import", func(ctx context.Context) (orders.Imported, error) {
		found, err := s.e.co.FindOrders(ctx, path, choice)
		if err != nil {
			return orders.Imported{}, err
		}
		return s.e.co.ImportOrders(ctx, found)
	}, func(done orders.Imported, err error) {
		s.busy = false
		s.found.setBusy(false)
		if err != nil {
			s.found.said.Say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.taken(takenWords(s.e, filepath.Base(path), done), done.New)
	})
}

// leave goes back to the list, from the file to the choice of another one.
func (s *Sheet) leave() {
	switch {
	case s.busy || s.last.Busy() || s.e.Modal != nil:
	case s.choose.IsLooking():
		s.quit()
	default:
		s.task.Stop()
		s.e.Pop()
	}
}

// TypedKey takes Enter that nothing has the focus for, and Esc.
func (s *Sheet) TypedKey(k *fyne.KeyEvent) bool {
	switch {
	case k.Name == fyne.KeyEscape:
		s.leave()
	case k.Name != fyne.KeyReturn && k.Name != fyne.KeyEnter:
		return false
	case s.cols != nil:
		s.cols.read()
	case s.found != nil && !s.found.take.Disabled():
		s.take()
	}
	return true
}

// takenWords say what became of a file's orders; a zero is left out.
func takenWords(e *env, file string, done orders.Imported) string {
	said := e.T("orders.take.done", file, words.Listed(", ", e.Counted("orders.take.new", done.New), e.Counted("orders.take.changed", done.Changed),
		e.Counted("orders.take.same", done.Same), e.Counted("orders.take.frozen", done.Frozen)))
	if stand := words.Listed(", ", e.Counted("orders.take.ready", done.Stages[orders.StageReady]), e.Counted("orders.take.held", done.Stages[orders.StageHeld]),
		e.Counted("orders.take.never", done.Stages[orders.StageNever])); stand != "" {
		said += " " + stand + "."
	}
	return said
}

// standing is what taking the orders of a file would come to.
type standing struct{ added, same, changed int }

// standingOf compares orders with those that are kept.
func standingOf(ctx context.Context, co Orders, list []orders.Order) (st standing, err error) {
	kept := map[orders.Key]orders.Order{}
	var markets []string
	for _, o := range list {
		if !slices.Contains(markets, o.Marketplace) {
			markets = append(markets, o.Marketplace)
		}
	}
	for _, m := range markets {
		known, _, err := co.ListOrders(ctx, orders.Query{Marketplace: m})
		if err != nil {
			return st, err
		}
		for _, k := range known {
			kept[k.Key()] = k.Order
		}
	}
	for _, o := range list {
		switch before, there := kept[o.Key()]; {
		case !there:
			st.added++
		case before.Fingerprint() == o.Fingerprint() && !moved(before, o):
			st.same++
		default:
			st.changed++
		}
	}
	return st, nil
}

// moved tells whether an order has gone on at its source: its state, its way to the buyer, or what was paid back.
func moved(before, now orders.Order) bool {
	return before.Status != now.Status || before.Word != now.Word || now.ShippedAt.After(before.ShippedAt) ||
		now.DeliveredAt.After(before.DeliveredAt) || now.Refunded.GreaterThan(before.Refunded)
}
