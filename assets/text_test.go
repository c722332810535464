package assets

import "testing"

func TestText_agreesWithItsNumbers(t *testing.T) {
	english, err := NewText("en")
	if err != nil {
		t.Fatal(err)
	}
	text := Text{printer: english.printer, words: map[string]string{
		"one":     "%d {product is|products are} new",
		"two":     "%d {read|reads} and %d {write|writes} of %d",
		"ordered": "%[2]s: %[1]d {order waits for its|orders wait for their} {invoice|invoices}",
		"after":   "%s (%d%%): %s {row|rows}",
		"none":    "{one|many} {\"side\":\"sale|return\"}",
	}}
	for _, c := range []struct {
		key  string
		args []any
		want string
	}{
		{"one", []any{0}, "0 products are new"},
		{"one", []any{1}, "1 product is new"},
		{"one", []any{int64(2)}, "2 products are new"},
		{"one", []any{1001}, "1,001 products are new"},
		{"two", []any{1, 2, 1}, "1 read and 2 writes of 1"},
		{"two", []any{2, 1, 2}, "2 reads and 1 write of 2"},
		{"ordered", []any{1, "2"}, "2: 1 order waits for its invoice"},
		{"ordered", []any{2, "1"}, "1: 2 orders wait for their invoices"},
		{"after", []any{"x", 1, "21"}, "x (1%): 21 rows"},
		{"after", []any{"x", 2, "1"}, "x (2%): 1 row"},
		{"none", nil, "many {\"side\":\"sale|return\"}"},
	} {
		if got := text.T(c.key, c.args...); got != c.want {
			t.Errorf("%s of %v: %q, want %q", c.key, c.args, got, c.want)
		}
	}
}
