package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// Licences need no data folder: they are said on a machine on which nothing else works.
func TestLicences_areSaidWithoutACompany(t *testing.T) {
	say := func(args ...string) string {
		var out, errs bytes.Buffer
		if code := run(context.Background(), append([]string{"--data", "/dev/null/x"}, args...), console.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code != 0 {
			t.Fatalf("%v: %d %s", args, code, errs.String())
		}
		return out.String()
	}
	if said := say("licences"); said != assets.Notices() {
		t.Errorf("%d bytes are said of %d", len(said), len(assets.Notices()))
	}
	var told struct {
		Works []struct{ Work, Licence string }
	}
	if err := json.Unmarshal([]byte(say("licences", "--json")), &told); err != nil {
		t.Fatal(err)
	}
	for i, work := range assets.Works() {
		if told.Works[i].Work != work.Name || told.Works[i].Licence != work.Text {
			t.Errorf("%d: %s is told as %s", i, work.Name, told.Works[i].Work)
		}
	}
}
