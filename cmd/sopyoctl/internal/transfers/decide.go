package transfers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

type decideFlags struct {
	run                      int64
	remote, pair             string
	create, ignore, separate bool
	ask                      bool
	suggest                  string
	units, stdin             bool
	takeBack                 int64
	limit                    int
}

func (c commands) decideCommand() *cobra.Command {
	var f decideFlags
	cmd := &cobra.Command{
		Use:   "decide",
		Short: "Pair, create, ignore, ask again or separate by hand; suggestions; take a decision back",
		Args:  console.None,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.transferDecide(cmd, f) },
	}
	flags := cmd.Flags()
	flags.Int64Var(&f.run, "run", 0, "the transfer (default: the newest that stands)")
	flags.StringVar(&f.remote, "remote", "", "the İşbaşı product, by its İşbaşı number")
	flags.StringVar(&f.pair, "pair", "", "pair it with the catalogue product of this code or barcode")
	flags.BoolVar(&f.create, "create", false, "make a catalogue product of it")
	flags.BoolVar(&f.ignore, "ignore", false, "leave it alone, in later transfers too")
	flags.BoolVar(&f.ask, "ask", false, "let it wait for a decision again, after --ignore")
	flags.BoolVar(&f.separate, "separate", false, "take it and its partner apart for good")
	flags.StringVar(&f.suggest, "suggest", "", "list what this İşbaşı product could be")
	flags.BoolVar(&f.units, "other-units", false, "with --suggest: ask İşbaşı for the barcodes of its other units (1 read)")
	flags.IntVar(&f.limit, "limit", 10, "with --suggest: at most that many")
	flags.BoolVar(&f.stdin, "stdin", false, "decisions from standard input, a JSON object a line")
	flags.Int64Var(&f.takeBack, "take-back", 0, "undo the decision of this number")
	cmd.MarkFlagsMutuallyExclusive("pair", "create", "ignore", "ask", "separate", "suggest", "stdin", "take-back")
	cmd.MarkFlagsOneRequired("pair", "create", "ignore", "ask", "separate", "suggest", "stdin", "take-back")
	return cmd
}

func (c commands) transferDecide(cmd *cobra.Command, f decideFlags) error {
	ctx := cmd.Context()
	single := f.pair != "" || f.create || f.ignore || f.ask || f.separate
	if single != (f.remote != "") {
		return console.Misused("ctl.usage.remote")
	}
	company, err := c.Looks(f.suggest != "" && !f.units)(ctx)
	if err != nil {
		return err
	}
	if f.takeBack != 0 {
		done, err := company.TakeBack(ctx, f.takeBack)
		if err != nil {
			return err
		}
		return c.showDecided(done, "ctl.decide.taken-back", done.Done)
	}
	run, err := findTransfer(ctx, company, f.run)
	if err != nil {
		return err
	}
	if f.suggest != "" {
		return c.suggest(ctx, company, run, f)
	}
	decisions, err := c.decisions(ctx, company, f)
	if err != nil {
		return err
	}
	done, err := company.Decide(ctx, run.ID, decisions)
	if err != nil {
		return err
	}
	return c.showDecided(done, "ctl.decide.done", done.Done, done.ID)
}

// typed is one decision as a person types it.
type typed struct {
	Remote  string                `json:"remote"`
	Kind    transfer.DecisionKind `json:"kind"`
	Code    string                `json:"code"`
	Product domain.ProductID      `json:"product"`
}

func (c commands) decisions(ctx context.Context, company *app.Company, f decideFlags) ([]transfer.Decision, error) {
	all := []typed{{Remote: f.remote, Kind: f.kind(), Code: f.pair}}
	if f.stdin {
		var err error
		if all, err = readDecisions(c.In); err != nil {
			return nil, err
		}
	}
	decisions := make([]transfer.Decision, len(all))
	for i, t := range all {
		d := transfer.Decision{Kind: t.Kind, Remote: domain.RemoteID(t.Remote), Product: t.Product}
		if t.Code != "" {
			products, err := console.NamedProducts(ctx, company, t.Code)
			if err != nil {
				return nil, err
			}
			if len(products) > 1 {
				return nil, console.Misused("ctl.usage.many", t.Code, len(products), console.Numbers(products))
			}
			d.Product = products[0].ID
		}
		decisions[i] = d
	}
	return decisions, nil
}

func (f decideFlags) kind() transfer.DecisionKind {
	switch {
	case f.create:
		return transfer.DecideCreate
	case f.ignore:
		return transfer.DecideIgnore
	case f.ask:
		return transfer.DecideAsk
	case f.separate:
		return transfer.DecideSeparate
	default:
		return transfer.DecidePair
	}
}

