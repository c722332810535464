package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/account"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/syncs"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/transfers"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func (c commands) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "How the company stands: sign-in, last transfer, sync, quota", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			conn, err := company.Connection(ctx)
			unreached, locked := err, domain.KindOf(err) == domain.KindKeyring
			if err != nil && !locked {
				return err
			}
			usage, err := company.Usage(ctx)
			if err != nil {
				return err
			}
			last, ran, err := company.LatestRun(ctx)
			if err != nil {
				return err
			}
			stands, err := syncs.StandingOf(ctx, company)
			if err != nil {
				return err
			}
			if c.JSON {
				m := account.ConnectionJSON(company.Info.Name, conn)
				m["sync"] = stands.JSON()
				if locked { // whether there is a session nobody knows
					m["authorised"], m["keyring"] = nil, "unreachable"
				}
				m["month"], m["reads"], m["writes"] = usage.Month, usage.Reads, usage.Writes
				if ran {
					m["transfer"] = transfers.RunJSON(last)
				}
				return c.Print(m)
			}
			fmt.Fprintln(c.Out, domain.Line(company.Info.Name))
			switch {
			case locked:
				c.Say("ctl.connection-unknown", conn.UserName, conn.TenantID)
				fmt.Fprintln(c.Err, c.Sentence(unreached))
			case conn.Authorised:
				c.Say("ctl.connected", conn.UserName, conn.TenantID)
			default:
				c.Say("ctl.not-connected")
			}
			c.Say("ctl.quota", usage.Month, usage.Spent(quota.Read), usage.ReadLimit, usage.Spent(quota.Write), usage.WriteLimit)
			if ran {
				transfers.SayRun(c.Console, last)
			}
			stands.Say(c.Console)
			return nil
		}),
	}
}
