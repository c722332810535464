package words_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// said words a key by itself and its arguments.
var said = words.New("tr", func(key string, args ...any) string {
	if len(args) == 0 {
		return key
	}
	return fmt.Sprintf("%s%v", key, args)
})

// forecast is one that has everything, each number once.
var forecast = transfer.Forecast{
	Read: 1001, Matched: 1002, Unmatched: 1003, Skipped: 1004, Failed: 1005, Prices: 1006, Stocks: 1007,
	Tiers:   map[matching.Tier]int{"t1": 11, "t2": 12},
	Reasons: map[matching.Reason]int{"r1": 13, matching.ReasonAmbiguous: 14},
	Skips:   map[matching.Reason]int{"r3": 15, matching.ReasonAmbiguous: 16},
	Becomes: map[transfer.Unmatched]int{transfer.UnmatchedListed: 17, transfer.UnmatchedDraft: 18, transfer.UnmatchedCreated: 19},
	Notes:   map[transfer.Note]int{"n1": 20, "n2": 20}, Flags: map[matching.Flag]int{"f1": 22, "f2": 21},
}

// Each group is there when there is something of it, with its number and its parts, the most first.
func TestSums_nameEachGroupThatIsThere(t *testing.T) {
	one := map[string]transfer.Forecast{
		"failed": {Failed: 1}, "becomes": {Unmatched: 1, Becomes: map[transfer.Unmatched]int{transfer.UnmatchedListed: 1}},
		"changes": {Prices: 1}, "look": {Notes: map[transfer.Note]int{transfer.NoteZeroPrice: 1}}, "": {},
	}
	for key, f := range one {
		want := []string{"matched", "unmatched", "skipped"}
		if key != "" {
			want = append(want, key)
		}
		var got []string
		for _, s := range said.Sums(f) {
			if got = append(got, s.Key); s.Name != "plan."+s.Key {
				t.Errorf("%s is called %s", s.Key, s.Name)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, f := range []transfer.Forecast{{Stocks: 1}, {Becomes: map[transfer.Unmatched]int{transfer.UnmatchedDraft: 1}}, {Becomes: map[transfer.Unmatched]int{transfer.UnmatchedCreated: 1}}} {
		if s := said.Sums(f); s[len(s)-1].Key != "changes" {
			t.Errorf("%+v changes nothing: %+v", f, s)
		}
	}
	if s := said.Sums(transfer.Forecast{Flags: map[matching.Flag]int{"f": 1}}); s[len(s)-1].Key != "look" {
		t.Errorf("a flag is not looked at: %+v", s)
	}
	numbers := map[string]int{"matched": 1002, "unmatched": 1003, "skipped": 1004, "failed": 1005, "becomes": 1003, "changes": 0, "look": 0}
	sums := said.Sums(forecast)
	for _, s := range sums {
		if s.N != numbers[s.Key] {
			t.Errorf("%s: %d, want %d", s.Key, s.N, numbers[s.Key])
		}
		delete(numbers, s.Key)
	}
	if len(numbers) != 0 {
		t.Errorf("missing %v", numbers)
	}
}

func TestSums_addUp(t *testing.T) {
	f := transfer.Forecast{
		Read: 10, Matched: 3, Unmatched: 6, Skipped: 1, Prices: 2,
		Tiers:   map[matching.Tier]int{matching.TierCode: 2, matching.TierBarcode: 1},
		Reasons: map[matching.Reason]int{matching.ReasonAmbiguous: 2, matching.ReasonNoCandidate: 4},
		Skips:   map[matching.Reason]int{matching.ReasonPassive: 1},
		Becomes: map[transfer.Unmatched]int{transfer.UnmatchedCreated: 4, transfer.UnmatchedListed: 2},
		Notes:   map[transfer.Note]int{transfer.NoteZeroPrice: 1},
	}
	var lines []string
	for _, s := range said.Sums(f) {
		lines = append(lines, fmt.Sprintf("%s %d %v", s.Name, s.N, s.Parts))
	}
	want := "plan.matched 3 [{tier.code 2} {tier.barcode 1}]; plan.unmatched 6 [{reason.no-candidate 4} {plan.ambiguous 2}]; " +
		"plan.skipped 1 [{reason.passive 1}]; plan.becomes 6 [{plan.becomes.created 4} {plan.becomes.listed 2}]; " +
		"plan.changes 0 [{plan.prices 2} {plan.stocks 0} {plan.created 4}]; plan.look 0 [{note.zero-price 1}]"
	if got := strings.Join(lines, "; "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
