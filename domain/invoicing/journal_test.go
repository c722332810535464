package invoicing

import "testing"

// attempts adds some to the journal.
func attempts(list ...Attempt) func(*Case) {
	return func(c *Case) { c.Journal = append(c.Journal, list...) }
}

func TestJudge_earlierAttempts(t *testing.T) {
	key := order().Key
	other := key
	other.Package = "7000"
	want := map[AttemptState][3]string{ // of the same order, of a changed one, of another with the same line
		AttemptIntent: {"unknown_attempt /", "unknown_attempt /", consumer}, AttemptUnknown: {"unknown_attempt /", "unknown_attempt /", consumer},
		AttemptRejected: {consumer, consumer, consumer}, AttemptLost: {consumer, consumer, consumer}, AttemptDeleted: {consumer, consumer, consumer},
	}
	for _, s := range []AttemptState{AttemptDrafted, AttemptChecked, AttemptMismatch, AttemptFormalising, AttemptIssued, AttemptDocumented, AttemptDeleting} {
		want[s] = [3]string{"already /", "changed_since /", "already /"}
	}
	if len(AttemptStates()) != len(want) {
		t.Errorf("%d states, %d told", len(AttemptStates()), len(want))
	}
	for _, s := range AttemptStates() {
		for i, a := range []Attempt{{Key: key, State: s, Fingerprint: "f1"}, {Key: key, State: s, Fingerprint: "f0"}, {Key: other, State: s, Lines: []string{"L0", "L1"}}} {
			if got := verdict(Judge(order(attempts(a)))); got != want[s][i] {
				t.Errorf("%s, %d: %q, want %q", s, i, got, want[s][i])
			}
		}
	}
}

func TestJudge_attemptsOfOthers(t *testing.T) {
	key := order().Key
	issued := func(change func(*Key), lines ...string) Attempt {
		a := Attempt{Key: key, State: AttemptIssued, Fingerprint: "f1", Lines: lines}
		change(&a.Key)
		return a
	}
	nothing := func(*Key) {}
	company := func(k *Key) { k.Company = "c2" }
	marketplace := func(k *Key) { k.Marketplace = "n11" }
	pack := func(k *Key) { k.Package = "7000" }
	back := func(k *Key) { k.Direction = DirectionReturn }
	unknown := Attempt{Key: key, State: AttemptUnknown}
	noIDs := func(c *Case) { c.Lines[0].ID = " " }
	check(t, []row{
		{"the key itself", attempts(issued(nothing)), "already /"},
		{"another company", attempts(issued(company)), consumer},
		{"another marketplace may use the same number", attempts(issued(marketplace)), consumer},
		{"another package", attempts(issued(pack)), consumer},
		{"the return of it", attempts(issued(back)), consumer},
		{"a line of it, wherever", attempts(issued(company, "L1")), "already /"},
		{"another line", attempts(issued(pack, "L2", "l1")), consumer},
		{"blank ids are none", all(noIDs, attempts(issued(pack, " ", ""))), consumer},
		{"the second line", all(func(c *Case) { c.Lines = append(c.Lines, c.Lines[0]); c.Lines[0].ID = "L0" }, attempts(issued(pack, "L1"))), "already /"},
		{"each attempt is judged", attempts(unknown, issued(nothing), Attempt{Key: key, State: AttemptDrafted, Fingerprint: "f2"}), "already unknown_attempt changed_since /"},
		{"an unknown one hides no line", attempts(unknown, issued(pack, "L1")), "already unknown_attempt /"},
		{"a changed order is not one whose line was invoiced", attempts(issued(pack, "L1"), Attempt{Key: key, State: AttemptIssued, Fingerprint: "f2"}), "changed_since /"},
		{"no fingerprint is like none", all(func(c *Case) { c.Fingerprint = "" }, attempts(Attempt{Key: key, State: AttemptIssued})), "already /"},
		{"and unlike one", attempts(Attempt{Key: key, State: AttemptIssued}), "changed_since /"},
		{"a return that is known", all(func(c *Case) { c.Direction = DirectionReturn }, attempts(issued(back))), "already special /"},
	})
}
