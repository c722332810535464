package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// The demo firm: what the stand-in holds when it is told nothing else.
const (
	demoCount = 1200
	demoSeed  = 1
)

// DemoProducts are the demo firm's 1,200 products and some services.
func DemoProducts() []Product {
	return append(Products(demoCount, demoSeed), Services(12, demoSeed)...)
}

// Products makes n believable Turkish retail products, the same ones for the same seed. Most have a
// valid EAN-13 of Türkiye (868, 869); some have none, an eight-digit one, a shop's own text, an in-store
// number (weighed goods), or that of another product; some are passive, priced in dollars, priced 0,
// not priced, oversold or without stock tracking; some come in boxes that have a barcode of their own.
// Services are not among them: a list of type 1 gives exactly n rows.
func Products(n int, seed uint64) []Product {
	g := &generator{
		rand:   rand.New(rand.NewPCG(seed, 0x5350)),
		places: shelves(),
		names:  map[string]int{},
		bars:   map[string]bool{},
	}
	products := make([]Product, 0, n)
	for range n {
		products = append(products, g.product())
	}
	g.repeatBarcodes(products)
	return products
}

// Services makes n services, which the list of products (type 1) leaves out.
func Services(n int, seed uint64) []Product {
	r := rand.New(rand.NewPCG(seed, 0x5356))
	names := serviceNames()
	services := make([]Product, 0, n)
	for i := range n {
		name := names[i%len(names)]
		if i >= len(names) {
			name += fmt.Sprintf(" %d", i/len(names)+1)
		}
		services = append(services, Product{
			ID: 900_001 + int64(i), Type: TypeService, Code: fmt.Sprintf("HZM-%03d", i+1), Name: name,
			VATRate: whole(20), Price: whole(25 * (1 + r.Int64N(40))), Currency: "TL", Category: "Hizmet",
			ModifiedAt: firstChange(),
		})
	}
	return services
}

// firstChange is the day the demo firm's records begin; a fixed one, for the same seed gives the same.
func firstChange() time.Time { return time.Date(2026, time.January, 5, 6, 0, 0, 0, time.UTC) }

type generator struct {
	rand                *rand.Rand
	places              []shelf
	names               map[string]int // how many products have it
	bars                map[string]bool
	lastID, lastCounter int64
}

// in tells whether something happens that happens to so many in a thousand.
func (g *generator) in(perMille int) bool { return g.rand.IntN(1000) < perMille }

func pick[T any](g *generator, from []T) T { return from[g.rand.IntN(len(from))] }

func (g *generator) product() Product {
	place := pick(g, g.places)
	brand, name := g.name(place)
	g.lastID += 1 + g.rand.Int64N(5) // İşbaşı's numbers have gaps: deleted records, other kinds
	p := Product{
		ID: 1000 + g.lastID, Type: TypeProduct, Code: g.code(place), Name: name, Brand: brand,
		Passive: g.in(30), Barcode: g.barcode(place), Unit: place.unit,
		VATRate: whole(place.vat), Stock: g.stock(place), Price: g.price(place),
		Currency: "TL", Category: place.name,
		ModifiedAt: firstChange().Add(time.Duration(g.rand.IntN(300*24*60)) * time.Minute),
	}
	switch {
	case g.in(20):
		p.Currency = "USD"
		if p.Price.Valid {
			p.Price.Decimal = p.Price.Decimal.Div(decimal.NewFromInt(40)).Round(2)
		}
	case g.in(50):
		p.Currency = "" // the row names none
	}
	if g.in(60) {
		p.Reserved = decimal.NewFromInt(1 + g.rand.Int64N(4))
	}
	if place.unit == "" && g.in(80) {
		p.Boxes = []Box{{Name: "Koli", Barcode: g.ean13(), Pieces: pick(g, []int{6, 12, 24})}}
	}
	return p
}

// name makes a brand and a name that no other product has.
func (g *generator) name(place shelf) (brand, name string) {
	brand = pick(g, place.brands)
	name = strings.TrimSpace(strings.Join([]string{brand, pick(g, place.variants), pick(g, place.things), pick(g, place.sizes)}, " "))
	g.names[name]++
	if n := g.names[name]; n > 1 { // a big firm runs out of words
		name = fmt.Sprintf("%s (%d)", name, n)
	}
	return brand, name
}

