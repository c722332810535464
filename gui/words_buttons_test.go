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

// working are what buttons say while they work: sentences.
var working = map[string]bool{"flow.stock.asking": true}

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
			if working[key] {
				continue
			}
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
		made := map[string]bool{} // the names of buttons, which get their words later
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, right := range n.Rhs {
					if i < len(n.Lhs) && makesButton(right) {
						made[lastName(n.Lhs[i])] = true
					}
				}
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "SetText" && made[lastName(sel.X)] && len(n.Args) == 1 {
					add(n.Args[0])
				}
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

// makesButton tells whether an expression makes a button, whatever is done with it at once.
func makesButton(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (sel.Sel.Name == "NewButton" || sel.Sel.Name == "NewIconButton" || makesButton(sel.X))
}

// lastName is that of a variable or a field.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
