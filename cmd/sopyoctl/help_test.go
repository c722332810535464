package main

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// told runs a command line that opens nothing.
func told(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, console.Streams{In: strings.NewReader(""), Out: &o, Err: &e})
	return code, o.String(), e.String()
}

// Every command and every flag says what it is for in both languages, and the English of the translations is that of the code.
func TestHelp_ofEveryCommandAndFlagInBothLanguages(t *testing.T) {
	english, err := assets.NewText("en")
	if err != nil {
		t.Fatal(err)
	}
	turkish, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	check := func(key, code string) {
		if english.T(key) != code || !turkish.Has(key) || turkish.T(key) == code {
			t.Errorf("%s: %q, the code says %q, in Turkish %q", key, english.T(key), code, turkish.T(key))
		}
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		check(console.HelpKey(cmd), cmd.Short)
		prefix := console.HelpKey(cmd)
		if !cmd.HasParent() {
			prefix = "help.global"
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && f.Name != "help" && cmd.InheritedFlags().Lookup(f.Name) == nil {
				check(prefix+"."+f.Name, f.Usage)
			}
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(commands{&console.Console{}}.command())
}

// What is asked of help in Turkish holds no line of the English help that is a sentence, whatever package wrote it.
func TestHelp_leavesNoEnglish(t *testing.T) {
	code := regexp.MustCompile("sopyoctl[ a-z-]+|[{\\[\"‘][^}\\]\"’]*[}\\]\"’]|\\S*[-_|=.…]\\S*")
	words := regexp.MustCompile(`\pL{2,}`)
	var lines [][]string
	var walk func(cmd *cobra.Command, path ...string)
	walk = func(cmd *cobra.Command, path ...string) {
		lines = append(lines, append(path, "--help"))
		for _, sub := range cmd.Commands() {
			walk(sub, append(slices.Clone(path), sub.Name())...)
		}
	}
	root := commands{&console.Console{}}.command()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	walk(root)
	if len(lines) < 100 {
		t.Errorf("%d commands", len(lines))
	}
	for _, args := range append(lines, []string{"help", "no-such"}, []string{"completion"}) {
		_, turkish, also := told(append(args, "--lang", "tr")...)
		_, english, besides := told(append(args, "--lang", "en")...)
		english += besides
		for line := range strings.Lines(turkish + also) {
			if len(words.FindAllString(code.ReplaceAllString(line, ""), -1)) > 2 && strings.Contains(english, line) {
				t.Errorf("%q: %s", args, line)
			}
		}
	}
}

// What a status means stands in the help of what takes it.
func TestHelp_namesEachStatus(t *testing.T) {
	var statuses []string
	for _, s := range orders.Statuses() {
		if s != orders.StatusUnknown {
			statuses = append(statuses, string(s))
		}
	}
	for _, lang := range assets.Languages() {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		if said := text.T("help.orders.import.more"); !strings.Contains(said, strings.Join(statuses, ", ")+";") {
			t.Errorf("%s: %s", lang, said)
		}
	}
}

// Every complaint of a command line is a key with words in both languages: no error of this program has a sentence of its own.
func TestMisuse_hasWordsInBothLanguages(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	inside, err := filepath.Glob(filepath.Join("internal", "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, inside...)
	texts := map[string]*assets.Text{}
	for _, lang := range assets.Languages() {
		if texts[lang], err = assets.NewText(lang); err != nil {
			t.Fatal(err)
		}
	}
	keys := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			said, ok := call.Args[0].(*ast.BasicLit)
			if !ok {
				return true
			}
			value, _ := strconv.Unquote(said.Value)
			if called := exprName(call.Fun); called == "Misused" {
				keys++
				if en, tr := texts["en"].T(value), texts["tr"].T(value); en == tr || en == value || tr == value {
					t.Errorf("%s: %s: %q, %q", file, value, en, tr)
				}
			}
			if called, ok := call.Fun.(*ast.SelectorExpr); ok {
				if called.Sel.Name == "Errorf" || called.Sel.Name == "New" {
					if room, _ := called.X.(*ast.Ident); room != nil && (room.Name == "fmt" || room.Name == "errors") {
						t.Errorf("%s: %q", file, value)
					}
				}
			}
			return true
		})
	}
	if keys < 70 {
		t.Errorf("%d complaints", keys)
	}
}

// exprName is the name of what is called, without its package.
func exprName(called ast.Expr) string {
	switch called := called.(type) {
	case *ast.Ident:
		return called.Name
	case *ast.SelectorExpr:
		return called.Sel.Name
	}
	return ""
}

func TestHelp_speaksTheChosenLanguage(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says []string
	}{
		{[]string{"--help", "--lang", "tr"}, 0, []string{"Penceresiz Sopyo", "Kullanım:", "Komutlar:", "stok", "Seçenekler:", "bu yardım", "KOMUT --help"}},
		{[]string{"--lang=en", "--help"}, 0, []string{"Sopyo without a window", "Usage:", "Commands:", "Flags:", "this help"}},
		{[]string{"catalogue", "list", "-h", "--lang", "tr"}, 0, []string{"Kataloğu listeler", "sopyoctl catalogue list [seçenekler]", "--limit sayı", "en çok bu kadar; 0 = hepsi (varsayılan 100)", "Her komutun seçenekleri:", "veri klasörü"}},
		{[]string{"help", "sync", "--lang", "tr"}, 0, []string{"Bağlı ürünlerin stok ve fiyatını"}},
		{[]string{"catalogue", "list", "--fast", "--lang", "tr"}, console.ExitUsage, []string{"--fast diye bir seçenek yok."}},
		{[]string{"catalogue", "list", "-x", "--lang", "tr"}, console.ExitUsage, []string{"-x diye bir seçenek yok."}},
		{[]string{"catalogue", "list", "--fast", "--lang", "en"}, console.ExitUsage, []string{"There is no flag --fast."}},
		{[]string{"--lang", "tr", "catalogue", "list", "--limit", "çok"}, console.ExitUsage, []string{"--limit: “çok” olmaz; türü: sayı."}},
		{[]string{"--lang", "tr", "catalogue", "list", "--limit"}, console.ExitUsage, []string{"--limit bir değer ister."}},
		{[]string{"--lang", "tr", "imprt"}, console.ExitUsage, []string{"“imprt” diye bir komut yok: sopyoctl --help."}},
		{[]string{"--lang", "en", "imprt"}, console.ExitUsage, []string{"There is no command “imprt”: sopyoctl --help."}},
		{[]string{"--lang", "tr", "company", "yok"}, console.ExitUsage, []string{"sopyoctl company yok: şunlardan biri gerekir: add, "}},
		{[]string{"--lang", "tr", "company", "add"}, console.ExitUsage, []string{"Bu komut başka sayıda değer ister. Kullanım: sopyoctl company add AD [seçenekler]"}},
		{[]string{"--lang", "tr", "status", "x"}, console.ExitUsage, []string{"Bu komut başka sayıda değer ister."}},
		{[]string{"--lang", "tr", "sync", "decide", "--why", "x"}, console.ExitUsage, []string{"Bu seçenekler de gerekir: --verdict."}},
		{[]string{"--lang", "tr", "sync", "decide", "--verdict", "later"}, console.ExitUsage, []string{"Bunlardan biri gerekir: --why, --product."}},
		{[]string{"--lang", "tr", "import", "--plan", "--resume"}, console.ExitUsage, []string{"Bunlar birlikte olmaz: --plan, --resume, --from-plan, --retry-failed."}},
		{[]string{"--lang", "tr", "authorize", "--api-key-file", "k", "--username", "u"}, console.ExitUsage, []string{"Bunlar ancak birlikte olur: --username, --password-file."}},
		{[]string{"--lang", "tr", "authorize"}, console.ExitUsage, []string{"Bu seçenekler de gerekir: --api-key-file."}},
		{[]string{"--lang", "tr", "status", "--=x"}, console.ExitUsage, []string{"--=x diye bir seçenek yok."}},
		{[]string{"--lang", "tr", "import", "--unmatched", "gizli"}, console.ExitUsage, []string{"--unmatched: “gizli” olmaz; şunlardan biri olmalı: listed, draft, created."}},
		{[]string{"--lang", "en", "invoices", "try"}, console.ExitUsage, []string{"These flags are needed too: --stdin."}},
	} {
		code, out, errs := told(append([]string{"--data", os.DevNull}, c.args...)...)
		if code != c.code {
			t.Errorf("%q: exit %d\n%s%s", c.args, code, out, errs)
		}
		for _, part := range c.says {
			if !strings.Contains(out+errs, part) {
				t.Errorf("%q does not say %q:\n%s%s", c.args, part, out, errs)
			}
		}
		if c.code == 0 && errs != "" || c.code != 0 && out != "" {
			t.Errorf("%q: %q on the other stream", c.args, out+errs)
		}
	}
}