func readDecisions(in io.Reader) ([]typed, error) {
	dec := json.NewDecoder(in)
	dec.DisallowUnknownFields()
	var all []typed
	for {
		var t typed
		err := dec.Decode(&t)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, console.Misused("ctl.usage.decision", len(all)+1)
		}
		if kinds := transfer.DecisionKinds(); !slices.Contains(kinds, t.Kind) {
			return nil, console.Misused("ctl.usage.one-of", fmt.Sprintf("kind (%d)", len(all)+1), string(t.Kind), console.Names(kinds))
		}
		if t.Remote == "" || (t.Kind == transfer.DecidePair) != (t.Code != "" || t.Product != 0) {
			return nil, console.Misused("ctl.usage.decision", len(all)+1)
		}
		all = append(all, t)
	}
	if len(all) == 0 {
		return nil, console.Misused("ctl.usage.no-decision")
	}
	return all, nil
}

// showDecided says what was done and what was refused; the latter decides the exit code.
func (c commands) showDecided(d transfer.Decided, key string, args ...any) error {
	if c.JSON {
		refused := []map[string]any{}
		for _, r := range d.Refused {
			m := map[string]any{"remote": r.Remote, "kind": r.Kind, "why": r.Why}
			if r.Product != 0 {
				m["product"] = r.Product
			}
			refused = append(refused, m)
		}
		err := c.Print(map[string]any{"decision": d.ID, "done": d.Done, "refused": refused, "transfer": transferJSON(d.Run)})
		if err != nil {
			return err
		}
	} else {
		for _, r := range d.Refused {
			fmt.Fprintf(c.Err, "%s: %s\n", r.Remote, c.T("decide.refused."+string(r.Why)))
		}
		c.Say(key, args...)
		fmt.Fprintln(c.Out, c.Words.RunState(d.Run)+": "+c.counts(d.Run))
	}
	switch {
	case len(d.Refused) == 0:
		return nil
	case d.Done == 0:
		return console.Ended(console.ExitError)
	default:
		return console.Ended(console.ExitPartly)
	}
}

func (c commands) suggest(ctx context.Context, company *app.Company, run transfer.Run, f decideFlags) error {
	choices, err := company.Choices(ctx, run.ID, domain.RemoteID(f.suggest), nil, f.limit)
	if f.units {
		choices, err = company.OtherUnits(ctx, run.ID, domain.RemoteID(f.suggest), f.limit)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return c.Print(choicesJSON(choices))
	}
	m := choices.Row.Remote
	c.Line("%s · %s · %s · %s · %s", m.ID, m.Code, m.Barcode, m.Name, c.Words.Why(choices.Row.Row))
	w := c.Table()
	for _, s := range choices.Suggestions {
		bound := ""
		if s.BoundTo != "" {
			bound = c.T("ctl.decide.bound", string(s.BoundTo))
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\n", s.Score, s.Product.Code, s.Product.Barcode, s.Product.Name, c.whySuggested(s), bound)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(choices.Suggestions) == 0 {
		c.Say("ctl.decide.no-suggestion")
	}
	for _, r := range choices.Rivals {
		c.Say("ctl.decide.rival", string(r.Remote.ID), string(r.Remote.Code), string(r.Remote.Barcode), r.Remote.Name)
	}
	return nil
}

// whySuggested words what speaks for a suggestion, and against it.
func (c commands) whySuggested(s transfer.Suggestion) string {
	var parts []string
	for _, e := range append(append([]matching.Evidence{}, s.Why...), s.Against...) {
		parts = append(parts, c.T("suggested."+string(e)))
	}
	return strings.Join(parts, ", ")
}

func choicesJSON(choices transfer.Choices) map[string]any {
	suggestions, rivals := []map[string]any{}, []map[string]any{}
	for _, s := range choices.Suggestions {
		m := map[string]any{
			"score": s.Score, "product": s.Product.ID, "code": s.Product.Code, "barcode": s.Product.Barcode,
			"name": s.Product.Name, "price": console.Number(s.Product.Price), "stock": console.Number(s.Product.Stock), "why": s.Why,
		}
		if len(s.Against) > 0 {
			m["against"] = s.Against
		}
		if s.BoundTo != "" {
			m["bound_to"] = s.BoundTo
		}
		suggestions = append(suggestions, m)
	}
	for _, r := range choices.Rivals {
		rivals = append(rivals, rowJSON(r))
	}
	return map[string]any{"row": rowJSON(choices.Row), "suggestions": suggestions, "rivals": rivals}
}
