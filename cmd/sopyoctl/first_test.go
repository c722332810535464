package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// withoutCompany are the commands that do something where there is no company yet, make the first one, or ask for what is missing.
var withoutCompany = []string{
	"authorize", "backup list", "backup password", "catalogue import", "company add", "company erase", "company remove", "company removed",
	"company rename", "company restore", "company use", "invoices try", "licences", "mail settings forget", "mail settings set",
	"mail settings show", "mail test", "manual", "marketplaces add", "orders import", "orders read", "prices commission", "prices try",
	"queue", "rates set", "restore", "rules set", "schedule off", "schedule on", "schedule status", "settings set", "support", "sync decide",
	"sync probe-stock", "sync try", "transfer decide", "version", "work",
}

// On a machine without a company every command that needs one says what to do first, in the language it was asked to.
func TestFirst_saysWhatToDoFirst(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	file := b.write("k.csv", "Stok Kodu;Ürün Adı\nA1;Kupa\n")
	typed := strings.NewReplacer("[", "", "]", "", "{--all | ", "", "}", "", "…", "", "DIR|", "", "read|write", "read", "FILE", file, "NAME=VALUE", "website=a",
		"KEY=VALUE", "currency=TRY", "KEY", "trendyol/1", "YYYY-MM", "2026-05", "DAY", "2026-05-04", "LINE", "1", "ID", "1", "reads=N writes=N", "reads=9")
	said := 0
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		_, path, _ := strings.Cut(cmd.CommandPath(), " ")
		if cmd.Runnable() && !slices.Contains(withoutCompany, path) {
			args := append(strings.Fields(path), strings.Fields(typed.Replace(cmd.Use))[1:]...)
			for lang, first := range map[string]string{"tr": "Önce İşbaşı’na bağlanın: sopyoctl authorize", "en": "Connect to İşbaşı first: sopyoctl authorize"} {
				b.data = t.TempDir()
				code, out, errs := b.do(append([]string{"--lang", lang}, args...)...)
				if needsMore := code == console.ExitUsage && cmd.HasSubCommands(); needsMore {
					continue
				}
				if code == console.ExitOK && path != "company list" || !strings.Contains(errs, first) || out != "" {
					t.Errorf("%s: exit %d, %q, %q", args, code, out, errs)
				}
				said++
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(commands{&console.Console{}}.command())
	if said < 100 {
		t.Errorf("%d answers", said)
	}
}

func TestLanguage_isOneOfTwo(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	for _, lang := range []string{"xx", "TR", "de", "tr_TR"} {
		if code, out, errs := b.do("status", "--lang", lang); code != console.ExitUsage || out != "" || !strings.Contains(errs, lang) {
			t.Errorf("%s: exit %d, %q, %q", lang, code, out, errs)
		}
	}
	said := []string{}
	for _, lang := range []string{"tr", "en", ""} {
		code, out, errs := b.do("status", "--lang", lang)
		if code != console.ExitOK || slices.Contains(said, out) && lang != "" {
			t.Errorf("%s: exit %d, %q", lang, code, errs)
		}
		said = append(said, out)
	}
}
