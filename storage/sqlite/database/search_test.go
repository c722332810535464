package database_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

func TestSearchPhrases_standInTheTextsOfWhatTheyFind(t *testing.T) {
	text := database.TextToSearch(domain.Fold("Işık KAB,ÇEK 15% o'lu\x02")+"\nkod-12", "cp")
	for search, want := range map[string]bool{
		"ışık kab": true, "KAB,ÇEK": true, "b,ç": true, "çek": true, "od-1": true, "kod-12": true,
		"i": true, "ç": true, "çe": true, "12": true, "1": true, "-": true, "-1": true, "%": true, "o'": true, "'l": true, "lu": true, "l": true, "\x02": true,
		"ık": false, "ek": false, "b": false, "ba": false, "5%": false, "ikk": false, "ukod": false, "o%": false, "u k": false,
	} {
		got := !slices.ContainsFunc(database.SearchPhrases(search), func(p string) bool { return !strings.Contains(text, p) })
		if got != want {
			t.Errorf("%q: %v, want %v, in %q", search, got, want, text)
		}
	}
	for group, want := range map[string]bool{"": true, "c": true, "cp": true, "cd": false, "x": false} {
		if got := strings.Contains(text, database.GroupPhrase(group)); got != want || len(database.GroupPhrase(group)) != 3 {
			t.Errorf("group %q: %v, want %v", group, got, want)
		}
	}
	if phrases := database.SearchPhrases(" \t"); len(phrases) != 0 {
		t.Errorf("%q", phrases)
	}
}

func TestMatching_quotesWhatIsTyped(t *testing.T) {
	if got, want := database.Matching([]string{`a"b`, `x* OR`}), `"a""b" AND "x* OR"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
