package gui

import (
	"errors"
	"fmt"
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

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestErrorText_everyKindSaysWhatHappenedAndWhatToDo(t *testing.T) {
	for _, text := range kittest.Texts(t) {
		seen := map[string]domain.Kind{}
		for _, k := range domain.Kinds() {
			what, do := words.New(text.Lang, text.T).ErrorParts(fmt.Errorf("reading: %w", domain.E(k, "read", nil)))
			if !text.Has("error."+string(k)+".what") || what == "" || do == "" && k != domain.KindCancelled {
				t.Errorf("%s: %s has no words: %q, %q", text.Lang, k, what, do)
			}
			if other, twice := seen[what]; twice {
				t.Errorf("%s: %s and %s say the same", text.Lang, k, other)
			}
			seen[what] = k
		}
	}
}

func TestErrorText_knowsTheOddCases(t *testing.T) {
	text := kittest.Texts(t)[0]
	internal := words.New(text.Lang, text.T).Error(domain.E(domain.KindInternal, "x", nil))
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("pq: something"), internal},
		{domain.E("a-kind-of-tomorrow", "x", nil), internal},
		{domain.Invalid("amount", "negative"), "Eksi bir sayı olamaz."},
		{domain.Invalid("amount", "unheard-of"), words.New(text.Lang, text.T).Error(domain.E(domain.KindInvalid, "x", nil))},
		{&domain.Error{Kind: domain.KindRejected, Detail: "Firma pasif"}, "İşbaşı isteği kabul etmedi. (Firma pasif) İletiye göre düzeltip yeniden deneyin."},
		{&domain.Error{Kind: domain.KindNetwork, Detail: "dial tcp 10.0.0.1"}, words.New(text.Lang, text.T).Error(domain.E(domain.KindNetwork, "x", nil))},
	} {
		if got := words.New(text.Lang, text.T).Error(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

// Every key that the window names outright has words in both languages.
func TestWords_everyKeyInTheSourceHasWords(t *testing.T) {
	all := kittest.Texts(t)
	checked := 0
	for name, f := range sources(t, "*.go", "*/*.go", "*/*/*.go", "../domain/words/*.go") {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "t" && sel.Sel.Name != "T" {
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok {
				return true // made at run time: the tests of its screen read it
			}
			key, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			checked++
			for _, text := range all {
				if !text.Has(key) {
					t.Errorf("%s: %q has no words in %s", name, key, text.Lang)
				}
			}
			return true
		})
	}
	if checked < 100 {
		t.Errorf("only %d keys were found: the test looks in the wrong place", checked)
	}
}

// The keys that are put together at run time.
func TestWords_composedKeysHaveWords(t *testing.T) {
	var keys []string
	for p := kit.PlaceERP; p.Known(); p++ {
		keys = append(keys, p.Name())
	}
	all := kit.Facts{
		Unknown: 1, Ready: 1, Held: 1, Tasks: 1, Undecided: 1, Waiting: 1, HasRun: true, Run: transfer.Run{State: transfer.StatePaused},
		Sync: sync.Standing{HasLast: true, Last: sync.Run{Run: transfer.Run{State: transfer.StatePaused, Cause: domain.KindBrake}}},
	}
	if len(all.Waits()) != 8 {
		t.Fatalf("%v wait", all.Waits())
	}
	for _, w := range all.Waits() {
		keys = append(keys, "today."+w.Key, "today."+w.Key+".verb")
	}
	keys = append(keys, "today.running", "today.running.verb", "quota.exhausted.help.read", "quota.exhausted.help.write")
	for n := kit.PlaceGuide; n <= kit.PlaceReview; n++ {
		keys = append(keys, n.Title())
	}
	for _, c := range domain.Currencies() {
		keys = append(keys, "currency."+string(c))
	}
	for _, field := range []string{"key", "user", "firm", "licence", "token"} {
		keys = append(keys, "api."+field, "api."+field+".help")
	}
	for _, step := range []string{"authorised", "open", "chosen", "priced", "imported"} {
		keys = append(keys, "guide."+step+".title", "guide."+step+".todo", "guide."+step+".done")
	}
	for _, s := range []kit.Standing{kit.StandingDone, kit.StandingTodo, kit.StandingAlert} {
		_, key := signOf(s)
		keys = append(keys, key)
	}
	kittest.HaveWords(t, keys...)
}

// Both languages have the same keys, and the same verbs in the same order.
func TestWords_languagesAgree(t *testing.T) {
	all := kittest.Texts(t)
	turkish, english := all[0], all[1]
	a, b := turkish.Keys(), english.Keys()
	slices.Sort(a)
	slices.Sort(b)
	for _, k := range a {
		if !english.Has(k) {
			t.Errorf("%q is missing in English", k)
		}
	}
	for _, k := range b {
		if !turkish.Has(k) {
			t.Errorf("%q is missing in Turkish", k)
		}
	}
	tr, en := sentences(t, "tr"), sentences(t, "en")
	for k, s := range tr {
		if got, want := verbs(en[k]), verbs(s); got != want {
			t.Errorf("%q takes %q in English, %q in Turkish", k, got, want)
		}
	}
}

// No sentence that the window can show names a program or how one is started: those of sopyoctl have keys that begin
// with ctl. or help., or end with .ctl.
func TestWords_nameNoPrograms(t *testing.T) {
	programs := regexp.MustCompile(`\bsopyoctl\b|\bisbasi-sandbox\b|\bsopyo (-|[a-z])|(^|[\s(“"])--?[a-z]{2,}|\b[a-z_]+=[\p{L}…]`)
	for _, bad := range []string{"Programı “sopyo --demo” ile açın", "Girin (sopyoctl rates set USD=…)", "Önce integration=on yapın", "--company ile seçin"} {
		if !programs.MatchString(bad) {
			t.Errorf("%q would not be found", bad)
		}
	}
	for _, lang := range assets.Languages() {
		for k, s := range sentences(t, lang) {
			if strings.HasPrefix(k, "ctl.") || strings.HasPrefix(k, "help.") || strings.HasSuffix(k, ".ctl") {
				continue
			}
			if found := programs.FindString(s); found != "" {
				t.Errorf("%s: %q names %q: %s", lang, k, found, s)
			}
		}
	}
}

// One thing has one word. What stands beside the words are names of others' programs and places.
func TestWords_oneThingHasOneWord(t *testing.T) {
	for _, g := range []struct {
		word  string // that it has
		other string // what it is not called
		bad   string // an example
	}{
		{"anahtarlık", `(?i)parola kasa|anahtar zincir|anahtar kasa|[^-]keyring|keychain`, "Bilgisayarınızın parola kasasına ulaşılamıyor."},
		{"diğer", `[Öö]teki`, "Öteki ürünler"},
		{"önizleme", `[Öö]n izle|[Öö]n ?göster|[Öö]nceden gör`, "Ön izleme hazır."},
		{"şifre", `[Pp]arola`, "Parolanızı yazın."},
		{"İşbaşı’ndaki firma, buradaki şirket", `[Ff]irma (ekle|değiştir|sil|seç)|başka bir firmanın aktarım`, "Firma ekle"},
	} {
		other := regexp.MustCompile(g.other)
		if !other.MatchString(g.bad) {
			t.Errorf("%s: %q would not be found", g.word, g.bad)
		}
		for k, s := range sentences(t, "tr") {
			if found := other.FindString(s); found != "" {
				t.Errorf("%s says %q, and the word is %s: %s", k, found, g.word, s)
			}
		}
	}
}

// No sentence holds a sign that the bundled font lacks (pitfalls P7).
func TestWords_useNoSignsTheFontLacks(t *testing.T) {
	for _, lang := range assets.Languages() {
		for k, s := range sentences(t, lang) {
			if strings.ContainsAny(s, "✓✔→←▲▼▸●■⚠") {
				t.Errorf("%s: %q: %s", lang, k, s)
			}
		}
	}
}

// Fyne's own words: the same keys as Fyne has, none of them left in English.
func TestWords_fyneSpeaksTurkish(t *testing.T) {
	tr, en := object(t, assets.FyneWords("tr")), object(t, assets.FyneWords("en"))
	if len(en) < 39 {
		t.Fatalf("%d words of Fyne's are known", len(en))
	}
	for k, v := range en {
		if tr[k] == nil || fmt.Sprint(tr[k]) == fmt.Sprint(v) {
			t.Errorf("%q is %v", k, tr[k])
		}
	}
}

func TestFormat_countdown(t *testing.T) {
	for _, c := range []struct {
		seconds int
		want    string
	}{{300, "05:00"}, {272, "04:32"}, {0, "00:00"}, {-3, "00:00"}} {
		if got := words.Countdown(durationOf(c.seconds)); got != c.want {
			t.Errorf("%d s: %q, want %q", c.seconds, got, c.want)
		}
	}
}

func sentences(t *testing.T, lang string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "assets", "translations", "*."+lang+".json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no words of %s: %v", lang, err)
	}
	all := map[string]string{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range object(t, raw) {
			all[k] = fmt.Sprint(v)
		}
	}
	return all
}

// sources are the files of the patterns but tests, parsed, by name.
func sources(t *testing.T, patterns ...string) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			if files[name], err = parser.ParseFile(token.NewFileSet(), name, nil, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	return files
}
