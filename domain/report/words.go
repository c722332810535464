package report

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Words word keys in one language; assets.Text is one.
type Words interface {
	T(key string, args ...any) string
	Has(key string) bool
}

// Language is the words of a report and the way numbers and times are written with them.
type Language struct {
	Words
	Lang string // "tr" or "en"
}

func (l Language) count(n int) string { return domain.FormatInt(n, l.Lang) }

func (l Language) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return domain.FormatTime(t, l.Lang)
}

func (l Language) duration(d time.Duration) string {
	s := max(1, int((d + time.Second/2).Seconds()))
	switch {
	case s < 60:
		return l.T("duration.seconds", s)
	case s < 3600 && s%60 == 0:
		return l.T("duration.minutes", s/60)
	case s < 3600:
		return l.T("duration.minutes-seconds", s/60, s%60)
	default:
		return l.T("duration.hours-minutes", s/3600, s%3600/60)
	}
}

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
func (r Report) Title(l Language) string {
	return l.T("report.title.full", r.Company, l.moment(r.At()))
}

// At is the time by which the transfer is known: its end, else when the report was made.
func (r Report) At() time.Time {
	if !r.Run.FinishedAt.IsZero() {
		return r.Run.FinishedAt
	}
	return r.MadeAt
}

// Lead is the report in a sentence or two.
func (r Report) Lead(l Language) string {
	c := r.Run.Counters
	said := l.T("report.lead."+string(r.Run.State), l.count(c.Read), l.count(c.Transferred), l.count(c.Pending))
	if r.Run.State == transfer.StateFailed || !l.Has("report.lead."+string(r.Run.State)) {
		said = l.T("report.lead.other", l.T("state."+string(r.Run.State)), l.count(c.Read), l.count(c.Transferred), l.count(c.Pending))
	}
	return said
}

// cause words why a run failed or rests, "" when it ended well.
func (r Report) cause(l Language) string {
	if r.Run.Cause == "" {
		return ""
	}
	said := strings.TrimSpace(l.T("error."+string(r.Run.Cause)+".what") + " " + l.T("error."+string(r.Run.Cause)+".do"))
	if r.Run.Detail != "" {
		said += " (" + r.Run.Detail + ")"
	}
	return said
}

func (r Report) cards(l Language) []card {
	c := r.Run.Counters
	return []card{
		{"blue", l.T("counters.transferred"), l.count(c.Transferred)},
		{"green", l.T("counters.matched"), l.count(c.Matched)},
		{"orange", l.T("counters.unmatched"), l.count(c.Unmatched)},
	}
}

// rest are the counters that the three leave out.
func (r Report) rest(l Language) []pair {
	c := r.Run.Counters
	return []pair{
		{l.T("report.read"), l.count(c.Read)},
		{l.T("counters.skipped"), l.count(c.Skipped)},
		{l.T("counters.failed"), l.count(c.Failed)},
		{l.T("counters.pending"), l.count(c.Pending)},
	}
}

func (r Report) facts(l Language) []pair {
	run := r.Run
	facts := []pair{
		{l.T("report.company"), r.Company},
		{l.T("report.transfer"), l.T("report.transfer.no", run.ID)},
		{l.T("report.state"), l.T("state." + string(run.State))},
		{l.T("report.began"), l.moment(run.CreatedAt)},
	}
	if !run.FinishedAt.IsZero() {
		facts = append(facts, pair{l.T("report.ended"), l.moment(run.FinishedAt)})
	}
	facts = append(facts,
		pair{l.T("report.worked"), l.duration(run.Worked)},
		pair{l.T("report.calls"), l.T("report.calls.value", run.APIReads, run.APIWrites)},
		pair{l.T("report.options"), r.options(l)},
	)
	return facts
}

// options words what was asked for.
func (r Report) options(l Language) string {
	o := r.Run.Options
	var parts []string
	say := func(on bool, key string) {
		if on {
			parts = append(parts, l.T(key))
		}
	}
	say(o.ByBarcode, "report.option.barcode")
	say(o.ByCode, "report.option.code")
	say(o.IncludePassive, "report.option.passive")
	say(o.OnlyInStock, "report.option.stock")
	parts = append(parts, l.T("report.option.unmatched."+string(o.Unmatched)))
	say(o.TakeName, "report.option.name")
	say(o.TakeBrand, "report.option.brand")
	say(o.TakeVAT, "report.option.vat")
	if o.Limit > 0 {
		parts = append(parts, l.T("report.option.limit", o.Limit))
	}
	return strings.Join(parts, ", ")
}

// lists are what the rows are counted by; empty ones are left out.
func (r Report) lists(l Language) []list {
	var all []list
	add := func(title string, lines []pair) {
		if len(lines) > 0 {
			all = append(all, list{l.T(title), lines})
		}
	}
	add("report.tiers", lines(l, r.Tiers, "tier."))
	add("report.reasons", lines(l, r.Reasons, "reason."))
	add("report.skips", lines(l, r.Skips, "reason."))
	add("report.notes", append(lines(l, r.Notes, "note."), lines(l, r.Flags, "flag.")...))
	return append(all, r.planLists(l)...)
}

// lines word counts; a key under "report." goes before one that other screens share.
func lines[T ~string](l Language, counts []Count[T], prefix string) []pair {
	var all []pair
	for _, c := range counts {
		key := "report." + prefix + string(c.What)
		if !l.Has(key) {
			key = prefix + string(c.What)
		}
		all = append(all, pair{l.T(key), l.count(c.N)})
	}
	return all
}

// Why words why a row is where it is: the tier that paired it or the reason that did not, what a person
// should look at, and what was not taken over.
func Why(l Language, r transfer.Row) string {
	var parts []string
	switch {
	case r.Outcome == transfer.OutcomeFailed: // its notes say why
	case r.Tier != "":
		parts = append(parts, l.T("tier."+string(r.Tier)))
	case r.Reason != "" && r.Candidates > 0:
		parts = append(parts, l.T("reason."+string(r.Reason), r.Candidates))
	case r.Reason != "":
		parts = append(parts, l.T("reason."+string(r.Reason)))
	}
	if r.Flag != "" {
		parts = append(parts, l.T("flag."+string(r.Flag)))
	}
	for _, n := range r.Notes {
		parts = append(parts, l.T("note."+string(n)))
	}
	return strings.Join(parts, " · ")
}

// problem is a row with something to look at, in words.
type problem struct{ Code, Barcode, Name, Price, Stock, Outcome, Why string }

func (r Report) problems(l Language) []problem {
	all := make([]problem, len(r.Problems))
	for i, p := range r.Problems {
		m := p.Remote
		all[i] = problem{
			Code: string(m.Code), Barcode: string(m.Barcode), Name: m.Name, Price: l.price(m), Stock: l.number(m.Stock),
			Outcome: l.T("outcome." + string(p.Outcome)), Why: Why(l, p.Row),
		}
	}
	return all
}

func (l Language) price(m domain.RemoteProduct) string {
	if !m.Price.Valid {
		return ""
	}
	return domain.FormatMoney(m.Price.Decimal, m.Currency, l.Lang)
}

func (l Language) number(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return domain.FormatNumber(d.Decimal, l.Lang)
}
