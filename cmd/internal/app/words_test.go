package app

import (
	"testing"
)

func TestWords_speakTheLanguageTheWindowWasLeftIn(t *testing.T) {
	for _, c := range []struct{ started, kept, want string }{
		{"", "", "tr"}, {"", "en", "en"}, {"en", "tr", "en"}, {"tr", "en", "tr"},
	} {
		a, err := Open(t.Context(), Options{DataDir: t.TempDir(), Lang: c.started})
		if err != nil {
			t.Fatal(err)
		}
		if c.kept != "" {
			if err := a.Machine.SavePreference(t.Context(), preferenceLanguage, c.kept); err != nil {
				t.Fatal(err)
			}
		}
		text, err := a.words(t.Context(), "")
		if err != nil || text.Lang != c.want {
			t.Errorf("started %q, kept %q: %v, %v; want %s", c.started, c.kept, text, err, c.want)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}
