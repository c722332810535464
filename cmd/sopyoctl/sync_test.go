package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/lines"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/syncs"
)

func trySync(t *testing.T, input string) []map[string]any {
	t.Helper()
	return tryLines(t, "sync", input)
}

func TestSyncTry_theSamples(t *testing.T) {
	checkSamples(t, "sync", 72)
}

// Each key is understood, and each answer complete: the lines as they come out, letter for letter.
func TestSyncTry_linesInAndOut(t *testing.T) {
	for _, tt := range []struct{ in, out string }{
		{`"field":"price","base":"100","ours":"120","theirs":"100","push":true`, `"action":"push","value":"120","base":"100","why":"ours_changed"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","push":false`, `"action":"held","value":null,"base":"100","why":"push_off"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","push":null`, `"action":"held","value":null,"base":"100","why":"push_unset"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100"`, `"action":"held","value":null,"base":"100","why":"push_unset"`},
		{`"field":"price","base":"100","ours":"100","theirs":"120.00000004","pull":true`, `"action":"pull","value":"120.00000004","base":"120.00000004","why":"theirs_changed"`},
		{`"field":"price","base":"100","ours":"100","theirs":"120","pull":null`, `"action":"held","value":null,"base":"100","why":"pull_off"`},
		{`"field":"price","base":"100","ours":"100","theirs":"120","pull":false`, `"action":"held","value":null,"base":"100","why":"pull_off"`},
		{`"field":"price","base":null,"ours":"120.00","theirs":"0120"`, `"action":"none","value":null,"base":"120","why":"converged"`},
		{`"field":"stock","base":"10","ours":"8","theirs":"10","push":true,"stock_writable":true`, `"action":"push","value":"8","base":"10","why":"ours_changed"`},
		{`"field":"stock","base":"10","ours":"8","theirs":"10","push":true,"stock_writable":false`, `"action":"held","value":null,"base":"10","why":"stock_not_writable"`},
		{`"field":"stock","base":"10","ours":"8","theirs":"10","push":true`, `"action":"held","value":null,"base":"10","why":"stock_not_writable"`},
		{`"field":"stock","base":"10","ours":"8","theirs":"7","pull":true,"owner":"isbasi"`, `"action":"conflict","value":"7","base":"7","why":"both_changed","winner":"theirs","apply":"pull","loser":"8"`},
		{`"field":"stock","base":"10","ours":"8","theirs":"7","owner":"catalogue"`, `"action":"conflict","value":null,"base":"10","why":"stock_not_writable","winner":"ours","apply":"none","loser":"7"`},
		{`"field":"price","base":"100","ours":"120","theirs":"130","push":true,"owner":"later","ours_at":"2026-05-04T09:00:01","theirs_at":"2026-05-04T09:00"`, `"action":"conflict","value":"120","base":"100","why":"both_changed","winner":"ours","apply":"push","loser":"130"`},
		{`"field":"price","base":"100","ours":"120","theirs":"130","push":true,"owner":"later","ours_at":"2026-05-04T09:00:00","theirs_at":"2026-05-04T09:00"`, `"action":"conflict","value":null,"base":"100","why":"no_winner","winner":null,"apply":"none","loser":null`},
		{`"field":"price","base":"100","ours":"120","theirs":"130","owner":null`, `"action":"conflict","value":null,"base":"100","why":"no_winner","winner":null,"apply":"none","loser":null`},
		{`"field":"price","ours":"120","theirs":"130"`, `"action":"conflict","value":null,"base":null,"why":"never_agreed","winner":null,"apply":"none","loser":null`},
		{`"field":"price","base":"100","ours":"120","theirs":"130","read_at":"2026-05-04T10:00","written_at":"2026-05-04T10:00:05"`, `"action":"none","value":null,"base":"100","why":"stale_read"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","pending":{"value":"120","state":"sent","id":7}`, `"action":"none","value":null,"base":"100","why":"in_flight"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","pending":{"value":"120","state":"unknown"},"push":true`, `"action":"push","value":"120","base":"100","why":"ours_changed"`},
		{`"field":"price","base":"100","ours":"120","theirs":"130","pending":{"value":"120","state":"answered"},"pull":true`, `"action":"pull","value":"130","base":"130","why":"theirs_changed"`},
		{`"field":"price","base":"100","ours":"120","theirs":"120","pending":{"value":"120.00","state":"unknown"}`, `"action":"none","value":null,"base":"120","why":"echo"`},
		{`"field":"price","base":"100","ours":"151","theirs":"100","push":true`, `"action":"held","value":null,"base":"100","why":"jump"`},
		{`"field":"price","base":"100","ours":"151","theirs":"100","push":true,"jump":51`, `"action":"push","value":"151","base":"100","why":"ours_changed"`},
		{`"field":"price","base":"100","ours":"151","theirs":"100","push":true,"jump":5.1e1`, `"action":"push","value":"151","base":"100","why":"ours_changed"`},
		{`"field":"price","base":"100","ours":"151","theirs":"100","push":true,"jump":50.5`, `"action":"held","value":null,"base":"100","why":"jump"`},
		{`"field":"price","base":"100","ours":"999","theirs":"100","push":true,"jump":null`, `"action":"push","value":"999","base":"100","why":"ours_changed"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","push":true,"currency":"usd","company_currency":"TRY"`, `"action":"none","value":null,"base":"100","why":"currency"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","push":true,"currency":"usd","company_currency":" USD"`, `"action":"push","value":"120","base":"100","why":"ours_changed"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","push":true,"currency":"tl"`, `"action":"push","value":"120","base":"100","why":"ours_changed"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","push":true,"currency":"","company_currency":"Try"`, `"action":"push","value":"120","base":"100","why":"ours_changed"`},
		{`"field":"price","base":"100","ours":"120","theirs":"100","push":true,"currency":" ","company_currency":"EUR"`, `"action":"none","value":null,"base":"100","why":"currency"`},
		{`"field":"stock","base":"10","ours":"8","theirs":"10","tracked":false`, `"action":"none","value":null,"base":"10","why":"untracked"`},
		{`"field":"stock","base":"10","ours":"8","theirs":"10","tracked":null,"bound":null,"gone":null`, `"action":"held","value":null,"base":"10","why":"stock_not_writable"`},
		{`"field":"stock","base":"10","ours":"8","theirs":"10","bound":false,"gone":true`, `"action":"none","value":null,"base":"10","why":"not_bound"`},
		{`"field":"stock","base":"-0.50","ours":"8","gone":true`, `"action":"held","value":null,"base":"-0.5","why":"gone"`},
		{`"field":"stock"`, `"action":"none","value":null,"base":null,"why":"absent"`},
		{`"id":[{}],"note":7,"Base":"1","field":"stock","theirs":"3","ours":"3"`, `"action":"none","value":null,"base":"3","why":"converged"`},
	} {
		var out, errs bytes.Buffer
		code := run(context.Background(), []string{"sync", "try", "--stdin"}, console.Streams{In: strings.NewReader("{" + tt.in + "}"), Out: &out, Err: &errs})
		if want := "{" + tt.out + "}\n"; code != 0 || out.String() != want {
			t.Errorf("{%s}\ngives %swant  %sexit %d: %s", tt.in, out.String(), want, code, errs.String())
		}
	}
}

