package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func (c *ctl) quotaCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "quota", Short: "What this month has cost at İşbaşı, and what is left", Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.quota(cmd, nil) },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "set reads=N writes=N", Short: "Set the monthly limits of your İşbaşı package", Args: minimum(1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.quota(cmd, c.setLimits(args)) },
		},
		&cobra.Command{
			Use: "reopen read|write", Short: "Let calls go again that İşbaşı has refused", Args: exact(1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.quota(cmd, c.reopen(args[0])) },
		},
	)
	return cmd
}

// quota does first what is asked for, and shows how the quota stands then.
func (c *ctl) quota(cmd *cobra.Command, first func(cmd *cobra.Command) error) error {
	ctx := cmd.Context()
	open := c.read
	if first != nil {
		open = c.take
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
	if c.json {
		return c.print(map[string]any{
			"saved_reads": saved, "company": company.Info.Name, "month": u.Month, "sign_ins": u.SignIns,
			"read": kindJSON(u, quota.Read, u.Reads), "write": kindJSON(u, quota.Write, u.Writes),
		})
	}
	fmt.Fprintln(c.out, domain.Line(company.Info.Name))
	c.say("ctl.quota", u.Month, u.Spent(quota.Read), u.ReadLimit, u.Spent(quota.Write), u.WriteLimit)
	for _, k := range []quota.Kind{quota.Read, quota.Write} {
		c.say("ctl.quota.left."+string(k), u.Left(k, quota.Ordinary), u.Reserve(k))
		if x := u.Exhausted(k); x.Is() {
			c.say("ctl.quota.exhausted."+string(k), c.words.Moment(x.Since), c.words.Moment(x.NextProbe()))
		}
	}
	if saved > 0 {
		c.say("quota.saved", saved)
	}
	return nil
}

func (c *ctl) setLimits(assignments []string) func(cmd *cobra.Command) error {
	return func(cmd *cobra.Command) error {
		limits, err := c.opened.Store.QuotaLimits(cmd.Context())
		if err != nil {
			return err
		}
		for _, a := range assignments {
			key, value, ok := strings.Cut(a, "=")
			n, err := strconv.Atoi(value)
			switch {
			case !ok || err != nil:
				return misused("ctl.usage.form", "quota set", a, placeholders("reads=N, writes=N"))
			case key == "reads":
				limits.Reads = n
			case key == "writes":
				limits.Writes = n
			default:
				return misused("ctl.usage.no-setting", key)
			}
		}
		return c.opened.Store.SaveQuotaLimits(cmd.Context(), limits)
	}
}

func (c *ctl) reopen(kind string) func(cmd *cobra.Command) error {
	return func(cmd *cobra.Command) error {
		k := quota.Kind(kind)
		if k != quota.Read && k != quota.Write {
			return misused("ctl.usage.one-of", "--reopen", kind, names([]quota.Kind{quota.Read, quota.Write}))
		}
		return c.opened.Ledger.Reopen(cmd.Context(), k)
	}
}

func kindJSON(u quota.Usage, k quota.Kind, own int) map[string]any {
	x := u.Exhausted(k)
	m := map[string]any{
		"used": own, "spent": u.Spent(k), "limit": u.Limit(k), "reserve": u.Reserve(k),
		"left": u.Left(k, quota.Ordinary), "left_for_invoices": u.Left(k, quota.Invoicing), "exhausted": x.Is(),
	}
	if x.Is() {
		m["since"] = stamp(x.Since)
		m["next_probe"] = stamp(x.NextProbe())
	}
	return m
}
