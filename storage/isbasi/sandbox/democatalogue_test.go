package sandbox

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// DemoCatalogue makes the demo company's own catalogue, assets/demo/catalogue.csv: 400 products of
// which most stand at the demo firm too, by barcode or by code, and some are told apart by rules.md §2.
// Separated by semicolons, in UTF-8, with decimal commas, as Excel in Türkiye writes it.
func DemoCatalogue() ([]byte, error) {
	c := newCataloguer(Products(demoCount, demoSeed))
	rows := c.rows()
	c.rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	if err := w.Write([]string{"Stok Kodu", "Barkod", "Ürün Adı", "Marka", "Satış Fiyatı (KDV Dahil)", "Stok", "KDV Oranı"}); err != nil {
		return nil, err
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// cataloguer takes products of the firm, each one once, into groups by what is to become of them.
type cataloguer struct {
	rand     *rand.Rand
	own      *generator // barcodes that the firm does not have
	clean    []Product  // active, with a barcode of Türkiye that no other has
	bare     []Product  // active, without a barcode
	texts    []Product  // active, with a shop's own text for a barcode
	repeated []Product  // active, with a barcode that another one has
	passive  []Product
	number   int
}

func newCataloguer(products []Product) *cataloguer {
	c := &cataloguer{
		rand: rand.New(rand.NewPCG(demoSeed, 0x4b54)),
		own:  &generator{rand: rand.New(rand.NewPCG(demoSeed, 0x4f57)), bars: map[string]bool{}},
	}
	held := map[string]int{}
	for _, p := range products {
		held[p.Barcode]++
		c.own.bars[p.Barcode] = true
		for _, b := range p.Boxes {
			c.own.bars[b.Barcode] = true
		}
	}
	c.rand.Shuffle(len(products), func(i, j int) { products[i], products[j] = products[j], products[i] })
	for _, p := range products {
		p.Code = strings.TrimSpace(p.Code)
		switch {
		case p.Barcode == "":
			if !p.Passive {
				c.bare = append(c.bare, p)
			}
		case held[p.Barcode] > 1:
			c.repeated = append(c.repeated, p)
		case p.Passive:
			c.passive = append(c.passive, p)
		case len(p.Barcode) == 13 && strings.HasPrefix(p.Barcode, "86"):
			c.clean = append(c.clean, p)
		case strings.ContainsFunc(p.Barcode, unicode.IsLetter):
			c.texts = append(c.texts, p)
		}
	}
	return c
}

// take removes the first n of a group; fewer when it has fewer.
func take(from *[]Product, n int) []Product {
	n = min(n, len(*from))
	taken := (*from)[:n]
	*from = (*from)[n:]
	return taken
}

func (c *cataloguer) rows() [][]string {
	var rows [][]string
	add := func(p Product, code, barcode string) { rows = append(rows, c.row(p, code, barcode)) }

	// Equal barcodes: with the firm's code, with a code of our own, without one.
	for i, p := range take(&c.clean, 236) {
		switch {
		case i < 160:
			add(p, p.Code, p.Barcode)
		case i < 216:
			add(p, c.ownCode(), p.Barcode)
		default:
			add(p, "", p.Barcode)
		}
	}
	for _, p := range take(&c.texts, 4) {
		add(p, c.ownCode(), p.Barcode)
	}
	// Equal codes, then codes that differ in spelling.
	for _, p := range take(&c.bare, 16) {
		add(p, p.Code, c.own.ean13())
	}
	for _, p := range take(&c.clean, 24) {
		add(p, p.Code, "")
	}
	for _, p := range c.takeRespellable(20) {
		add(p, respell(p.Code), "")
	}
	// A barcode that stands twice here; twice at the firm.
	for _, p := range take(&c.clean, 6) {
		add(p, c.ownCode(), p.Barcode)
		add(p, c.ownCode(), p.Barcode)
	}
	for _, p := range take(&c.repeated, 4) {
		add(p, c.ownCode(), p.Barcode)
	}
	// Barcode and code lead to two different products of the firm.
	for range 8 {
		pair := take(&c.clean, 2)
		add(pair[0], pair[1].Code, pair[0].Barcode)
	}
	// Equal codes, but valid barcodes that differ.
	for _, p := range take(&c.clean, 6) {
		add(p, p.Code, c.own.ean13())
	}
	for _, p := range take(&c.passive, 4) {
		add(p, p.Code, p.Barcode)
	}
	// What the firm does not have.
	for i, p := range take(&c.clean, 400-len(rows)) {
		p.Name += " (Mağazaya Özel)"
		barcode := c.own.ean13()
		if i%5 == 0 {
			barcode = ""
		}
		add(p, c.ownCode(), barcode)
	}
	return rows
}

// takeRespellable takes n products whose codes can be spelled differently.
func (c *cataloguer) takeRespellable(n int) []Product {
	var taken, left []Product
	for _, p := range c.clean {
		if len(taken) < n && respell(p.Code) != p.Code {
			taken = append(taken, p)
		} else {
			left = append(left, p)
		}
	}
	c.clean = left
	return taken
}

// respell writes a code as another person would: small letters, another dash, two blanks.
func respell(code string) string {
	switch {
	case strings.ContainsAny(code, "./"):
		return strings.ToLowerSpecial(unicode.TurkishCase, code)
	case strings.Contains(code, " "):
		return strings.ReplaceAll(code, " ", "  ")
	default:
		return strings.ReplaceAll(code, "-", "–")
	}
}

func (c *cataloguer) ownCode() string {
	c.number++
	return fmt.Sprintf("SPY-%04d", c.number)
}

func (c *cataloguer) row(p Product, code, barcode string) []string {
	return []string{code, barcode, c.name(p.Name), p.Brand, c.price(p), strconv.Itoa(c.rand.IntN(120)), p.VATRate.Decimal.String()}
}

// name is the firm's name for the product, at times shouted.
func (c *cataloguer) name(name string) string {
	if c.rand.IntN(6) == 0 {
		return strings.ToUpperSpecial(unicode.TurkishCase, name)
	}
	return name
}

// price is near the firm's, so that a transfer is seen to change it.
func (c *cataloguer) price(p Product) string {
	base := decimal.NewFromInt(99)
	if p.Price.Decimal.IsPositive() {
		base = p.Price.Decimal
	}
	if p.Currency == "USD" {
		base = base.Mul(decimal.NewFromInt(40))
	}
	percent := decimal.NewFromInt(88 + c.rand.Int64N(20))
	near := base.Mul(percent).Shift(-2).Truncate(0).Add(decimal.New(90, -2))
	return strings.Replace(near.StringFixed(2), ".", ",", 1)
}
