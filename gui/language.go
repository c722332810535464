package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/sopyo/sopyo-desktop/assets"
)

// speakFyne makes Fyne's own menus, dialogs and calendars speak the chosen language. Fyne follows the
// system's locale, so our words are registered under every locale it could pick.
func speakFyne(language string) {
	words := assets.FyneWords(language)
	for _, l := range fyneLocales() {
		if err := lang.AddTranslationsForLocale(words, fyne.Locale(l)); err != nil {
			fyne.LogError("registering Fyne's words for "+l, err)
		}
	}
}

// fyneLocales are those Fyne ships words for, Turkish, and the system's own.
func fyneLocales() []string {
	return []string{
		"tr", "en", "cs", "de", "el", "es", "fr", "ja", "pl", "pt", "pt-BR", "ru", "sv", "ta", "uk", "zh-Hans",
		lang.SystemLocale().String(),
	}
}