// A line that is not understood is answered with a sentence that begins with what is wrong, and the line
// behind it as always.
func TestSyncTry_everyLineHasAnAnswer(t *testing.T) {
	const good = `{"field":"price","base":"100","ours":"120","theirs":"100","push":true}`
	for _, tt := range []struct{ line, says string }{
		{``, "line: "},
		{`  `, "line: "},
		{`null`, "line: "},
		{`[]`, "line: "},
		{`7`, "line: "},
		{good[:40], "line: "},
		{good + good, "line: "},
		{strings.Replace(good, "price", "pri\xffce", 1), "line: "},
		{strings.Repeat(" ", lines.Longest+10) + good, "line: "},
		{strings.Repeat(`{"field":`, 6_000), "line: "},
		{`{"field":"price","pending":` + strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000) + "}", "line: "},
		{`{}`, "field: "},
		{`{"field":null}`, "field: "},
		{`{"field":"Price"}`, "field: "},
		{`{"field":1}`, "field: Write a text in quotes."},
		{`{"Field":"price"}`, "field: "},
		{`{"field":"price","base":100}`, "base: Write the number in quotes"},
		{`{"field":"price","base":""}`, "base: Write the number in quotes"},
		{`{"field":"price","ours":"249,90"}`, "ours: "},
		{`{"field":"price","theirs":"1e999999999"}`, "theirs: "},
		{`{"field":"price","theirs":"1e3"}`, "theirs: "},
		{`{"field":"price","theirs":1e999999999}`, "theirs: "},
		{`{"field":"price","theirs":"1234567890123456789012345"}`, "theirs: "},
		{`{"field":"price","theirs":"NaN"}`, "theirs: "},
		{`{"field":"price","theirs":["1"]}`, "theirs: "},
		{`{"field":"price","theirs":true}`, "theirs: "},
		{`{"field":"price","owner":"nobody"}`, "owner: "},
		{`{"field":"price","owner":true}`, "owner: Write a text"},
		{`{"field":"price","ours_at":"2026-05-04"}`, "ours_at: "},
		{`{"field":"price","ours_at":""}`, "ours_at: "},
		{`{"field":"price","ours_at":1777885200}`, "ours_at: Write the time"},
		{`{"field":"price","theirs_at":"2026-05-04T9:00"}`, "theirs_at: "},
		{`{"field":"price","theirs_at":"2026-02-30T09:00"}`, "theirs_at: "},
		{`{"field":"price","read_at":"2026-05-04T09:00:00Z"}`, "read_at: "},
		{`{"field":"price","read_at":"2026-05-04T09:00Z"}`, "read_at: "},
		{`{"field":"price","written_at":"2026-05-04T09:00:00.5"}`, "written_at: "},
		{`{"field":"price","written_at":"2026-05-04 09:00"}`, "written_at: "},
		{`{"field":"price","pull":"true"}`, "pull: Write true, false or null."},
		{`{"field":"price","push":1}`, "push: "},
		{`{"field":"price","stock_writable":"yes"}`, "stock_writable: "},
		{`{"field":"price","tracked":0}`, "tracked: "},
		{`{"field":"price","bound":[]}`, "bound: "},
		{`{"field":"price","gone":{}}`, "gone: "},
		{`{"field":"price","currency":7}`, "currency: "},
		{`{"field":"price","company_currency":true}`, "company_currency: "},
		{`{"field":"price","jump":"50"}`, "jump: Write a number without quotes"},
		{`{"field":"price","jump":1e999999999}`, "jump: "},
		{`{"field":"price","jump":1e-999999999}`, "jump: "},
		{`{"field":"price","jump":1e99999999999999999999}`, "jump: "},
		{`{"field":"price","jump":1e25}`, "jump: "},
		{`{"field":"price","jump":true}`, "jump: "},
		{`{"field":"price","pending":"120"}`, "pending: Write a JSON object or null."},
		{`{"field":"price","pending":{}}`, "value: "},
		{`{"field":"price","pending":{"value":120,"state":"sent"}}`, "value: Write the number in quotes"},
		{`{"field":"price","pending":{"value":"120"}}`, "state: "},
		{`{"field":"price","pending":{"value":"120","state":"lost"}}`, "state: "},
		{`{"field":"price","base":"x","pending":{"value":"120","state":"lost"}}`, "base: "},
	} {
		answers := trySync(t, tt.line+"\n"+good+"\r\n")
		if len(answers) != 2 || answers[1]["action"] != "push" {
			t.Errorf("%.80s: the line behind it has %v", tt.line, answers)
			continue
		}
		said, _ := answers[0]["error"].(string)
		if len(answers[0]) != 1 || !strings.HasPrefix(said, tt.says) || len(said) < 15 {
			t.Errorf("%.80s: %v, want %q", tt.line, answers[0], tt.says)
		}
	}
	if answers := trySync(t, "\ufeff"+good+"\r\n"+good); len(answers) != 2 || answers[0]["action"] != "push" || answers[1]["action"] != "push" {
		t.Errorf("mark, CR and a missing last line end: %v", answers)
	}
	if answers := trySync(t, ""); len(answers) != 0 {
		t.Errorf("nothing is answered with %v", answers)
	}
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"sync", "try"}, console.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code != console.ExitUsage {
		t.Errorf("without --stdin: exit %d", code)
	}
	if code := run(context.Background(), []string{"sync", "try", "--stdin"}, console.Streams{In: broken{strings.NewReader(good + "\n")}, Out: &out, Err: &errs}); code != console.ExitError || !strings.Contains(out.String(), `"push"`) {
		t.Errorf("input that breaks off: exit %d, %q, %q", code, out.String(), errs.String())
	}
}

