package account

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func (c commands) quotaCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "quota", Short: "What this month has cost at İşbaşı, and what is left", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.quota(cmd, nil) },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "set reads=N writes=N", Short: "Set the monthly limits of your İşbaşı package", Args: console.Minimum(1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.quota(cmd, c.setLimits(args)) },
		},
		&cobra.Command{
			Use: "reopen read|write", Short: "Let calls go again that İşbaşı has refused", Args: console.Exact(1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.quota(cmd, c.reopen(args[0])) },
		},
	)
	return cmd
}

// quota does first what is asked for, and shows how the quota stands then.
func (c commands) quota(cmd *cobra.Command, first func(cmd *cobra.Command) error) error {
	ctx := cmd.Context()
	open := c.Read
	if first != nil {
		open = c.Take
	}
	company, err := open(ctx)
	if err != nil {
		return err
	}
	if first != nil {
		if err := first(cmd); err != nil {
			return err
		}
	}
	u, err := company.Usage(ctx)
	if err != nil {
		return err
	}
	saved, err := company.SavedReads(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.Print(map[string]any{
			"saved_reads": saved, "company": company.Info.Name, "month": u.Month, "sign_ins": u.SignIns,
			"read": kindJSON(u, quota.Read, u.Reads), "write": kindJSON(u, quota.Write, u.Writes),
		})
	}
	fmt.Fprintln(c.Out, domain.Line(company.Info.Name))
	c.Say("ctl.quota", u.Month, u.Spent(quota.Read), u.ReadLimit, u.Spent(quota.Write), u.WriteLimit)
	for _, k := range []quota.Kind{quota.Read, quota.Write} {
		c.Say("ctl.quota.left."+string(k), u.Left(k, quota.Ordinary), u.Reserve(k))
		if x := u.Exhausted(k); x.Is() {
			c.Say("ctl.quota.exhausted."+string(k), c.Words.Moment(x.Since), c.Words.Moment(x.NextProbe()))
		}
	}
	if saved > 0 {
		c.Say("quota.saved", saved)
	}
	return nil
}

func (c commands) setLimits(assignments []string) func(cmd *cobra.Command) error {
	return func(cmd *cobra.Command) error {
		limits, err := c.Opened.Store.QuotaLimits(cmd.Context())
		if err != nil {
			return err
		}
		for _, a := range assignments {
			key, value, ok := strings.Cut(a, "=")
			n, err := strconv.Atoi(value)
			switch {
			case !ok || err != nil:
				return console.Misused("ctl.usage.form", "quota set", a, console.Placeholders("reads=N, writes=N"))
			case key == "reads":
				limits.Reads = n
			case key == "writes":
				limits.Writes = n
			default:
				return console.Misused("ctl.usage.no-setting", key)
			}
		}
		return c.Opened.Store.SaveQuotaLimits(cmd.Context(), limits)
	}
}

func (c commands) reopen(kind string) func(cmd *cobra.Command) error {
	return func(cmd *cobra.Command) error {
		k := quota.Kind(kind)
		if k != quota.Read && k != quota.Write {
			return console.Misused("ctl.usage.one-of", "--reopen", kind, console.Names([]quota.Kind{quota.Read, quota.Write}))
		}
		return c.Opened.Ledger.Reopen(cmd.Context(), k)
	}
}

func kindJSON(u quota.Usage, k quota.Kind, own int) map[string]any {
	x := u.Exhausted(k)
	m := map[string]any{
		"used": own, "spent": u.Spent(k), "limit": u.Limit(k), "reserve": u.Reserve(k),
		"left": u.Left(k, quota.Ordinary), "left_for_invoices": u.Left(k, quota.Invoicing), "exhausted": x.Is(),
	}
	if x.Is() {
		m["since"] = console.Stamp(x.Since)
		m["next_probe"] = console.Stamp(x.NextProbe())
	}
	return m
}
