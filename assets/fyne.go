package assets

import "embed"

//go:embed fyne
var fyneWords embed.FS

// FyneWords gives the words that Fyne itself puts on menus, dialogs and calendars, in the language, as
// the JSON object of lang.AddTranslationsForLocale: Fyne has no Turkish of its own.
func FyneWords(lang string) []byte {
	if lang != "en" {
		lang = "tr"
	}
	raw, err := fyneWords.ReadFile("fyne/" + lang + ".json")
	if err != nil {
		panic(err) // it is embedded: a defect of the build
	}
	return raw
}
