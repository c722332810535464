package monthend

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Package is what goes to the accountant: files in a folder.
type Package struct {
	Name    string    // of the folder: "2026-05 FİRMA"; may hold what a file system refuses
	At      time.Time // of every file: the last second of the month
	Files   []File    // in the order in which they are written
	Summary Summary
	Control Control
}

// File is one file. Its name is Folder/Stem+Ending; a stem may hold what a file system refuses.
type File struct {
	Folder  string // "" = the package's own
	Stem    string
	Ending  string
	Content Content
}

// Content is what a file holds: a Sheet, a Page, a Text or a Load.
type Content interface{ content() }

// Text is a file as it stands, in UTF-8.
type Text string

// Load gives a file's bytes when it is written.
type Load func(ctx context.Context) ([]byte, error)

// Sheet is a table whose columns have a format each.
type Sheet struct {
	exports.Table
	Formats []Format
}

// Format is how a column's cells are shown.
type Format int

// The formats.
const (
	FormatText   Format = iota // codes too
	FormatDate                 // a text "2026-05-31" that a spreadsheet shows the language's way
	FormatMoney                // two decimals
	FormatPrice                // two decimals, and as many as it has, up to eight
	FormatNumber               // as many as it has
)

func (Text) content()  {}
func (Load) content()  {}
func (Sheet) content() {}
func (Page) content()  {}

// Make makes the package of a month. The same source makes the same package, in whatever order its parts
// come, on whatever machine and day.
func Make(w words.Words, s Source) Package {
	s = s.sorted()
	p := Package{
		Name: s.Month.String() + " " + s.Company, At: s.Month.End(),
		Summary: summarize(s), Control: control(s.Invoices, s.Listing),
	}
	p.Files = append(p.Files,
		File{Stem: "ozet", Ending: ".pdf", Content: page(w, s, p.Summary, p.Control)},
		File{Stem: "satislar", Ending: ".xlsx", Content: sales(w, s)},
		File{Stem: "satirlar", Ending: ".xlsx", Content: lines(w, s)},
		File{Stem: "iptal-iade", Ending: ".xlsx", Content: tasks(w, s)},
		File{Stem: "platforma-kesilecek", Ending: ".xlsx", Content: platform(w, s, p.Summary)},
		File{Stem: "eksikler", Ending: ".xlsx", Content: missing(w, s)},
		File{Stem: "kontrol", Ending: ".txt", Content: controlText(w, s, p.Control)},
	)
	for _, i := range s.Invoices {
		if i.HasPDF {
			p.Files = append(p.Files, File{"pdf", name(i), ".pdf", load(s.Documents.PDF, i.RemoteID)})
		}
	}
	for _, i := range s.Invoices {
		if i.HasUBL {
			p.Files = append(p.Files, File{"ubl", name(i), ".zip", load(s.Documents.UBL, i.RemoteID)})
		}
	}
	return p
}

func load(document func(context.Context, domain.RemoteID) ([]byte, error), id domain.RemoteID) Load {
	return func(ctx context.Context) ([]byte, error) { return document(ctx, id) }
}
