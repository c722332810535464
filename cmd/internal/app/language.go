package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// preferenceLanguage is where the window keeps the language it speaks.
const preferenceLanguage = "language"

// words are those of files for the person, in the language the program was started in, else in the one
// the window was left in.
func (c *Company) words(ctx context.Context) (words.Words, error) {
	text, err := c.app.text(ctx, "")
	if err != nil {
		return words.Words{}, err
	}
	return words.New(text.Lang, text.T), nil
}

// text are the words of lang; "" is the language of files for the person.
func (a *App) text(ctx context.Context, lang string) (*assets.Text, error) {
	if lang == "" {
		lang = a.options.Lang
	}
	if lang == "" {
		var err error
		if lang, err = a.Machine.Preference(ctx, preferenceLanguage); err != nil {
			return nil, err
		}
	}
	return assets.NewText(lang)
}
