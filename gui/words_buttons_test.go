package gui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/sopyo/sopyo-desktop/assets"
)

// TestWords_turkishButtonsAreInTitleCase looks at every button and answer whose words the window's sources name. What stands in
// parentheses is no part of the name, and small words stay small.
func TestWords_turkishButtonsAreInTitleCase(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	labels := buttonKeys(t)
	if len(labels) < 150 {
		t.Fatalf("only %d buttons were found in the sources", len(labels))
	}
	for _, key := range labels {
		if !text.Has(key) {
			t.Errorf("%s has no words", key)
			continue
		}
		words, _, _ := strings.Cut(text.T(key), " (")
		for i, w := range strings.Fields(words) {
			first, _ := firstLetter(w)
			if unicode.IsLower(first) && (i == 0 || !slices.Contains(smallWords(), strings.Trim(w, ",.:…"))) {
				t.Errorf("%s: %q: %q begins small", key, words, w)
			}
		}
	}
}

// smallWords join other words and begin no name.
func smallWords() []string {
	return []string{"ve", "veya", "ya", "da", "de", "ile", "için", "mi", "mı"}
}

// firstLetter is the first letter of a word; a verb of a format has none.
func firstLetter(w string) (rune, bool) {
	for _, r := range w {
		switch {
		case r == '%':
			return 0, false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r, true
		}
	}
	return 0, false
}

// buttonKeys are the translation keys that buttons, saving buttons and answers of dialogs are given as they stand.
func buttonKeys(t *testing.T) []string {
	t.Helper()
	var keys []string
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if makesButton(n.Fun) && len(n.Args) > 0 {
					keys = append(keys, keyOf(n.Args[0])...)
				}
			case *ast.KeyValueExpr:
				if name, ok := n.Key.(*ast.Ident); ok && name.Name == "Label" {
					keys = append(keys, keyOf(n.Value)...)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func makesButton(f ast.Expr) bool {
	s, ok := f.(*ast.SelectorExpr)
	return ok && slices.Contains([]string{"NewButton", "NewIconButton", "NewSaveBar"}, s.Sel.Name)
}

// keyOf is the key of a call of T with a literal, none of anything else.
func keyOf(e ast.Expr) []string {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	if s, ok := call.Fun.(*ast.SelectorExpr); !ok || s.Sel.Name != "T" {
		return nil
	}
	literal, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return nil
	}
	key, err := strconv.Unquote(literal.Value)
	if err != nil {
		return nil
	}
	return []string{key}
}
