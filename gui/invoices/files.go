package invoices

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func documentKinds() []issuing.DocumentKind {
	return []issuing.DocumentKind{issuing.DocumentPDF, issuing.DocumentUBL}
}

// documentWords are those of a document's button, with what fetching it costs while it is not kept here.
func (s *invoiceSheet) documentWords(key string, k issuing.DocumentKind) string {
	if s.files[k] {
		return s.e.T(key)
	}
	return s.e.T("invoices.with-cost", s.e.T(key), s.e.Calls(quota.Cost{Reads: 1}))
}

// openFile saves a document in its own place and opens it with the system's program for it.
func (s *invoiceSheet) openFile(k issuing.DocumentKind) {
	s.save(k, func(ctx context.Context) (string, error) { return s.e.co.InvoiceFilePath(ctx, s.id, k) }, s.e.ShowFile)
}

// save writes a document to where path says, and tells then.
func (s *invoiceSheet) save(k issuing.DocumentKind, path func(ctx context.Context) (string, error), then func(path string)) {
	s.say(widgets.BannerInfo, s.e.T("invoices.fetching"))
	kit.Act(s.e.Env, busyKey, func(ctx context.Context) (string, error) {
		to, err := path(ctx)
		if err != nil {
			return "", err
		}
		return to, s.e.co.SaveInvoiceFile(ctx, s.id, k, to)
	}, func(to string, err error) {
		s.load()
		switch {
		case domain.KindOf(err) == domain.KindState:
			s.say(widgets.BannerWarning, s.e.T("invoices.not-ready"))
		case err != nil:
			s.say(widgets.BannerError, s.e.Error(err))
		default:
			s.say(widgets.BannerGood, s.e.T("rows.exported", to),
				widgets.NewIconButton(s.e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { s.e.ShowFolder(to) }))
			then(to)
			s.e.Frame.Refresh() // what is left of the month
		}
	})
}

// askPath asks where a document is to be saved.
func (s *invoiceSheet) askPath(k issuing.DocumentKind) {
	kit.Background(s.e.Env, func(ctx context.Context) (string, error) { return s.e.co.InvoiceFilePath(ctx, s.id, k) }, func(proposed string, err error) {
		if err != nil {
			s.say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.choosePath(k, proposed)
	})
}

func (s *invoiceSheet) choosePath(k issuing.DocumentKind, proposed string) {
	e := s.e
	entry := widgets.NewEntry(proposed)
	entry.SetText(proposed)
	wrong := widgets.NewText("", theme.ColorNameError, theme.SizeNameCaptionText)
	wrong.Hide()
	var m *kit.Modal
	accept := func() {
		path := strings.TrimSpace(entry.Text)
		if path == "" {
			widgets.SetOrHide(wrong, e.T("invalid.required"))
			e.Win.Canvas().Focus(entry)
			return
		}
		e.CloseModal(m)
		s.save(k, func(context.Context) (string, error) { return path, nil }, func(string) {})
	}
	text := e.T("invoices.save-as.text")
	if !s.files[k] {
		text += " " + e.T("invoices.save-as.cost", e.Calls(quota.Cost{Reads: 1}))
	}
	m = e.AskWith(e.T("invoices.save-as.title", e.T("invoices.file."+string(k))),
		widgets.FixedWidth(pathWidth, container.NewVBox(widgets.NewBody(text), entry, wrong)),
		kit.Answer{Label: e.T("cancel")}, kit.Answer{Label: e.T("invoices.save"), Importance: widget.HighImportance, Check: accept})
	if m == nil {
		return
	}
	entry.SetEscape(m.Cancel)
	entry.OnSubmitted = func(string) { accept() }
	e.Win.Canvas().Focus(entry)
}

// pathWidth is that of the question where to save.
const pathWidth = 560
