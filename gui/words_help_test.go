package gui

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func object(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// verbs lists the verbs of a sentence in the order of the arguments: %d %s, or %[1]d %[2]s.
func verbs(sentence string) string {
	found := regexp.MustCompile(`%(\[\d+\])?[-+0-9.]*[a-zA-Z]`).FindAllString(strings.ReplaceAll(sentence, "%%", ""), -1)
	if strings.Contains(strings.Join(found, ""), "[") {
		slices.Sort(found)
	}
	for i, v := range found {
		if _, rest, ok := strings.Cut(v, "]"); ok {
			found[i] = "%" + rest
		}
	}
	return strings.Join(found, " ")
}

func durationOf(seconds int) time.Duration { return time.Duration(seconds) * time.Second }
