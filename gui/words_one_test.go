package gui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What an English sentence says of a number it can say of one: "1 product", not "1 products". Of the ways to tell a word of
// many that stands behind a number, this one finds too much rather than too little; what it may find stands below.
func TestWords_ofOneAreSingular(t *testing.T) {
	for _, bad := range []string{"%d products", "%s: %[2]d orders held", "%d new products created", "%d wait for you", "%s rows"} {
		if plural(bad) == "" {
			t.Errorf("%q would not be found", bad)
		}
	}
	for key, s := range sentences(t, "en") {
		if found := plural(s); found != "" && key != "status.queued.writing" { // a company's name stands there
			t.Errorf("%s: %q has no word for one: %s", key, found, s)
		}
	}
	for key, s := range sentences(t, "tr") {
		if variants.MatchString(s) {
			t.Errorf("%s has words for one and for many, which Turkish does not: %s", key, s)
		}
	}
}

// A key that stands twice in a file shows the last of its sentences, whichever was mended.
func TestWords_eachKeyStandsOnce(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "assets", "translations", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no words: %v", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, m := range regexp.MustCompile(`(?m)^\s*"([^"]+)":`).FindAllSubmatch(raw, -1) {
			if key := string(m[1]); seen[key] {
				t.Errorf("%s: %q stands there twice", name, key)
			} else {
				seen[key] = true
			}
		}
	}
}

var (
	variants     = regexp.MustCompile(`\{[^{}|"]*\|[^{}|"]*\}`)
	behindNumber = regexp.MustCompile(`%(?:\[\d+\])?[ds]((?: [\pL-]+){1,3})`)
	ofMany       = regexp.MustCompile(`^(are|were|have|do|get|go|stay|wait|change|fall|rise|become)$|[^su’i]s$|ss?es$`)
	// what these words begin is said of no number, or of one
	others = strings.Fields("of for in at on as to and or is was has does goes stands waits remains holds becomes needs belongs comes would will can could")
)

// plural is the first word of many behind a number of a sentence.
func plural(sentence string) string {
	for _, m := range behindNumber.FindAllStringSubmatch(sentence, -1) {
		for word := range strings.FieldsSeq(m[1]) {
			if slices.Contains(others, word) {
				break
			}
			if ofMany.MatchString(word) {
				return m[0]
			}
		}
	}
	return ""
}