// randomLine makes a line of anything that a key may, or now and then may not, hold.
func randomLine(r *rand.Rand) string {
	const numbers, noNumbers = `null|"0"|"0.004"|"100"|"100.004"|"100"|"120"|"-2"|"2.5"`, `"99999999999999999999.5"|7|"1e9"|""|[]`
	const times, noTimes = `null|"2026-05-04T09:00"|"2026-05-04T09:00:00"|"2026-05-04T10:00"`, `"soon"|1`
	const truths, noTruths = `null|true|true|false`, `"true"|0`
	var parts []string
	for _, k := range []struct{ key, right, wrong string }{
		{"field", `"price"|"stock"`, `null|{}|"Price"`},
		{"base", numbers, noNumbers},
		{"ours", numbers, noNumbers},
		{"theirs", numbers, noNumbers},
		{"owner", `null|"isbasi"|"catalogue"|"later"`, `[]|"x"`},
		{"ours_at", times, noTimes},
		{"theirs_at", times, noTimes},
		{"read_at", times, noTimes},
		{"written_at", times, noTimes},
		{"pull", truths, noTruths},
		{"push", truths, noTruths},
		{"stock_writable", truths, noTruths},
		{"tracked", `true|null`, `false|"false"`},
		{"bound", `true|null`, `false|"false"`},
		{"gone", `false|null`, `true|"true"`},
		{"currency", `""|"TL"|"TRY"|null`, `"USD"|5`},
		{"company_currency", `""|"TL"|"TRY"|null`, `"USD"|5`},
		{"pending", `null|null|{"value":"120","state":"sent"}|{"value":"100","state":"unknown"}`, `{"value":"2.5"}|{}|"x"`},
		{"jump", `null|50|0|-1|12.5`, `1e999999999|"50"`},
		{"note", `null|[[[]]]|{"a":1}`, `7`},
	} {
		if r.IntN(100) == 0 {
			continue
		}
		values := strings.Split(k.right, "|")
		if r.IntN(80) == 0 {
			values = strings.Split(k.wrong, "|")
		}
		parts = append(parts, fmt.Sprintf("%q:%s", k.key, values[r.IntN(len(values))]))
	}
	line := "{" + strings.Join(parts, ",") + "}"
	if r.IntN(20) == 0 {
		line = line[:r.IntN(len(line))]
	}
	return line
}

