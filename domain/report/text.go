package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Text is the report for a terminal, and for a mail program that shows no HTML.
func (r Report) Text(w words.Words) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	title := domain.Line(r.Title(w))
	line("%s\n%s\n", title, strings.Repeat("=", utf8.RuneCountInString(title)))
	line("%s", r.Lead(w))
	if cause := r.cause(w); cause != "" {
		line("%s", cause)
	}
	line("")
	var counters []pair
	for _, c := range r.cards(w) {
		counters = append(counters, pair{c.Name, c.Value})
	}
	b.WriteString(table(append(counters, r.rest(w)...)))
	for _, list := range r.lists(w) {
		line("\n%s", list.Title)
		b.WriteString(table(list.Lines))
	}
	line("")
	b.WriteString(table(r.facts(w)))
	if r.ProblemCount > 0 {
		line("\n%s", r.problemsTitle(w))
		for _, p := range r.problems(w) {
			var parts []string
			for _, s := range []string{p.Code, p.Barcode, p.Name} {
				if s = domain.Line(s); s != "" {
					parts = append(parts, s)
				}
			}
			line("- %s: %s", strings.Join(parts, " · "), orOutcome(p))
		}
		if more := r.more(w); more != "" {
			line("%s", more)
		}
	}
	return b.String()
}

func orOutcome(p problem) string {
	if p.Why == "" {
		return p.Outcome
	}
	return p.Outcome + "; " + p.Why
}

// table writes pairs with their values under each other.
func table(pairs []pair) string {
	width := 0
	for _, p := range pairs {
		width = max(width, utf8.RuneCountInString(p.Name))
	}
	var b strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&b, "  %s%s  %s\n", p.Name, strings.Repeat(" ", width-utf8.RuneCountInString(p.Name)), domain.Line(p.Value))
	}
	return b.String()
}

func (r Report) problemsTitle(w words.Words) string {
	return w.T("report.problems", w.Count(r.ProblemCount))
}

// more says how many problems are not shown, "" when all are.
func (r Report) more(w words.Words) string {
	if n := r.ProblemCount - len(r.Problems); n > 0 {
		return w.T("report.problems.more", w.Count(n))
	}
	return ""
}
