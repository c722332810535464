package prices

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// openProducts opens the company and finds the products a person means.
func (c commands) openProducts(ctx context.Context, open console.Opener, code string) (*app.Company, []domain.Product, error) {
	company, err := open(ctx)
	if err != nil {
		return nil, nil, err
	}
	products, err := console.NamedProducts(ctx, company, code)
	return company, products, err
}

// chosenMarketplaces gives the company's marketplaces, and of them the one that is named; all when none is.
func (c commands) chosenMarketplaces(ctx context.Context, company *app.Company, name string) (known pricing.Marketplaces, chosen []pricing.MarketplaceID, err error) {
	if known, err = company.Marketplaces(ctx); err != nil || name == "" {
		return known, known.IDs(), err
	}
	if m, ok := known.Find(name); ok {
		return known, []pricing.MarketplaceID{m.ID}, nil
	}
	unknown := domain.Invalid("marketplace", "marketplace")
	for _, m := range known {
		unknown.Err = errors.Join(unknown.Err, errors.New(string(m.ID)))
	}
	return known, nil, unknown
}

// openMarketplace opens the company and finds the marketplace that is meant, by id or name.
func (c commands) openMarketplace(ctx context.Context, name string) (*app.Company, pricing.MarketplaceID, error) {
	company, err := c.Open(ctx, false)
	if err != nil {
		return nil, "", err
	}
	_, ids, err := c.chosenMarketplaces(ctx, company, name)
	if err != nil {
		return nil, "", err
	}
	return company, ids[0], nil
}

// endingOf takes an ending as people write it: .90, ,90, 0.90 or 90.
func endingOf(s string) string {
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	if rest, ok := strings.CutPrefix(s, "0."); ok {
		return "." + rest
	}
	if s != "" && s[0] != '.' {
		return "." + s
	}
	return s
}

func marketplaceFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "marketplace", "", "one marketplace, by id or name")
}
