package report

import (
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// pair is one line of facts.
type pair struct{ Name, Value string }

// card is one of the three counters.
type card struct{ Class, Name, Value string }

// list is a heading with counts under it.
type list struct {
	Title string
	Lines []pair
}

// Title names the report: "Aktarım raporu: Deneme Ticaret Ltd., 24.11.2026 14:05".
func (r Report) Title(w words.Words) string {
	return w.T("report.title.full", r.Company, w.Moment(r.At()))
}

// At is the time by which the transfer is known: its end, else when the report was made.
func (r Report) At() time.Time {
	if !r.Run.FinishedAt.IsZero() {
		return r.Run.FinishedAt
	}
	return r.MadeAt
}

// Lead is the report in a sentence or two.
func (r Report) Lead(w words.Words) string {
	c := r.Run.Counters
	switch state := string(r.Run.State); r.Run.State {
	case transfer.StateDone, transfer.StatePartlyDone, transfer.StateStopped:
		return w.T("report.lead."+state, w.Count(c.Read), w.Count(c.Transferred), w.Count(c.Pending))
	default:
		return w.T("report.lead.other", w.T("state."+state), w.Count(c.Read), w.Count(c.Transferred), w.Count(c.Pending))
	}
}

// cause words why a run failed or rests, "" when it ended well.
func (r Report) cause(w words.Words) string { return w.Error(words.Cause(r.Run)) }

func (r Report) cards(w words.Words) []card {
	c := r.Run.Counters
	return []card{
		{"blue", w.T("counters.transferred"), w.Count(c.Transferred)},
		{"green", w.T("counters.matched"), w.Count(c.Matched)},
		{"orange", w.T("counters.unmatched"), w.Count(c.Unmatched)},
	}
}

// rest are the counters that the three leave out.
func (r Report) rest(w words.Words) []pair {
	c := r.Run.Counters
	return []pair{
		{w.T("report.read"), w.Count(c.Read)},
		{w.T("counters.skipped"), w.Count(c.Skipped)},
		{w.T("counters.failed"), w.Count(c.Failed)},
		{w.T("counters.pending"), w.Count(c.Pending)},
	}
}

func (r Report) facts(w words.Words) []pair {
	run := r.Run
	facts := []pair{
		{w.T("report.company"), r.Company},
		{w.T("report.transfer"), w.T("report.transfer.no", run.ID)},
		{w.T("report.state"), w.T("state." + string(run.State))},
		{w.T("report.began"), w.Moment(run.CreatedAt)},
	}
	if !run.FinishedAt.IsZero() {
		facts = append(facts, pair{w.T("report.ended"), w.Moment(run.FinishedAt)})
	}
	facts = append(facts,
		pair{w.T("report.worked"), w.Duration(run.Worked)},
		pair{w.T("report.calls"), w.T("report.calls.value", run.APIReads, run.APIWrites)},
		pair{w.T("report.options"), r.options(w)},
	)
	return facts
}

// options words what was asked for.
func (r Report) options(w words.Words) string {
	o := r.Run.Options
	var parts []string
	say := func(on bool, key string) {
		if on {
			parts = append(parts, w.T(key))
		}
	}
	say(o.ByBarcode, "report.option.barcode")
	say(o.ByCode, "report.option.code")
	say(o.IncludePassive, "report.option.passive")
	say(o.OnlyInStock, "report.option.stock")
	parts = append(parts, w.T("report.option.unmatched."+string(o.Unmatched)))
	say(o.TakeName, "report.option.name")
	say(o.TakeBrand, "report.option.brand")
	say(o.TakeVAT, "report.option.vat")
	if o.Limit > 0 {
		parts = append(parts, w.T("report.option.limit", o.Limit))
	}
	return strings.Join(parts, ", ")
}

// lists are what the rows are counted by; empty ones are left out.
func (r Report) lists(w words.Words) []list {
	var all []list
	add := func(title string, lines []pair) {
		if len(lines) > 0 {
			all = append(all, list{w.T(title), lines})
		}
	}
	reason := func(r matching.Reason) string { return w.Reason(r, 0) } // each row has a number of candidates of its own
	add("report.tiers", lines(w, r.Tiers, func(t matching.Tier) string { return w.T("tier." + string(t)) }))
	add("report.reasons", lines(w, r.Reasons, reason))
	add("report.skips", lines(w, r.Skips, reason))
	add("report.notes", append(
		lines(w, r.Notes, func(n transfer.Note) string { return w.T("note." + string(n)) }),
		lines(w, r.Flags, func(f matching.Flag) string { return w.T("flag." + string(f)) })...))
	return append(all, r.planLists(w)...)
}

// lines word counts.
func lines[T any](w words.Words, counts []Count[T], name func(T) string) []pair {
	var all []pair
	for _, c := range counts {
		all = append(all, pair{name(c.What), w.Count(c.N)})
	}
	return all
}

// problem is a row with something to look at, in words.
type problem struct{ Code, Barcode, Name, Price, Stock, Outcome, Why string }

func (r Report) problems(w words.Words) []problem {
	all := make([]problem, len(r.Problems))
	for i, p := range r.Problems {
		m := p.Remote
		all[i] = problem{
			Code: string(m.Code), Barcode: string(m.Barcode), Name: m.Name, Price: w.MoneyIf(m.Price, m.Currency), Stock: w.AmountIf(m.Stock),
			Outcome: w.T("outcome." + string(p.Outcome)), Why: w.Why(p.Row),
		}
	}
	return all
}

// planLists set the plan against what came of it, and name the rows that became something else; nothing of
// a run that was never planned.
func (r Report) planLists(w words.Words) []list {
	if r.Plan == nil {
		return nil
	}
	p, c := r.Plan, r.Run.Counters
	against := list{Title: w.T("report.plan")}
	for _, line := range []struct {
		key           string
		planned, came int
	}{
		{"counters.matched", p.Matched, c.Matched},
		{"counters.unmatched", p.Unmatched, c.Unmatched},
		{"counters.skipped", p.Skipped, c.Skipped},
		{"counters.failed", p.Failed, c.Failed},
	} {
		if line.planned+line.came > 0 {
			against.Lines = append(against.Lines, pair{w.T(line.key), w.T("report.plan.value", line.planned, line.came)})
		}
	}
	var lists []list
	if len(against.Lines) > 0 {
		lists = append(lists, against)
	}
	if r.DeviationCount == 0 {
		return lists
	}
	rows := list{Title: w.T("report.deviations", r.DeviationCount)}
	for _, d := range r.Deviations {
		rows.Lines = append(rows.Lines, pair{deviating(d), w.T("deviation." + string(d.Deviation()))})
	}
	if more := r.DeviationCount - len(r.Deviations); more > 0 {
		rows.Lines = append(rows.Lines, pair{w.T("report.deviations.more"), w.Count(more)})
	}
	return append(lists, rows)
}

// deviating names a row: its code, else its barcode, and its name.
func deviating(d transfer.Listed) string {
	key := string(d.Remote.Code)
	if key == "" {
		key = string(d.Remote.Barcode)
	}
	return strings.Trim(key+" · "+d.Remote.Name, " ·")
}
