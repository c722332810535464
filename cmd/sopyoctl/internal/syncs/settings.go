package syncs

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

func (c commands) settingsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "settings", Short: "When a company is synced, whose value holds, and where a sync stops and asks", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			return c.showSyncSettings(ctx, company)
		}),
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "set KEY=VALUE…",
		Short: "Change: schedule owner_stock owner_price jump price_share price_least zeroed",
		Args:  console.Minimum(1),
		RunE: c.On(false, func(ctx context.Context, company *app.Company, args []string) error {
			s, err := company.SyncSettings(ctx)
			if err != nil {
				return err
			}
			for _, a := range args {
				if err := c.setSyncSetting(&s, a); err != nil {
					return err
				}
			}
			if err := company.SaveSyncSettings(ctx, s); err != nil {
				return err
			}
			return c.showSyncSettings(ctx, company)
		}),
	})
	return cmd
}

// ownerDefault stands for an owner that follows from what flows which way.
const ownerDefault = "default"

func (c commands) setSyncSetting(s *sync.Settings, assignment string) error {
	key, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return console.Misused("ctl.usage.form", "sync settings set", assignment, console.Placeholders("KEY=VALUE"))
	}
	var err error
	switch key {
	case "schedule":
		s.Schedule = sync.Schedule(value)
		if value == "" {
			err = domain.Invalid(key, "choose")
		}
	case "owner_stock", "owner_price":
		setOwner(s, domain.Shared(strings.TrimPrefix(key, "owner_")), value)
	case "jump":
		s.Jump, err = c.TypedOrNone(key, value)
	case "price_share":
		var share decimal.NullDecimal
		if share, err = c.TypedOrNone(key, value); err == nil && !share.Valid {
			err = domain.Invalid(key, "number")
		}
		s.PriceShare = share.Decimal
	case "price_least":
		s.PriceLeast, err = whole(key, value)
	case "zeroed":
		s.Zeroed, err = whole(key, value)
	default:
		err = console.Misused("ctl.usage.no-setting", key)
	}
	return err
}

func setOwner(s *sync.Settings, f domain.Shared, value string) {
	if value == ownerDefault {
		delete(s.Owner, f)
		return
	}
	s.Owner[f] = domain.Owner(value)
}

func whole(field, value string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil {
		return 0, domain.Invalid(field, "number")
	}
	return n, nil
}

func (c commands) showSyncSettings(ctx context.Context, company *app.Company) error {
	s, err := company.SyncSettings(ctx)
	if err != nil {
		return err
	}
	jump := "none"
	if s.Jump.Valid {
		jump = s.Jump.Decimal.String()
	}
	pairs := [][2]string{
		{"schedule", string(cmp.Or(s.Schedule, sync.ScheduleDaily))},
		{"owner_stock", cmp.Or(string(s.Owner[domain.SharedStock]), ownerDefault)},
		{"owner_price", cmp.Or(string(s.Owner[domain.SharedPrice]), ownerDefault)},
		{"jump", jump},
		{"price_share", s.PriceShare.String()},
		{"price_least", strconv.Itoa(s.PriceLeast)},
		{"zeroed", strconv.Itoa(s.Zeroed)},
	}
	return c.ShowPairs(pairs)
}

func (c commands) probeCommand() *cobra.Command {
	var sure bool
	cmd := &cobra.Command{
		Use: "probe-stock", Short: "Find out whether the API key may write stock (1 write); --yes does it", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !sure {
				return console.Misused("ctl.usage.probe")
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			company, err := c.OpenAuthorised(ctx)
			if err != nil {
				return err
			}
			answer, err := company.ProbeStock(ctx)
			if err != nil {
				return err
			}
			return c.Answer(map[string]any{"stock_write": answer}, "ctl.sync.probe."+string(answer))
		},
	}
	cmd.Flags().BoolVar(&sure, "yes", false, "spend the write")
	return cmd
}
