package catalogue

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// showImported accounts for a file: written tells whether its products are in the catalogue now.
func (c commands) showImported(r listing.Result, written bool) error {
	if c.JSON {
		return c.Print(c.importedJSON(r, written))
	}
	for _, p := range r.Problems {
		line := c.T("ctl.problem", p.Line, string(p.Field), p.Value, c.Words.FileReason(p.Problem))
		if p.Sheet != "" {
			line = c.T("ctl.problem.sheet", p.Sheet, line)
		}
		fmt.Fprintln(c.Err, line)
	}
	c.sayAccount(r)
	if r.JumpCount > 0 {
		fmt.Fprintln(c.Err, c.T("import.jumps", r.JumpCount))
		for _, j := range r.Jumps[:min(shownExamples, len(r.Jumps))] {
			fmt.Fprintln(c.Err, "  "+c.Words.Jump(j))
		}
	}
	key := "ctl.imported"
	if !written {
		key = "ctl.import.plan"
	}
	c.Say(key, r.Rows, r.Added, r.Updated, r.Unchanged, r.Refused)
	if said := c.Words.Repeated(r); said != "" {
		fmt.Fprintln(c.Out, said)
	}
	if !written && len(r.Open()) == 0 {
		c.Say("import.plan.promise")
	}
	if written && r.Added+r.Updated > 0 {
		c.Say("doctor.undo.how", "sopyoctl catalogue import --undo")
	}
	c.askOpen(r)
	return nil
}

// sayAccount says what became of each part of the file.
func (c commands) sayAccount(r listing.Result) {
	c.Say("ctl.account.rows", r.Rows, r.Taken(), r.Repeated, r.Refused, r.NoProduct)
	for _, f := range listing.Fields() {
		if header, ok := r.Columns[f]; ok {
			c.Say("ctl.account.column", c.Words.Field(f), strings.Join(append([]string{header}, r.Fallbacks[f]...), ", "))
		}
	}
	for _, i := range r.Ignored {
		c.Say("ctl.account.ignored", i.Header, i.Filled, i.Sample)
	}
	for _, s := range r.Sheets {
		key := "ctl.account.sheet.read"
		if !s.Read {
			key = "ctl.account.sheet.unread"
		}
		c.Say(key, s.Name, s.Rows)
	}
	for _, n := range r.Notes {
		fmt.Fprintln(c.Out, c.Words.FileNote(n))
	}
	for _, q := range r.Questions {
		if !q.Open() {
			c.Say("ctl.account.chosen", c.Words.Question(q), c.Words.Choice(q, q.Chosen), q.ID, strings.Join(q.Choices, "|"))
		}
	}
}

// askOpen says what has to be answered first, and how.
func (c commands) askOpen(r listing.Result) {
	open := r.Open()
	if len(open) == 0 {
		return
	}
	fmt.Fprintln(c.Err, c.T("file.questions"))
	for _, q := range open {
		fmt.Fprintln(c.Err, c.Words.Question(q))
		for _, choice := range q.Choices {
			fmt.Fprintln(c.Err, c.T("ctl.account.choice", q.ID, choice, c.Words.Choice(q, choice)))
		}
	}
}

// importedJSON is the account for programs.
func (c commands) importedJSON(r listing.Result, written bool) map[string]any {
	problems, ignored, sheets, notes := []map[string]any{}, []map[string]any{}, []map[string]any{}, []map[string]any{}
	for _, p := range r.Problems {
		problem := map[string]any{
			"line": p.Line, "field": p.Field, "value": p.Value, "reason": p.Reason, "refused": p.Refused, "no_product": p.NoProduct,
			"repeated": p.Repeated, "message": c.Words.FileReason(p.Problem),
		}
		if p.Sheet != "" {
			problem["sheet"] = p.Sheet
		}
		if p.Proposed != "" {
			problem["proposed"] = p.Proposed
		}
		problems = append(problems, problem)
	}
	for _, i := range r.Ignored {
		ignored = append(ignored, map[string]any{"header": i.Header, "filled": i.Filled, "sample": i.Sample, "looks": i.Looks})
	}
	for _, s := range r.Sheets {
		sheets = append(sheets, map[string]any{"name": s.Name, "rows": s.Rows, "read": s.Read})
	}
	for _, n := range r.Notes {
		notes = append(notes, map[string]any{"kind": n.Kind, "column": n.Column, "count": n.Count, "sample": n.Sample, "message": c.Words.FileNote(n)})
	}
	jumps := []map[string]any{}
	for _, j := range r.Jumps {
		jump := map[string]any{"line": j.Line, "code": j.Code, "name": j.Name, "was": console.Number(decimal.NewNullDecimal(j.Was)), "is": console.Number(decimal.NewNullDecimal(j.Is)), "currency": j.Currency}
		if j.Sheet != "" {
			jump["sheet"] = j.Sheet
		}
		jumps = append(jumps, jump)
	}
	questions, choices := []map[string]any{}, []map[string]any{}
	for _, q := range r.Questions {
		said := map[string]any{"id": q.ID, "text": c.Words.Question(q), "choices": q.Choices, "samples": orEmpty(c.Words.Samples(q))}
		if q.Open() {
			questions = append(questions, said)
			continue
		}
		said["chosen"] = q.Chosen
		choices = append(choices, said)
	}
	columns, fallbacks := map[listing.Field]string{}, map[listing.Field][]string{}
	for f, header := range r.Columns {
		columns[f] = header
	}
	for f, headers := range r.Fallbacks {
		fallbacks[f] = headers
	}
	return map[string]any{
		"written": written, "rows": r.Rows, "taken": r.Taken(), "repeated": r.Repeated, "refused": r.Refused, "no_product": r.NoProduct,
		"added": r.Added, "updated": r.Updated, "unchanged": r.Unchanged, "problems": problems, "problem_count": r.ProblemCount,
		"columns": columns, "fallbacks": fallbacks, "ignored": ignored, "sheets": sheets, "notes": notes,
		"questions": questions, "choices": choices, "price_jumps": jumps, "price_jump_count": r.JumpCount,
	}
}

// orEmpty is the list, [] in JSON where there is none.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
