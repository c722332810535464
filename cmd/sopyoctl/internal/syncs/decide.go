package syncs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

type syncDecideFlags struct {
	verdict, why, field string
	products            []string
	remember            bool
}

func (c commands) decideCommand() *cobra.Command {
	var f syncDecideFlags
	cmd := &cobra.Command{
		Use:   "decide",
		Short: "Say whose stock or price holds where one waits (sync open); taken back by sync undo",
		Args:  console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(f.check(), c.knownReason(f.why)); err != nil {
				return err
			}
			return c.On(false, func(ctx context.Context, company *app.Company, _ []string) error {
				return c.syncDecide(ctx, company, f)
			})(cmd, nil)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.verdict, "verdict", "", "isbasi, catalogue, later (whichever changed last) or noted (entered at İşbaşı by hand)")
	flags.StringVar(&f.why, "why", "", "of all that waits for that reason")
	flags.StringSliceVar(&f.products, "product", nil, "of those products, by code or barcode")
	flags.StringVar(&f.field, "field", "", "only their stock or price")
	flags.BoolVar(&f.remember, "remember", false, "from now on too, whenever both sides change these")
	_ = cmd.MarkFlagRequired("verdict")
	cmd.MarkFlagsMutuallyExclusive("why", "product")
	cmd.MarkFlagsOneRequired("why", "product")
	return cmd
}

func (f syncDecideFlags) check() error {
	switch v := sync.Verdict(f.verdict); {
	case v != sync.VerdictTheirs && v != sync.VerdictOurs && v != sync.VerdictLater && v != sync.VerdictNoted:
		return console.Misused("ctl.usage.one-of", "--verdict", f.verdict, console.Names([]sync.Verdict{sync.VerdictTheirs, sync.VerdictOurs, sync.VerdictLater, sync.VerdictNoted}))
	case f.why == "" && len(f.products) == 0:
		return console.Misused("ctl.usage.either", "--why", "--product")
	case f.field != "" && !slices.Contains(domain.AllShared(), domain.Shared(f.field)):
		return console.Misused("ctl.usage.one-of", "--field", f.field, console.Names(domain.AllShared()))
	case f.remember && v == sync.VerdictNoted:
		return console.Misused("ctl.usage.exclude", "--remember, --verdict "+string(sync.VerdictNoted))
	default:
		return nil
	}
}

func (c commands) syncDecide(ctx context.Context, company *app.Company, f syncDecideFlags) error {
	keys, err := openKeys(ctx, company, f)
	if err != nil {
		return err
	}
	done, err := company.DecideOpen(ctx, sync.Decision{Verdict: sync.Verdict(f.verdict), Remember: f.remember, Keys: keys})
	if err != nil {
		return err
	}
	return c.showDecidedFields(done)
}

// openKeys finds the fields that wait and are meant; for a reason that nothing waits for that is an error. Of a product
// of which nothing waits the store says so.
func openKeys(ctx context.Context, company *app.Company, f syncDecideFlags) (keys []sync.OpenKey, err error) {
	fields, _, err := company.OpenFields(ctx, sync.OpenQuery{Why: sync.Why(f.why)})
	if err != nil {
		return nil, err
	}
	waiting := map[domain.ProductID][]sync.OpenKey{}
	for _, o := range fields {
		if f.field == "" || domain.Shared(f.field) == o.Field {
			key := sync.OpenKey{Product: o.Product, Field: o.Field}
			keys, waiting[o.Product] = append(keys, key), append(waiting[o.Product], key)
		}
	}
	if f.why != "" && len(keys) == 0 {
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find what waits", Detail: "nothing-waits"}
	}
	if f.why != "" {
		return keys, err
	}
	keys = nil
	for _, code := range f.products {
		products, err := console.NamedProducts(ctx, company, code)
		if err != nil {
			return nil, err
		}
		for _, p := range products {
			if len(waiting[p.ID]) == 0 {
				keys = append(keys, sync.OpenKey{Product: p.ID, Field: domain.Shared(cmp.Or(f.field, string(domain.SharedPrice)))})
			}
			keys = append(keys, waiting[p.ID]...)
		}
	}
	return keys, nil
}

func (c commands) showDecidedFields(d sync.Decided) error {
	if c.JSON {
		m := map[string]any{"done": d.Done, "left": d.Left}
		if d.Done > 0 {
			m["sync"] = d.Run.ID
		}
		if err := c.Print(m); err != nil {
			return err
		}
	} else {
		for _, why := range slices.Sorted(maps.Keys(d.Left)) {
			fmt.Fprintf(c.Err, "%s: %s\n", c.Words.Count(d.Left[why]), c.T("sync.left."+string(why)))
		}
		if d.Done > 0 {
			c.Say("ctl.sync.decided", d.Done, d.Run.ID)
		}
	}
	switch {
	case len(d.Left) == 0:
		return nil
	case d.Done == 0:
		return console.Ended(console.ExitError)
	default:
		return console.Ended(console.ExitPartly)
	}
}
