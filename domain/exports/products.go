package exports

import (
	"iter"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Products lists products of the catalogue in columns that the file import reads back, whatever the
// language: a file is handed on.
func Products(w words.Words, products iter.Seq2[domain.Product, error]) Table {
	columns := make([]string, 0, len(listing.Fields()))
	for _, f := range listing.Fields() {
		columns = append(columns, title(f))
	}
	return Table{
		Name: w.T("products.export.name"), Columns: columns,
		Rows: mapped(products, func(p domain.Product) []Cell { // in the order of listing.Fields
			return []Cell{
				Text(p.Code), Text(p.Barcode), Text(p.Name), Text(p.Brand), Text(p.Description),
				Number(p.Price), Text(p.Currency), Number(p.Stock), Number(p.VATRate), Text(state(p.State)),
			}
		}),
	}
}

// title is the name a field's column gets.
func title(f listing.Field) string {
	return map[listing.Field]string{
		listing.Code: "Stok Kodu", listing.Barcode: "Barkod", listing.Name: "Ürün Adı", listing.Brand: "Marka", listing.Description: "Ürün Açıklaması",
		listing.Price: "Satış Fiyatı (KDV Dahil)", listing.Currency: "Para Birimi", listing.Stock: "Stok Adedi", listing.VAT: "KDV Oranı", listing.State: "Durum",
	}[f]
}

// IsProducts tells whether a header is that of Products, in whatever order and with whatever other columns: its texts are the
// catalogue's own then, to the letter.
func IsProducts(header []string) bool {
	return !slices.ContainsFunc(listing.Fields(), func(f listing.Field) bool { return !slices.Contains(header, title(f)) })
}

// state is the word a product's state gets, of those that the import knows.
func state(s domain.ProductState) string {
	return map[domain.ProductState]string{
		domain.ProductActive: "Aktif", domain.ProductPassive: "Pasif", domain.ProductDraft: "Taslak", domain.ProductArchived: "Arşiv",
	}[s]
}

// Findings lists what is wrong with barcodes and codes.
func Findings(w words.Words, findings []doctor.Finding) Table {
	return Table{
		Name:    w.T("doctor.export.name"),
		Columns: keys("doctor.", "kind", "code", "name", "value", "proposed", "wrong"),
		Rows: listed(findings, func(f doctor.Finding) []Cell {
			return []Cell{
				Text(w.T("doctor.kind." + string(f.Kind))), Text(f.Code), Text(f.Name), Text(f.Value), Text(f.Proposed), Text(doctor.Sentence(w, f)),
			}
		}),
	}
}

// Trials lists prices that a laboratory tried.
func Trials(w words.Words, markets pricing.Marketplaces, trials iter.Seq2[pricing.Tried, error]) Table {
	return Table{
		Name: w.T("lab.export.name"),
		Columns: []string{
			"products.code", "products.barcode", "products.name", "products.marketplace", "lab.old", "lab.new", "lab.change", "products.why",
		},
		Rows: mapped(trials, func(t pricing.Tried) []Cell {
			names := make([]string, len(t.Marketplaces))
			for i, m := range t.Marketplaces {
				names[i] = markets.Name(m)
			}
			return []Cell{
				Text(t.Product.Code), Text(t.Product.Barcode), Text(t.Product.Name), Text(strings.Join(names, ", ")),
				Number(t.Old), Number(t.Price), Number(t.Change()), Text(pricing.Remark(w, w.Lang, t)),
			}
		}),
	}
}
