package simulation

import (
	"fmt"
	"hash"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// world is everything that a simulated company lives in, and what is known of it that no program says.
type world struct {
	t      *testing.T
	life   life
	dir    string
	real   sigkill
	server *sandbox.Server
	shop   *machine // that does everything
	other  *machine // of the same firm: orders and invoices. nil: there is none
	day    int
	ahead  time.Duration // of the machines' clock before İşbaşı's

	trace      hash.Hash
	told       []string // the last of it, for whoever looks for what happened
	violations []string

	goods   map[string]*good // by the code at İşbaşı
	sales   []*sale
	pending []event // that wait for a call to be under way
	ticks   int     // changes of either side, counted
	listed  int     // the tick of the last product that came or went
	serial  int64   // of products
}

// tell adds to the trace of everything that happens.
func (w *world) tell(format string, args ...any) {
	line := fmt.Sprintf("%s ", time.Now().UTC().Format("01-02 15:04:05.000")) + fmt.Sprintf(format, args...)
	_, _ = w.trace.Write([]byte(line + "\n")) // a hash takes all
	if w.told = append(w.told, line); len(w.told) > 4000 {
		w.told = w.told[2000:]
	}
}

// violates notes what may not be.
func (w *world) violates(format string, args ...any) {
	v := fmt.Sprintf("day %d: ", w.day+1) + fmt.Sprintf(format, args...)
	const enough = 5
	if w.tell("VIOLATION %s", v); len(w.violations) < enough {
		w.violations = append(w.violations, v)
	}
}

// remoteNow is what İşbaşı's clock says.
func (w *world) remoteNow() time.Time { return time.Now().Add(-w.ahead) }

// sets lets the machines' clock be so much ahead of İşbaşı's. Theirs is the one that the simulation goes by: set ahead it
// passes, set back İşbaşı's goes on meanwhile.
func (w *world) sets(ahead time.Duration) {
	passes(ahead - w.ahead)
	w.ahead = ahead
}

// good is a product at İşbaşı, with all that either side was ever told of it.
type good struct {
	code, barcode, own string // own: its code in the catalogue
	theirs, ours       [2][]said
	made, gone         int // the ticks; gone 0: it is there
}

// said is a value that a person gave a field, here or there.
type said struct {
	tick  int
	value string
	sure  bool // false: the program was killed, or refused
}

// fields are the places in good.
var fields = [2]domain.Shared{domain.SharedPrice, domain.SharedStock}

func (w *world) tick() int {
	w.ticks++
	return w.ticks
}

func kurus(n int64) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.New(n, -2)) }
func whole(n int64) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.NewFromInt(n)) }

// rate is that of a product's VAT, in percent.
func rate(n int64) int64 { return []int64{20, 10, 1}[n%3] }

// barcode makes the n-th.
func barcode(n int64) string {
	twelve := fmt.Sprintf("869%09d", 1000+n)
	sum := 0
	for i, r := range twelve {
		sum += int(r-'0') * (1 + i%2*2)
	}
	return twelve + fmt.Sprint((10-sum%10)%10)
}

// product makes a new one for İşbaşı; the first ones are those that are sold.
func (w *world) product(r *rand.Rand) sandbox.Product {
	n := w.serial
	w.serial++
	p := sandbox.Product{
		ID: 1001 + n, Code: fmt.Sprintf("IB.%d", 5000+n), Name: fmt.Sprintf("Şık Kupa No:%d", n), Type: sandbox.TypeProduct, Currency: "TL",
		Barcode: barcode(n), Price: kurus(500 + r.Int64N(90_000)), Stock: whole(20 + r.Int64N(500)), VATRate: whole(rate(n)),
		ModifiedAt: w.remoteNow(),
	}
	g := &good{code: p.Code, barcode: p.Barcode, own: fmt.Sprintf("STK-%03d", n), made: w.tick()}
	if n%3 == 2 { // known by its code, and by nothing else
		p.Barcode, g.barcode, p.Code, g.code = "", "", g.own, g.own
	}
	if n%7 == 6 && n >= articles {
		p.Passive = true
	}
	g.theirs = [2][]said{{{w.ticks, p.Price.Decimal.String(), true}}, {{w.ticks, p.Stock.Decimal.String(), true}}}
	w.goods[p.Code] = g
	return p
}

// articles is how many products are sold by marketplaces: nobody deletes them.
const articles = 12

// known is the product of İşbaşı's that a catalogue product was made of, or paired with.
func (w *world) known(p *domain.Product) *good {
	for _, g := range w.goods {
		if g.code == string(p.Code) || g.own == string(p.Code) {
			return g
		}
	}
	return nil
}

// some gives n products that are at İşbaşı, in an order of chance.
func (w *world) some(r *rand.Rand, n int) []sandbox.Product {
	all := w.server.Products()
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}

// restates changes a field of products at İşbaşı.
func (w *world) restates(r *rand.Rand, field, n int) {
	for _, p := range w.some(r, n) {
		v := kurus(w.near(r, p.Price.Decimal))
		if field == 1 {
			v = whole(r.Int64N(400))
		}
		w.server.ChangeProduct(p.Code, func(p *sandbox.Product) {
			if field == 0 {
				p.Price = v
			} else {
				p.Stock = v
			}
		})
		g := w.goods[p.Code]
		g.theirs[field] = append(g.theirs[field], said{w.tick(), v.Decimal.String(), true})
		w.tell("at İşbaşı %s: %s %s", p.Code, fields[field], v.Decimal)
	}
}

// notes looks for what a program has changed at İşbaşı: a price is one that the catalogue has, or had when it was sent.
func (w *world) notes() {
	for _, p := range w.server.Products() {
		g := w.goods[p.Code]
		for field, v := range []decimal.Decimal{p.Price.Decimal, p.Stock.Decimal} {
			all := g.theirs[field]
			if v.String() == all[len(all)-1].value {
				continue
			}
			if field == 0 && !g.had(v.String()) {
				w.violates("the price of %s becomes %s at İşbaşı, which nobody has chosen", p.Code, v)
			}
			g.theirs[field] = append(all, said{w.tick(), v.String(), true})
			w.tell("at İşbaşı %s: %s %s by a program", p.Code, fields[field], v)
		}
	}
}

// had tells whether the catalogue ever had a price.
func (g *good) had(price string) bool {
	for _, s := range append(g.ours[0], g.theirs[0]...) {
		if s.value == price {
			return true
		}
	}
	return false
}

// near is another price, in kuruş, mostly not so far away that somebody asks.
func (w *world) near(r *rand.Rand, price decimal.Decimal) int64 {
	old := price.Shift(2).IntPart()
	if r.IntN(12) == 0 {
		return 100 + r.Int64N(200_000)
	}
	return max(50, old*(70+r.Int64N(60))/100)
}

// judgeWrite holds a call that has left against what was chosen.
func (m *machine) judgeWrite(req *http.Request) {
	w, path := m.world, req.URL.Path
	switch {
	case req.Method == http.MethodPut && strings.HasSuffix(path, "/products") && !m.settings.Push.Has(domain.SharedPrice):
		w.violates("a price is written to İşbaşı, and nobody has chosen that")
	case req.Method == http.MethodPut && strings.HasSuffix(path, "/stock") && !m.settings.Push.Has(domain.SharedStock):
		w.violates("a stock is written to İşbaşı, and nobody has chosen that")
	default:
	}
}
