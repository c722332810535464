package invoicing

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// settingInvoicing is the row of the table of settings.
const settingInvoicing = "invoicing"

// keptSettings are invoicing.Settings under names that outlive a renaming in the domain.
type keptSettings struct {
	Website          string                   `json:"website"`
	Carrier          string                   `json:"carrier"`
	CarrierTaxNumber string                   `json:"carrier_tax_number"`
	ServiceVAT       decimal.Decimal          `json:"service_vat"`
	GiftCard         invoicing.GiftCard       `json:"gift_card"`
	KeepPostalCode   bool                     `json:"keep_postal_code"`
	Exemption        string                   `json:"exemption"`
	ShippingNet      bool                     `json:"shipping_net"`
	Trendyol         invoicing.TrendyolAmount `json:"trendyol"`
	Returns          invoicing.ReturnPaper    `json:"returns"`
}

func kept(s invoicing.Settings) keptSettings {
	return keptSettings{
		s.Website, s.Carrier.Name, s.Carrier.TaxNumber, s.ServiceVAT, s.GiftCard, s.KeepPostalCode, s.Exemption, s.ShippingNet, s.Trendyol, s.Returns,
	}
}

// InvoiceSettings gives the company's choices for invoices, the default ones when none were saved.
func (s Store) InvoiceSettings(ctx context.Context) (invoicing.Settings, error) {
	return database.View(ctx, s.db, "read the settings of invoices", func(tx *sql.Tx) (invoicing.Settings, error) {
		k, err := keptOf(ctx, tx)
		if err != nil {
			return invoicing.Settings{}, err
		}
		return invoicing.Settings{
			Website: k.Website, Carrier: invoicing.Carrier{Name: k.Carrier, TaxNumber: k.CarrierTaxNumber}, ServiceVAT: k.ServiceVAT, GiftCard: k.GiftCard,
			KeepPostalCode: k.KeepPostalCode, Exemption: k.Exemption, ShippingNet: k.ShippingNet, Trendyol: k.Trendyol, Returns: k.Returns,
		}, nil
	})
}

func keptOf(ctx context.Context, tx *sql.Tx) (keptSettings, error) {
	k := kept(invoicing.DefaultSettings())
	text, ok, err := database.SelectOne(ctx, tx, database.Itself[string], `SELECT value FROM setting WHERE key = ?`, settingInvoicing)
	if !ok {
		return k, err
	}
	return k, json.Unmarshal([]byte(text), &k)
}

// SaveInvoiceSettings keeps them, and notes in the history that they were changed. KindInvalid: Validate refuses them.
func (s Store) SaveInvoiceSettings(ctx context.Context, of invoicing.Settings) error {
	if err := of.Validate(domain.Day(s.db.Now())); err != nil {
		return err
	}
	text, err := database.JSONText(kept(of))
	if err != nil {
		return err
	}
	return s.db.Update(ctx, "save the settings of invoices", func(tx *sql.Tx) error {
		was, err := keptOf(ctx, tx)
		if err != nil {
			return err
		}
		if err := settings.Save(ctx, tx, settingInvoicing, text); err != nil {
			return err
		}
		return s.db.Author().RecordChanges(ctx, tx, "invoice-settings", nil, was, kept(of))
	})
}
