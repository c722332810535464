package console

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
)

// NamedProducts finds the products a person means; none is an error.
func NamedProducts(ctx context.Context, company *app.Company, code string) ([]domain.Product, error) {
	products, err := company.Store.FindProducts(ctx, code)
	if err == nil && len(products) == 0 {
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find the product", Detail: code}
	}
	return products, err
}

// TypedOrNone reads a number as people type it; "none" and nothing are none.
func (c *Console) TypedOrNone(field, text string) (decimal.NullDecimal, error) {
	switch strings.TrimSpace(text) {
	case "", "none", "yok", "-":
		return decimal.NullDecimal{}, nil
	}
	d, err := domain.ParseNumber(text, c.Text.Lang)
	if err != nil {
		return decimal.NullDecimal{}, domain.Invalid(field, "number")
	}
	return decimal.NewNullDecimal(d), nil
}

// Numbers names products by their numbers, with their names.
func Numbers(products []domain.Product) string {
	var all []string
	for _, p := range products {
		all = append(all, fmt.Sprintf("%d (%s)", p.ID, p.Name))
	}
	return strings.Join(all, ", ")
}