// Whatever comes, each line has one answer: an error, or an action of the contract with its reason.
func TestSyncTry_manyLines(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 8))
	const lines = triedSyncLines
	var input strings.Builder
	for range lines {
		input.WriteString(randomLine(r) + "\n")
	}
	counts := map[string]int{}
	for _, m := range trySync(t, input.String()) {
		action, _ := m["action"].(string)
		why, _ := m["why"].(string)
		said, _ := m["error"].(string)
		if (action == "") == (said == "") || (action == "") != (why == "") {
			t.Fatalf("%v", m)
		}
		counts[action]++
	}
	if total := counts[""] + counts["none"] + counts["held"] + counts["push"] + counts["pull"] + counts["conflict"]; total != lines {
		t.Errorf("%d answers of the contract to %d lines: %v", total, lines, counts)
	}
	for _, action := range []string{"", "none", "held", "push", "pull", "conflict"} {
		if counts[action] < lines/100 {
			t.Errorf("only %d lines give %q, the test tells little: %v", counts[action], action, counts)
		}
	}
}

func FuzzSyncCase(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 9))
	for range 50 {
		f.Add([]byte(randomLine(r)))
	}
	f.Add([]byte(`{"field":"price","theirs":"1e999999999","jump":1e999999999}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		a, err := syncs.Answer(line)
		if (a == nil) != (err != nil) {
			t.Fatalf("%v and %v", a, err)
		}
		if err != nil {
			return
		}
		if _, err := json.Marshal(a); err != nil {
			t.Fatal(err)
		}
	})
}
