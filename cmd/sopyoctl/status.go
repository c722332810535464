package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func (c *ctl) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "How the company stands: sign-in, last transfer, sync, quota", Args: none,
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
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
			stands, err := c.syncStanding(ctx, company)
			if err != nil {
				return err
			}
			if c.json {
				m := connectionJSON(company.Info.Name, conn)
				m["sync"] = stands.json()
				if locked { // whether there is a session nobody knows
					m["authorised"], m["keyring"] = nil, "unreachable"
				}
				m["month"], m["reads"], m["writes"] = usage.Month, usage.Reads, usage.Writes
				if ran {
					m["transfer"] = runJSON(last)
				}
				return c.print(m)
			}
			fmt.Fprintln(c.out, domain.Line(company.Info.Name))
			switch {
			case locked:
				c.say("ctl.connection-unknown", conn.UserName, conn.TenantID)
				fmt.Fprintln(c.err, c.sentence(unreached))
			case conn.Authorised:
				c.say("ctl.connected", conn.UserName, conn.TenantID)
			default:
				c.say("ctl.not-connected")
			}
			c.say("ctl.quota", usage.Month, usage.Spent(quota.Read), usage.ReadLimit, usage.Spent(quota.Write), usage.WriteLimit)
			if ran {
				c.sayRun(last)
			}
			c.sayStanding(stands)
			return nil
		}),
	}
}

func connectionJSON(company string, conn domain.Connection) map[string]any {
	m := map[string]any{
		"company": company, "authorised": conn.Authorised, "user": conn.UserName, "tenant": conn.TenantID,
		"firm": conn.FirmName, "licence": conn.Licence.Name, "environment": conn.Environment,
	}
	if !conn.Licence.EndsAt.IsZero() {
		m["licence_ends"] = stamp(conn.Licence.EndsAt)
	}
	return m
}
