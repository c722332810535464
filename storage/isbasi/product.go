package isbasi

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Product reads one product or service, whole. KindNotFound is İşbaşı's proof that it is gone. It costs
// one read.
func (c *Client) Product(ctx context.Context, ref domain.ProductRef) (domain.ProductDetail, error) {
	w, err := c.wholeProduct(ctx, ref)
	if err != nil {
		return domain.ProductDetail{}, err
	}
	return w.value.detail(ref), nil
}

func (c *Client) wholeProduct(ctx context.Context, ref domain.ProductRef) (whole[productWire], error) {
	const op = "read a product"
	var w whole[productWire]
	id, err := remoteID("product", ref.ID)
	if err != nil {
		return w, domain.Wrap(err, op)
	}
	path := "products/" + id + "/" + strconv.Itoa(ref.Type)
	if err := c.read(ctx, request{op: op, method: http.MethodGet, path: path}, &w); err != nil {
		return w, err
	}
	return w, sameID(op, ref.ID, w.value.ID)
}

// ActivateProducts puts products and services back on the lists. It costs one write per hundred.
func (c *Client) ActivateProducts(ctx context.Context, refs ...domain.ProductRef) error {
	return c.switchProducts(ctx, "activate products", "products/activate", refs)
}

// DeactivateProducts takes products and services off the lists without deleting them. It costs one
// write per hundred.
func (c *Client) DeactivateProducts(ctx context.Context, refs ...domain.ProductRef) error {
	return c.switchProducts(ctx, "deactivate products", "products/deactivate", refs)
}

// switchProducts posts the ids, each as id-type (isbasi-api.md §4.4). The hundreds before one that
// fails are carried out.
func (c *Client) switchProducts(ctx context.Context, op, path string, refs []domain.ProductRef) error {
	const most = 100 // keeps the address short
	for some := range slices.Chunk(refs, most) {
		ids := make([]string, len(some))
		for i, ref := range some {
			if strings.TrimSpace(string(ref.ID)) == "" {
				return domain.Wrap(domain.Invalid("product", "required"), "%s", op)
			}
			ids[i] = url.QueryEscape(string(ref.ID) + "-" + strconv.Itoa(ref.Type))
		}
		r := request{op: op, method: http.MethodPost, path: path + "?ids=" + strings.Join(ids, ",")}
		if err := c.write(ctx, r, nil); err != nil {
			return err
		}
	}
	return nil
}

// productWire is the data of a product's detail (isbasi-api.md §4.2).
type productWire struct {
	ID              text   `json:"id"`
	Type            text   `json:"type"`
	Code            text   `json:"code"`
	Name            text   `json:"name"`
	Name2           text   `json:"name2"`
	IsActive        flag   `json:"isActive"`
	Brand           named  `json:"brand"`
	BrandName       named  `json:"brandName"`
	ModelName       named  `json:"modelName"`
	Category        named  `json:"category"`
	CategoryName    named  `json:"categoryName"`
	VATRate         number `json:"vatRate"`
	SalesVATRate    number `json:"salesVatRate"`
	PurchaseVATRate number `json:"purchaseVatRate"`
	BrandModel      object[struct {
		BrandName text `json:"brandName"`
		Name      text `json:"name"`
	}] `json:"brandModel"`
	Units    many[unitWire]   `json:"units"`
	MainUnit object[unitWire] `json:"mainUnit"`
	Prices   many[priceWire]  `json:"prices"`
}

type unitWire struct {
	Name    text   `json:"name"`
	Code    text   `json:"code"`
	Barcode text   `json:"barcode"`
	IsMain  flag   `json:"isMain"`
	Factor1 number `json:"conversionFactor1"`
	Factor2 number `json:"conversionFactor2"`
}

func (u unitWire) unit() domain.RemoteUnit {
	return domain.RemoteUnit{
		Name: u.Name.trim(), Code: u.Code.trim(), Barcode: domain.Barcode(u.Barcode), Main: u.IsMain.on,
		Factor1: u.Factor1.NullDecimal, Factor2: u.Factor2.NullDecimal,
	}
}

// same tells whether two units of one product are the same one.
func (u unitWire) same(v unitWire) bool {
	if u.Code.trim() != "" && v.Code.trim() != "" {
		return domain.Fold(string(u.Code)) == domain.Fold(string(v.Code))
	}
	return u.Name.trim() != "" && domain.Fold(string(u.Name)) == domain.Fold(string(v.Name))
}

type priceWire struct {
	PriceID     text   `json:"priceid"`
	Type        text   `json:"type"`
	Price       number `json:"price"`
	TaxIncluded number `json:"priceTaxIncluded"`
	TaxExcluded number `json:"priceTaxExcluded"`
	VATIncluded flag   `json:"vatIncluded"`
	Currency    named  `json:"currency"`
	Unit        named  `json:"unit"`
}

func (p priceWire) price() domain.RemotePrice {
	kind := map[string]domain.PriceKind{"1": domain.PriceSales, "2": domain.PricePurchase}[p.Type.trim()]
	return domain.RemotePrice{
		ID: idOf(p.PriceID), Kind: kind, Unit: string(p.Unit), Currency: currency(string(p.Currency)),
		Price: p.Price.NullDecimal, VATIncluded: p.VATIncluded.on,
		WithVAT: p.TaxIncluded.NullDecimal, WithoutVAT: p.TaxExcluded.NullDecimal,
	}
}

// detail gives the product in the domain's terms. An answer that does not say its type is of that which
// was asked for.
func (w productWire) detail(ref domain.ProductRef) domain.ProductDetail {
	model := w.BrandModel.value
	p := domain.ProductDetail{
		ProductRef: ref,
		Code:       domain.Code(w.Code), Name: domain.ProductText(w.Name.trim()), Name2: domain.ProductText(w.Name2.trim()),
		Active:   w.IsActive.on || !w.IsActive.set,
		Brand:    firstOf(text(w.Brand), text(w.BrandName), model.BrandName),
		Model:    firstOf(text(w.ModelName), model.Name),
		Category: firstOf(text(w.Category), text(w.CategoryName)),
		VATRate:  w.VATRate.NullDecimal, SalesVATRate: w.SalesVATRate.NullDecimal, PurchaseVATRate: w.PurchaseVATRate.NullDecimal,
	}
	if kind, err := strconv.Atoi(w.Type.trim()); err == nil && kind > 0 {
		p.Type = kind
	}
	for _, u := range w.units() {
		p.Units = append(p.Units, u.unit())
	}
	for _, price := range w.Prices {
		p.Prices = append(p.Prices, price.price())
	}
	return p
}

// units are those of the product, exactly one of them main where the answer names one in any way.
func (w productWire) units() []unitWire {
	units := slices.Clone(w.Units)
	main := w.MainUnit.value
	if slices.ContainsFunc(units, func(u unitWire) bool { return u.IsMain.on }) || main.Code+main.Name == "" {
		return units
	}
	main.IsMain = flag{set: true, on: true}
	if i := slices.IndexFunc(units, main.same); i >= 0 {
		units[i].IsMain = main.IsMain
		return units
	}
	return append(units, main)
}
