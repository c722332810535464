package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// preferenceLanguage is where the window keeps the language it speaks.
const preferenceLanguage = "language"

// words are those of lang. "" is the language of files for the person: the one the program was started in, else
// the one the window was left in.
func (a *App) words(ctx context.Context, lang string) (words.Words, error) {
	if lang == "" {
		lang = a.options.Lang
	}
	if lang == "" {
		var err error
		if lang, err = a.Machine.Preference(ctx, preferenceLanguage); err != nil {
			return words.Words{}, err
		}
	}
	text, err := assets.NewText(lang)
	if err != nil {
		return words.Words{}, err
	}
	return words.New(text.Lang, text.T), nil
}

// handOverWord is behind a company's name in the name of its hand-over.
func (a *App) handOverWord(ctx context.Context) (string, error) {
	w, err := a.words(ctx, "")
	if err != nil {
		return "", err
	}
	return w.T("backup.hand-over.file"), nil
}
