package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// A console of Windows reads what is redirected by its code page: objects are ASCII, and mean the same.
func TestJSON_isASCII(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	const name = "Bağlı Ğış & 🛒 <Oğlu>"
	code, out, errs := b.do("--json", "company", "add", name)
	var m map[string]any
	if err := json.Unmarshal([]byte(out), &m); err != nil || code != 0 || m["company"] != name && m["name"] != name {
		t.Errorf("exit %d, %q, %v, %s", code, out, err, errs)
	}
	answers := tryLines(t, "invoices", `{"order":{"id":"ğ"}}`+"\n")
	if len(answers) != 1 {
		t.Fatal(answers)
	}
	var try bytes.Buffer
	_ = console.Encoder(&try).Encode(map[string]string{"ş": "🛒\u202e"})
	for _, text := range []string{out, try.String()} {
		if strings.ContainsFunc(text, func(r rune) bool { return r > '~' }) || !strings.Contains(text, `\ud83d\uded2`) {
			t.Errorf("%q", text)
		}
	}
}
