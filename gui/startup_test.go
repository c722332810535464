package gui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestErrorWindow_keepsTheLookThatWasChosen(t *testing.T) {
	for _, choice := range []string{kit.ThemeLight, kit.ThemeDark} {
		app := test.NewTempApp(t)
		Dress(app, choice)
		w, err := NewErrorWindow(t.Context(), app, "tr", domain.E(domain.KindInternal, "open", nil), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(w.Close)
		want := kit.NewLook(choice).Color(theme.ColorNameBackground, theme.VariantLight)
		for _, system := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
			if got := app.Settings().Theme().Color(theme.ColorNameBackground, system); got != want {
				t.Errorf("%s: the background is %v, want %v", choice, got, want)
			}
		}
		if faults := kittest.Faults(w.Canvas()); len(faults) > 0 {
			t.Errorf("%s: %v", choice, faults)
		}
	}
}
