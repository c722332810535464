package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// On a machine without a company every command that needs one says what to do first, and in which language it was asked to.
func TestFirst_saysWhatToDoFirst(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	for _, line := range []string{
		"status", "quota", "settings show", "history", "catalogue list", "catalogue doctor", "transfer list", "sync", "sync list", "sync open",
		"orders list", "invoices plan", "invoices list", "prices compute", "mail list", "import --plan", "import", "transfer report",
	} {
		for lang, first := range map[string]string{"tr": "Önce İşbaşı’na bağlanın: sopyoctl authorize", "en": "Connect to İşbaşı first: sopyoctl authorize"} {
			b.data = t.TempDir()
			code, out, errs := b.do(append([]string{"--lang", lang}, strings.Fields(line)...)...)
			if code == exitOK || !strings.Contains(errs, first) || out != "" {
				t.Errorf("%s: exit %d, %q, %q", line, code, out, errs)
			}
		}
	}
}

func TestLanguage_isOneOfTwo(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	for _, lang := range []string{"xx", "TR", "de", "tr_TR"} {
		if code, out, errs := b.do("status", "--lang", lang); code != exitUsage || out != "" || !strings.Contains(errs, lang) {
			t.Errorf("%s: exit %d, %q, %q", lang, code, out, errs)
		}
	}
	said := []string{}
	for _, lang := range []string{"tr", "en", ""} {
		code, out, errs := b.do("status", "--lang", lang)
		if code != exitOK || slices.Contains(said, out) && lang != "" {
			t.Errorf("%s: exit %d, %q", lang, code, errs)
		}
		said = append(said, out)
	}
}
