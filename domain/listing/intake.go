package listing

import (
	"context"
	"iter"
)

// Intake is what a file brings, on its way into the catalogue.
type Intake struct {
	// Rows are those that are taken; an error of theirs ends it.
	Rows iter.Seq2[ProductRow, error]
	// Differing says what becomes of rows of one product whose prices, VAT rates or stocks differ: ChooseSum or
	// ChooseSeparate; with anything else the last one counts.
	Differing string
	// Note is told of rows that are repeated and of prices that are left.
	Note func(Noted)
	// Jumped is told of prices that move far; they are taken.
	Jumped func(Jump)
	// Gathered is told once, when all rows are there and nothing is written; its error ends it.
	Gathered func(Gathered) error
	// Watch is told every now and then how many of all different products have been gone through.
	Watch func(done, of int)
}

// Gathered is what shows only when all rows of a file are there.
type Gathered struct {
	// Differing are rows of products that have others with another price, VAT rate or stock, the first few.
	Differing []ProductRow
	// Notes say which stocks were added up, and which names got their options.
	Notes []Note
}

// WithOptions is the name of a product of which there are several by size, colour and the like, as shops write it.
func WithOptions(name, options string) string { return name + OptionMark + options }

// What stands between a name and its options, and between two of these.
const (
	OptionMark      = " - "
	OptionSeparator = " / "
)

// intake gives the products of a file to a catalogue, and notes in r what comes of them.
func (s Source) intake(ctx context.Context, r *Result, answers Answers, count *Count) Intake {
	return Intake{
		Rows: s.products(ctx, r, count), Differing: answers[string(AskRepeated)], Note: r.Note, Jumped: r.jumps, Watch: count.Wrote,
		Gathered: func(g Gathered) error {
			r.Notes = append(r.Notes, g.Notes...)
			if len(g.Differing) > 0 {
				choices := []string{ChooseSum, ChooseLast, ChooseSeparate}
				q := answers.Ask(AskRepeated, "", "", choices, nil)
				q.Rows = g.Differing
				r.Questions = append(r.Questions, q)
			}
			return r.Check(s.checked)
		},
	}
}
