package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// tryLines answers lines as a try command does, without a company or a data folder.
func tryLines(t *testing.T, command, input string) []map[string]any {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(context.Background(), []string{command, "try", "--stdin", "--lang", "en", "--data", "/nowhere/at/all"},
		console.Streams{In: strings.NewReader(input), Out: &out, Err: &errs})
	if code != 0 || errs.Len() > 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	var answers []map[string]any
	for line := range strings.Lines(out.String()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		answers = append(answers, m)
	}
	return answers
}

// checkSamples holds a try command against the samples with right answers, which are no part of the project:
// in SOPYO_TESTDATA, or in shared/data beside it. Every key of an answer that is wanted has to be equal.
func checkSamples(t *testing.T, command string, atLeast int) {
	t.Helper()
	data, err := os.ReadFile(sample(t, "contracts/"+command+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var input strings.Builder
	var wanted []map[string]any
	for line := range bytes.Lines(data) {
		var s struct {
			In   json.RawMessage
			Want map[string]any
		}
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		input.Write(s.In)
		input.WriteByte('\n')
		wanted = append(wanted, s.Want)
	}
	answers := tryLines(t, command, input.String())
	if len(answers) != len(wanted) || len(wanted) < atLeast {
		t.Fatalf("%d answers to %d samples", len(answers), len(wanted))
	}
	for i, want := range wanted {
		for key, value := range want {
			if !reflect.DeepEqual(answers[i][key], value) {
				t.Errorf("sample %d: %s is %v, want %v", i+1, key, answers[i][key], value)
			}
		}
	}
}

// sample finds a file of the samples.
func sample(t *testing.T, name string) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("SOPYO_TESTDATA"), "../../../shared/data"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Stat(path); dir != "" && err == nil {
			return path
		}
	}
	t.Skipf("%s is not here; SOPYO_TESTDATA names the folder of the samples", name)
	return ""
}
