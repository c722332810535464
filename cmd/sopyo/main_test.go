package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestStart_refusesWhatCannotBeMeant(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		code int
		said string
	}{
		"a language that is not there": {[]string{"--lang", "de"}, exitUsage, "de"},
		"no language":                  {[]string{"--lang", "TR"}, exitUsage, "TR"},
		"a flag that is not there":     {[]string{"--colour", "red"}, exitUsage, "colour"},
		"help":                         {[]string{"--help"}, 0, "-no-update-check"},
	} {
		var out, errs bytes.Buffer
		if code := start(t.Context(), c.args, &out, &errs); code != c.code || !strings.Contains(errs.String(), c.said) || out.Len() > 0 {
			t.Errorf("%s: exit %d\n%s%s", name, code, out.String(), errs.String())
		}
	}
	var out, errs bytes.Buffer
	if code := start(t.Context(), []string{"--version"}, &out, &errs); code != 0 || !strings.HasPrefix(out.String(), "sopyo ") {
		t.Errorf("exit %d, %s", code, out.String())
	}
}

func TestParse_takesBothLanguages(t *testing.T) {
	for _, lang := range []string{"", "tr", "en"} {
		if o, err := parse([]string{"--lang", lang, "--data", "veri ğ"}, os.Stderr); err != nil || o.lang != lang || o.dataDir != "veri ğ" {
			t.Errorf("%+v, %v", o, err)
		}
	}
}

// Begun by the scheduler it begins sopyoctl beside it, and ends as that does.
func TestWork_beginsTheProgramBesideIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a script is no program there")
	}
	dir := filepath.Join(t.TempDir(), "Sopyo Masaüstü & %1")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"${0%/*}/told\"\nexit 4\n"
	if err := os.WriteFile(filepath.Join(dir, "sopyoctl"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	err := work(t.Context(), dir, options{dataDir: "/veri ğ", isbasiURL: "http://127.0.0.1:1"})
	if err == nil || err.Error() != "exit status 4" {
		t.Errorf("%v", err)
	}
	if told, err := os.ReadFile(filepath.Join(dir, "told")); err != nil || string(told) != "work\n--data\n/veri ğ\n--isbasi-url\nhttp://127.0.0.1:1\n" {
		t.Errorf("%q, %v", told, err)
	}
	if code := background(t.Context(), options{}, &bytes.Buffer{}); code != 1 { // none lies beside the test
		t.Errorf("exit %d", code)
	}
}
