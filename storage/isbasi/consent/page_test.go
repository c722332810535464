package consent

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestPage_everyOutcomeHasItsWordsInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for o := pageDone; o <= pageNoAnswer; o++ {
		for _, lang := range []string{"tr", "en"} {
			rec := httptest.NewRecorder()
			writePage(rec, lang, 200, o)
			words, page := o.words(lang), rec.Body.String()
			if !strings.Contains(page, `<html lang="`+lang+`">`) || !strings.Contains(page, words.Title) || !strings.Contains(page, words.Text) {
				t.Errorf("outcome %d in %s: %s", o, lang, page)
			}
			if words.Title == "" || words.Text == "" {
				t.Errorf("outcome %d in %s says %+v", o, lang, words)
			}
			if rec.Header().Get("Content-Type") != "text/html; charset=utf-8" || rec.Header().Get("X-Content-Type-Options") != "nosniff" || rec.Code != 200 {
				t.Errorf("outcome %d: %d %v", o, rec.Code, rec.Header())
			}
			if seen[words.Title] {
				t.Errorf("outcome %d in %s repeats %q", o, lang, words.Title)
			}
			seen[words.Title] = true
			if strings.Contains(page, `class="good"`) != (o == pageDone || o == pageDoneKept) {
				t.Errorf("outcome %d looks like the wrong one", o)
			}
			_, nonce, _ := strings.Cut(rec.Header().Get("Content-Security-Policy"), "'nonce-")
			nonce, _, _ = strings.Cut(nonce, "'")
			if len(nonce) < 16 || !strings.Contains(page, `<style nonce="`+nonce+`">`) {
				t.Errorf("nonce %q is not the page's", nonce)
			}
		}
	}
}
