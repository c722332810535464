package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sopyo/sopyo-desktop/assets"
)

// told runs a command line that opens nothing.
func told(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, streams{in: strings.NewReader(""), out: &o, err: &e})
	return code, o.String(), e.String()
}

// Every command and every flag says what it is for in both languages, and the English of the translations is that of the code.
func TestHelp_ofEveryCommandAndFlagInBothLanguages(t *testing.T) {
	english, err := assets.NewText("en")
	if err != nil {
		t.Fatal(err)
	}
	turkish, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	check := func(key, code string) {
		if english.T(key) != code || !turkish.Has(key) || turkish.T(key) == code {
			t.Errorf("%s: %q, the code says %q, in Turkish %q", key, english.T(key), code, turkish.T(key))
		}
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		check(helpKey(cmd), cmd.Short)
		prefix := helpKey(cmd)
		if !cmd.HasParent() {
			prefix = "help.global"
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && f.Name != "help" && cmd.InheritedFlags().Lookup(f.Name) == nil {
				check(prefix+"."+f.Name, f.Usage)
			}
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk((&ctl{}).command())
}

func TestHelp_speaksTheChosenLanguage(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says []string
	}{
		{[]string{"--help", "--lang", "tr"}, 0, []string{"Penceresiz Sopyo", "Kullanım:", "Komutlar:", "stok", "Seçenekler:", "bu yardım", "KOMUT --help"}},
		{[]string{"--lang=en", "--help"}, 0, []string{"Sopyo without a window", "Usage:", "Commands:", "Flags:", "this help"}},
		{[]string{"catalogue", "list", "-h", "--lang", "tr"}, 0, []string{"Kataloğu listeler", "sopyoctl catalogue list [seçenekler]", "--limit int", "en çok bu kadar; 0 = hepsi (varsayılan 100)", "Her komutun seçenekleri:", "veri klasörü"}},
		{[]string{"help", "sync", "--lang", "tr"}, 0, []string{"Bağlı ürünlerin stok ve fiyatını"}},
		{[]string{"catalogue", "list", "--fast", "--lang", "tr"}, exitUsage, []string{"--fast diye bir seçenek yok."}},
		{[]string{"catalogue", "list", "-x", "--lang", "tr"}, exitUsage, []string{"-x diye bir seçenek yok."}},
		{[]string{"catalogue", "list", "--fast", "--lang", "en"}, exitUsage, []string{"There is no flag --fast."}},
		{[]string{"--lang", "tr", "catalogue", "list", "--limit", "çok"}, exitUsage, []string{"--limit: “çok” olmaz; türü: int."}},
		{[]string{"--lang", "tr", "catalogue", "list", "--limit"}, exitUsage, []string{"--limit bir değer ister."}},
		{[]string{"--lang", "tr", "imprt"}, exitUsage, []string{"“imprt” diye bir komut yok: sopyoctl --help."}},
		{[]string{"--lang", "en", "imprt"}, exitUsage, []string{"There is no command “imprt”: sopyoctl --help."}},
		{[]string{"--lang", "tr", "company", "yok"}, exitUsage, []string{"sopyoctl company yok: şunlardan biri gerekir: add, "}},
		{[]string{"--lang", "tr", "company", "add"}, exitUsage, []string{"Bu komut başka sayıda değer ister. Kullanım: sopyoctl company add NAME [seçenekler]"}},
		{[]string{"--lang", "tr", "status", "x"}, exitUsage, []string{"Bu komut başka sayıda değer ister."}},
		{[]string{"--lang", "tr", "sync", "decide", "--why", "x"}, exitUsage, []string{"Bu seçenekler de gerekir: --verdict."}},
	} {
		code, out, errs := told(append([]string{"--data", os.DevNull}, c.args...)...)
		if code != c.code {
			t.Errorf("%q: exit %d\n%s%s", c.args, code, out, errs)
		}
		for _, part := range c.says {
			if !strings.Contains(out+errs, part) {
				t.Errorf("%q does not say %q:\n%s%s", c.args, part, out, errs)
			}
		}
		if c.code == 0 && errs != "" || c.code != 0 && out != "" {
			t.Errorf("%q: %q on the other stream", c.args, out+errs)
		}
	}
}