// code makes a code as shops write them: mostly shelf and number, at times another habit.
func (g *generator) code(place shelf) string {
	g.lastCounter++
	n := g.lastCounter
	forms := []string{"%s-%05d", "%s-%05d", "%s-%05d", "%s%05d", "%s.%05d", "%s %05d", "%s/%05d"}
	code := fmt.Sprintf(pick(g, forms), place.code, n)
	switch {
	case g.in(15):
		code = fmt.Sprintf("%06d", n) // codes are text: the zeros count
	case g.in(10):
		code = strings.ReplaceAll(code, "-", "–") // typed in a word processor
	case g.in(10):
		code += " "
	}
	return code
}

// barcode makes the main unit's barcode, or none.
func (g *generator) barcode(place shelf) string {
	if place.weighed {
		return g.fresh(func() string { return withCheckDigit(fmt.Sprintf("27%05d00000", g.rand.IntN(100_000))) })
	}
	switch {
	case g.in(60):
		return ""
	case g.in(12):
		return g.fresh(func() string { return fmt.Sprintf("%s%04d", place.code, g.rand.IntN(10_000)) })
	case g.in(12):
		return g.fresh(func() string { return withCheckDigit(fmt.Sprintf("869%04d", g.rand.IntN(10_000))) })
	default:
		return g.ean13()
	}
}

// ean13 makes a barcode of Türkiye that no other product has.
func (g *generator) ean13() string {
	return g.fresh(func() string {
		return withCheckDigit(fmt.Sprintf("86%d%09d", 8+g.rand.IntN(2), g.rand.IntN(1_000_000_000)))
	})
}

// fresh draws a barcode that no other product has; one of thirteen digits where a very big firm has run out of its kind.
func (g *generator) fresh(draw func() string) string {
	const patience = 1_000
	for range patience {
		if b := draw(); !g.bars[b] {
			g.bars[b] = true
			return b
		}
	}
	return g.ean13()
}

// withCheckDigit adds GS1's check digit: weights 3 and 1 from the right.
func withCheckDigit(digits string) string {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			d *= 3
		}
		sum += d
	}
	return digits + string(rune('0'+(10-sum%10)%10))
}

func (g *generator) stock(place shelf) decimal.NullDecimal {
	switch {
	case g.in(20):
		return decimal.NullDecimal{} // not tracked
	case g.in(80):
		return whole(0)
	case g.in(15):
		return whole(-1 - g.rand.Int64N(6)) // sold before it was entered
	case place.unit == "Kg":
		return valid(decimal.New(500+g.rand.Int64N(90_000), -3))
	default:
		return whole(1 + g.rand.Int64N(20)*(1+g.rand.Int64N(12)))
	}
}

func (g *generator) price(place shelf) decimal.NullDecimal {
	switch {
	case g.in(10):
		return whole(0)
	case g.in(10):
		return decimal.NullDecimal{}
	}
	lira := place.low + g.rand.Int64N(place.high-place.low)
	kurus := pick(g, []int64{90, 90, 90, 50, 0, 0, 99, 95, 25, 75})
	return valid(decimal.New(lira*100+kurus, -2))
}

// repeatBarcodes gives a few products the barcode of another one.
func (g *generator) repeatBarcodes(products []Product) {
	for range len(products) / 200 {
		from, to := g.rand.IntN(len(products)), g.rand.IntN(len(products))
		if from != to && products[from].Barcode != "" {
			products[to].Barcode = products[from].Barcode
		}
	}
}

// grow adds by products that were just entered: their ids are the highest.
func grow(products []Product, by int) []Product {
	var last int64
	for _, p := range products {
		last = max(last, p.ID)
	}
	for i := range by {
		id := last + 1 + int64(i)
		products = append(products, Product{
			ID: id, Type: TypeProduct, Code: fmt.Sprintf("YENİ-%d", id), Name: fmt.Sprintf("Yeni Ürün %d", id),
			Stock: whole(1), Price: whole(10), VATRate: whole(20), Currency: "TL",
		})
	}
	return products
}

func valid(d decimal.Decimal) decimal.NullDecimal {
	return decimal.NullDecimal{Decimal: d, Valid: true}
}

func whole(n int64) decimal.NullDecimal { return valid(decimal.NewFromInt(n)) }
