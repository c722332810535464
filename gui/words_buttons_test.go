package gui

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// small are the words that Title Case leaves small, but at the beginning.
var small = map[string][]string{
	"tr": {"ve", "ya", "da", "de", "ile", "için", "veya", "mi", "mı"},
	"en": {"the", "a", "an", "and", "or", "of", "in", "to", "by", "for", "with", "from", "at", "it", "as"},
}

// Buttons and the answers of dialogs are in Title Case, but for what stands in brackets.
func TestWords_buttonsAreInTitleCase(t *testing.T) {
	keys := buttonKeys(t)
	if len(keys) < 100 {
		t.Fatalf("only %d buttons were found", len(keys))
	}
	for _, text := range kittest.Texts(t) {
		for _, key := range keys {
			said, _, _ := strings.Cut(text.T(key), "(")
			for i, word := range strings.Fields(said) {
				first, _ := utf8.DecodeRuneInString(word)
				if unicode.IsLower(first) && (i == 0 || !slices.Contains(small[text.Lang], word)) {
					t.Errorf("%s: %s: %q", text.Lang, key, said)
				}
			}
		}
	}
}

// buttonKeys gives the keys of all buttons and answers that the source names outright.
func buttonKeys(t *testing.T) (keys []string) {
	t.Helper()
	add := func(e ast.Expr) {
		call, ok := e.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "T" {
			return
		}
		if key, ok := call.Args[0].(*ast.BasicLit); ok && key.Kind == token.STRING {
			if k, err := strconv.Unquote(key.Value); err == nil {
				keys = append(keys, k)
			}
		}
	}
	for _, f := range sources(t, "*.go", "*/*.go", "*/*/*.go") {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"NewButton", "NewIconButton", "NewSaveBar"}, sel.Sel.Name) && len(n.Args) > 0 {
					add(n.Args[0])
				}
			case *ast.KeyValueExpr:
				if k, ok := n.Key.(*ast.Ident); ok && k.Name == "Label" {
					add(n.Value)
				}
			}
			return true
		})
	}
	return keys
}
