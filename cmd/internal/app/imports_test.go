package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/sopyo/sopyo-desktop/"

// room is one line of the import table of the house: who may know whom, directly. .golangci.yml holds
// the same for the editor; this one is the judge.
type room struct {
	path  string   // of the package inside the module; "x/..." = x and everything under it
	own   []string // our own packages it may import, in the same spelling
	third []string // third-party modules or folders of them; nil = any
	never []string // packages it never imports, whatever the above say
}

// The first line that fits counts.
var table = []room{
	{path: "domain/matching/matchingtest", own: []string{"domain", "domain/matching"}, third: []string{}, never: outside},
	{
		path: "domain/transfer", own: []string{"domain", "domain/mail", "domain/matching", "domain/pricing", "domain/quota"},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{path: "domain/decisions", own: []string{"domain", "domain/matching", "domain/transfer"}, third: []string{"github.com/shopspring/decimal"}, never: outside},
	{
		path: "domain/sync", own: []string{"domain", "domain/quota", "domain/transfer"},
		third: []string{"github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/invoicing", own: []string{"domain", "domain/orders"},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/issuing", own: []string{"domain", "domain/invoicing", "domain/orders", "domain/quota"},
		third: []string{"github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/monthend", own: []string{
			"domain", "domain/exports", "domain/invoicing", "domain/issuing", "domain/mail", "domain/orders", "domain/quota", "domain/words",
		},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/monthend/monthendtest", own: []string{"domain", "domain/invoicing", "domain/monthend", "domain/orders"},
		third: []string{"github.com/shopspring/decimal"}, never: outside,
	},
	{path: "domain/companies", own: []string{"domain", "domain/backup"}, third: []string{"github.com/shopspring/decimal"}, never: outside},
	{
		path: "domain/history", own: []string{"domain", "domain/pricing"},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{path: "domain/update", own: []string{}, never: outside},
	{path: "domain/unattended", own: []string{"domain", "domain/issuing"}, never: outside},
	{
		path: "domain/words", own: []string{
			"domain", "domain/backup", "domain/invoicing", "domain/issuing", "domain/listing", "domain/mail", "domain/matching", "domain/orders", "domain/quota",
			"domain/sync", "domain/transfer",
		},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/exports", own: []string{"domain/..."},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/report", own: []string{"domain", "domain/mail", "domain/matching", "domain/transfer", "domain/words"},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/orders", own: []string{"domain", "domain/listing"},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/signin", own: []string{"domain", "domain/mail"},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{
		path: "domain/...", own: []string{"domain"},
		third: []string{"golang.org/x/text", "github.com/shopspring/decimal"}, never: outside,
	},
	{path: "storage/isbasi/consent", own: []string{"domain", "storage/transport"}, never: window},
	{path: "storage/isbasi/...", own: []string{"domain/...", "storage/isbasi", "storage/isbasi/consent", "storage/transport", "storage/disk"}, never: window},
	// the rooms of the files: arrows go to database, settings, catalogue and letters, in this order
	{path: "storage/sqlite", own: []string{"domain/...", "storage/disk", "storage/sqlite/..."}, never: window},
	{path: "storage/sqlite/sqlitetest", own: []string{"domain/...", "storage/sqlite/...", "storage/sqlite"}, never: window},
	{path: "storage/sqlite/database", own: []string{"domain/...", "storage/disk"}, never: window},
	{path: "storage/sqlite/settings", own: []string{"domain/...", "storage/sqlite/database"}, never: window},
	{path: "storage/sqlite/letters", own: []string{"domain/...", "storage/sqlite/database"}, never: window},
	{path: "storage/sqlite/catalogue", own: []string{"domain/...", "storage/sqlite/database", "storage/sqlite/settings"}, never: window},
	{
		path: "storage/sqlite/invoicing", own: []string{"domain/...", "storage/sqlite/database", "storage/sqlite/settings", "storage/sqlite/orders"},
		never: window,
	},
	{
		path: "storage/sqlite/...", never: window,
		own: []string{"domain/...", "storage/sqlite/database", "storage/sqlite/settings", "storage/sqlite/catalogue", "storage/sqlite/letters"},
	},
	{path: "storage/backup", own: []string{"domain", "domain/backup", "storage/disk"}, never: append(window, outside...)},
	{path: "storage/lock", own: []string{"domain"}, never: append(window, outside...)},
	{path: "storage/logfile", own: []string{"domain", "domain/support", "storage/disk"}, never: append(window, outside...)},
	{path: "storage/documents", own: []string{"domain", "domain/invoicing", "domain/issuing", "storage/disk"}, never: append(window, outside...)},
	{path: "storage/releases", own: []string{"domain"}, never: window},
	{path: "storage/schedule", own: []string{"domain", "domain/unattended", "storage/disk"}, never: window},
	{path: "storage/queue", own: []string{"domain", "domain/transfer"}, never: append(window, outside...)},
	// the rooms of files that people have: refusals, bytes, letters, figures and rows; above them the words of headings and what holds
	// which field; the reading of products knows them all, and none of them it
	{path: "storage/files/filestest", own: []string{"domain", "domain/..."}, never: append(window, outside...)},
	{path: "storage/files/refusal", own: []string{"domain", "storage/disk"}, never: append(window, outside...)},
	{path: "storage/files/document", own: []string{"domain", "storage/files/refusal"}, never: append(window, outside...)},
	{path: "storage/files/charset", own: []string{"storage/files/refusal"}, never: append(window, outside...)},
	{path: "storage/files/figure", own: []string{"domain", "domain/listing"}, never: append(window, outside...)},
	{path: "storage/files/table", own: ofFiles("refusal", "document", "charset"), never: append(window, outside...)},
	{path: "storage/files/csv", own: ofFiles("refusal", "document", "charset", "figure", "table"), never: append(window, outside...)},
	{path: "storage/files/xlsx", own: ofFiles("refusal", "document", "charset", "figure", "table"), never: append(window, outside...)},
	{path: "storage/files/states", own: []string{"domain"}, never: append(window, outside...)},
	{path: "storage/files/option", own: []string{"domain", "domain/listing"}, never: append(window, outside...)},
	{path: "storage/files/heading", own: ofFiles("figure", "states"), never: append(window, outside...)},
	{path: "storage/files/mapping", own: ofFiles("figure", "table", "heading"), never: append(window, outside...)},
	{path: "storage/files/feed", own: ofFiles("refusal", "document", "charset", "figure", "table", "option", "heading", "mapping"), never: append(window, outside...)},
	{path: "storage/files/shift", own: ofFiles("charset", "figure", "heading", "mapping"), never: append(window, outside...)},
	{path: "storage/files/outline", own: ofFiles("figure", "table", "mapping"), never: append(window, outside...)},
	{path: "storage/files/plan", own: ofFiles("refusal", "document"), never: append(window, outside...)},
	{path: "storage/files/export", own: ofFiles("refusal", "charset", "figure", "csv"), never: append(window, outside...)},
	{path: "storage/files", own: append(ofFiles("..."), "storage/disk"), never: append(window, outside...)},
	{path: "storage/...", own: []string{"domain/...", "storage/disk"}, never: window},
	{
		path: "gui/widgets", own: []string{},
		third: []string{"fyne.io/fyne/v2", "github.com/dweymouth/fyne-tooltip"}, never: append(window, outside...),
	},
	{path: "gui/widgets/charts", own: []string{"gui/widgets"}, third: []string{"fyne.io/fyne/v2"}, never: append(window, outside...)},
	{path: "gui/widgets/table", own: []string{"gui/widgets"}, third: []string{"fyne.io/fyne/v2"}, never: append(window, outside...)},
	{path: "gui/kit", own: []string{"domain/...", "gui/widgets/...", "assets"}, third: screenLibraries, never: append(window, outside...)},
	{path: "gui/kit/kittest", own: []string{"domain/...", "gui/kit", "gui/widgets/...", "assets"}, third: screenLibraries, never: append(window, outside...)},
	{path: "gui", own: []string{"domain/...", "gui/...", "assets"}, third: screenLibraries, never: append(window, outside...)},
	// a screen knows no other screen, and not the frame; a part of it it may know
	{path: "gui/orders", own: []string{"domain/...", "gui/kit", "gui/widgets/...", "gui/orders/intake", "assets"}, third: screenLibraries, never: append(window, outside...)},
	{path: "gui/...", own: []string{"domain/...", "gui/kit", "gui/widgets/...", "assets"}, third: screenLibraries, never: append(window, outside...)},
	{path: "assets", own: []string{"domain"}, never: outside},
	{path: "cmd/internal/instance", own: []string{"domain"}, never: append(window, outside...)},
	{path: "cmd/internal/simulation", own: []string{}, never: append(window, outside...)}, // nothing of it but its tests
	{path: "cmd/internal/app", own: []string{"..."}},
	// the rooms of the command line: console below all, no capability knows another but where it tells of its things
	{path: "cmd/sopyoctl/internal/console", own: []string{"domain", "domain/...", "assets", "cmd/internal/app"}, never: append(window, outside...)},
	{path: "cmd/sopyoctl/internal/lines", own: ofCommands(), never: append(window, outside...)},
	{path: "cmd/sopyoctl/internal/invoices", own: ofCommands("lines", "orders"), never: append(window, outside...)},
	{path: "cmd/sopyoctl/internal/transfers", own: ofCommands("letters"), never: append(window, outside...)},
	{path: "cmd/sopyoctl/internal/...", own: ofCommands("lines"), never: append(window, outside...)},
	{path: "cmd/...", own: []string{"..."}},
}

// ofFiles are rooms of storage/files, beside the domain that each of them may know.
func ofFiles(rooms ...string) []string {
	own := []string{"domain", "domain/..."}
	for _, r := range rooms {
		own = append(own, "storage/files/"+r)
	}
	return own
}

// ofCommands are rooms of cmd/sopyoctl, beside what each of them may know.
func ofCommands(rooms ...string) []string {
	own := []string{"domain", "domain/...", "assets", "cmd/internal/app", "cmd/sopyoctl/internal/console", "storage/disk", "storage/files"}
	for _, r := range rooms {
		own = append(own, "cmd/sopyoctl/internal/"+r)
	}
	return own
}

// screenLibraries are what the window is made of, and the domain's own words in a screen's hands.
var screenLibraries = []string{
	"fyne.io/fyne/v2", "github.com/dweymouth/fyne-tooltip", "golang.org/x/text", "github.com/shopspring/decimal",
}

var (
	outside = []string{"database/sql", "net/http", "os/exec", "golang.org/x/oauth2"}
	window  = []string{"fyne.io/fyne/v2/app"}
)

// TestImports_followTheTable reads the direct imports of every package of ours.
func TestImports_followTheTable(t *testing.T) {
	packages := ownPackages(t)
	if len(packages) < 5 {
		t.Fatalf("go list gave %d packages", len(packages))
	}
	for _, p := range packages {
		r, ok := roomOf(p.name)
		if !ok {
			t.Errorf("%s stands in no room of the house", p.name)
			continue
		}
		for _, imported := range p.imports {
			if why := refuse(r, imported); why != "" {
				t.Errorf("%s imports %s: %s", p.name, imported, why)
			}
		}
	}
}

// TestImports_refuse keeps the judge honest.
func TestImports_refuse(t *testing.T) {
	for _, c := range []struct {
		from, imported string
		refused        bool
	}{
		{"domain", "database/sql", true},
		{"domain", "strings", false},
		{"domain", module + "domain/matching", true},
		{"domain", "fyne.io/fyne/v2", true},
		{"domain/matching", module + "domain", false},
		{"domain/matching", module + "domain/transfer", true},
		{"domain/transfer", module + "domain/matching", false},
		{"domain/sync", module + "domain", false},
		{"domain/sync", module + "domain/transfer", false},
		{"domain/sync", module + "domain/matching", true},
		{"domain/transfer", module + "domain/sync", true},
		{"domain/sync", module + "domain/words", true},
		{"domain/invoicing", module + "domain", false},
		{"domain/invoicing", module + "domain/transfer", true},
		{"domain/invoicing", "net/http", true},
		{"domain/issuing", module + "domain/invoicing", false},
		{"domain/issuing", module + "domain/transfer", true},
		{"domain/invoicing", module + "domain/issuing", true},
		{"domain/words", module + "domain/issuing", false},
		{"domain/monthend", module + "domain/exports", false},
		{"domain/monthend", module + "domain/transfer", true},
		{"domain/invoicing", module + "domain/monthend", true},
		{"storage/report", module + "domain/monthend", false},
		{"domain/orders", module + "domain", false},
		{"domain/orders", module + "domain/listing", false},
		{"domain/orders", module + "domain/transfer", true},
		{"domain/listing", module + "domain/orders", true},
		{"domain/orders", module + "storage/files", true},
		{"storage/files", module + "domain/orders", false},
		{"storage/files", module + "storage/files/feed", false},
		{"storage/files/table", module + "storage/files/document", false},
		{"storage/files/document", module + "storage/files/table", true},
		{"storage/files/csv", module + "storage/files/xlsx", true},
		{"storage/files/heading", module + "storage/files/mapping", true},
		{"storage/files/mapping", module + "storage/files/heading", false},
		{"storage/files/feed", module + "storage/files", true},
		{"storage/sqlite", module + "storage/isbasi", true},
		{"storage/sqlite/database", "modernc.org/sqlite", false},
		{"storage/sqlite", module + "storage/sqlite/transfer", false},
		{"storage/sqlite/database", module + "storage/sqlite/settings", true},
		{"storage/sqlite/catalogue", module + "storage/sqlite/transfer", true},
		{"storage/sqlite/prices", module + "storage/sqlite/catalogue", false},
		{"storage/sqlite/transfer", module + "storage/sqlite/prices", true},
		{"storage/sqlite/sync", module + "storage/sqlite/catalogue", false},
		{"storage/sqlite/sync", module + "storage/sqlite/transfer", true},
		{"storage/sqlite/orders", module + "storage/sqlite/catalogue", false},
		{"storage/sqlite/orders", module + "storage/sqlite/invoicing", true},
		{"storage/sqlite/invoicing", module + "storage/sqlite/orders", false},
		{"storage/sqlite/transfer", module + "storage/sqlite", true},
		{"storage/sqlite", module + "gui", true},
		{"storage/isbasi/sandbox", module + "storage/isbasi", false},
		{"storage/isbasi", module + "storage/transport", false},
		{"storage/isbasi/consent", module + "storage/isbasi", true},
		{"storage/queue", module + "storage/sqlite", true},
		{"domain/unattended", module + "domain/issuing", false},
		{"domain/unattended", module + "domain/words", true},
		{"domain/unattended", "os/exec", true},
		{"storage/schedule", "os/exec", false},
		{"storage/schedule", module + "storage/keyring", true},
		{"storage/backup", module + "storage/sqlite", true},
		{"storage/backup", module + "storage/disk", false},
		{"domain/companies", module + "domain/backup", false},
		{"domain/backup", module + "domain/companies", true},
		{"storage/lock", module + "storage/sqlite", true},
		{"storage/documents", module + "storage/disk", false},
		{"storage/documents", module + "storage/backup", true},
		{"domain/backup", module + "domain/words", true},
		{"domain/words", module + "domain/backup", false},
		{"storage/transport", module + "storage/isbasi", true},
		{"gui", "fyne.io/fyne/v2/app", true},
		{"gui", "fyne.io/fyne/v2/widget", false},
		{"gui", module + "storage/sqlite", true},
		{"gui", module + "cmd/internal/app", true},
		{"gui", module + "gui/review", false},
		{"gui/review", module + "gui/kit", false},
		{"gui/review", module + "gui/transfer", true},
		{"gui/review", module + "gui", true},
		{"gui/review", module + "gui/kit/kittest", true},
		{"gui/kit", module + "gui/review", true},
		{"domain/words", module + "domain/transfer", false},
		{"domain/transfer", module + "domain/words", true},
		{"gui/widgets", module + "domain", true},
		{"gui/widgets", module + "gui/widgets/table", true},
		{"gui/widgets", module + "gui/widgets/charts", true},
		{"gui/widgets/table", module + "gui/widgets", false},
		{"gui/widgets/table", module + "domain", true},
		{"gui/kit", module + "gui/widgets/table", false},
		{"gui/transfer", module + "gui/kit", false},
		{"gui/transfer", module + "gui/review", true},
		{"gui/transfer", module + "storage/sqlite", true},
		{"gui/companies", module + "gui/kit", false},
		{"gui/companies", module + "gui/today", true},
		{"gui/today", module + "gui/kit", false},
		{"gui/today", module + "gui/signin", true},
		{"domain/words", module + "domain/transfer", false},
		{"domain/transfer", module + "domain/words", true},
		{"assets", module + "domain", false},
		{"assets", module + "domain/orders", true},
		{"domain", module + "assets", true},
		{"cmd/sopyo", module + "cmd/internal/app", false},
		{"cmd/sopyoctl/internal/console", module + "cmd/internal/app", false},
		{"cmd/sopyoctl/internal/console", module + "cmd/sopyoctl/internal/lines", true},
		{"cmd/sopyoctl/internal/orders", module + "cmd/sopyoctl/internal/console", false},
		{"cmd/sopyoctl/internal/orders", module + "cmd/sopyoctl/internal/invoices", true},
		{"cmd/sopyoctl/internal/invoices", module + "cmd/sopyoctl/internal/orders", false},
		{"cmd/sopyoctl/internal/prices", module + "cmd/sopyoctl/internal/syncs", true},
		{"cmd/sopyoctl", module + "cmd/sopyoctl/internal/prices", false},
	} {
		r, ok := roomOf(c.from)
		if !ok {
			t.Fatalf("no room for %s", c.from)
		}
		if got := refuse(r, c.imported) != ""; got != c.refused {
			t.Errorf("%s imports %s: refused %v, want %v", c.from, c.imported, got, c.refused)
		}
	}
}

func roomOf(name string) (room, bool) {
	i := slices.IndexFunc(table, func(r room) bool { return covers(r.path, name) })
	if i < 0 {
		return room{}, false
	}
	return table[i], true
}

// refuse gives why r may not import the package, "" when it may.
func refuse(r room, imported string) string {
	if slices.ContainsFunc(r.never, func(n string) bool { return covers(n+"/...", imported) }) {
		return "never"
	}
	if own, ok := strings.CutPrefix(imported, module); ok {
		if !slices.ContainsFunc(r.own, func(o string) bool { return covers(o, own) }) {
			return "not one of " + strings.Join(r.own, ", ")
		}
		return ""
	}
	standard := !strings.Contains(strings.SplitN(imported, "/", 2)[0], ".")
	if standard || r.third == nil {
		return ""
	}
	if !slices.ContainsFunc(r.third, func(m string) bool { return covers(m+"/...", imported) }) {
		return "not one of " + strings.Join(r.third, ", ")
	}
	return ""
}

// covers tells whether pattern ("a/b", "a/b/...", "...") covers the package.
func covers(pattern, name string) bool {
	folder, deep := strings.CutSuffix(pattern, "...")
	if !deep {
		return pattern == name
	}
	folder = strings.TrimSuffix(folder, "/")
	return folder == "" || name == folder || strings.HasPrefix(name, folder+"/")
}

type goPackage struct {
	name    string // inside the module
	imports []string
}

func ownPackages(t *testing.T) []goPackage {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip(err) // wine has none
	}
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "-tags=ci,migrated_fynedo", module+"...")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaint.String())
	}
	var packages []goPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, goPackage{strings.TrimPrefix(p.ImportPath, module), p.Imports})
	}
}
