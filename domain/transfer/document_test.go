package transfer

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// The fingerprint tells of every field that a person sees, and of no other.
func TestFingerprint_differsWithWhatAPersonSees(t *testing.T) {
	p := domaintest.Fill[domain.Product](0)
	unseen := map[string]bool{"Revision": true, "UpdatedAt": true}
	prints := map[string]string{Fingerprint(p): "as it is"}
	for path, q := range domaintest.Changed(p, domaintest.Fill[domain.Product](1)) {
		f := Fingerprint(q)
		if (f == Fingerprint(p)) != unseen[path] || !unseen[path] && prints[f] != "" {
			t.Errorf("another %s: the fingerprint of %q", path, prints[f])
		}
		prints[f] = path
	}
	for name, change := range map[string]func(*domain.Product){
		"no price": func(q *domain.Product) { q.Price = decimal.NullDecimal{} },
		"no stock": func(q *domain.Product) { q.Stock = decimal.NullDecimal{} },
		"no VAT":   func(q *domain.Product) { q.VATRate = decimal.NullDecimal{} },
		"zero":     func(q *domain.Product) { q.Price = money("0") },
		"shifted":  func(q *domain.Product) { q.Name, q.Brand = q.Name+q.Brand[:1], q.Brand[1:] },
	} {
		q := p
		change(&q)
		if f := Fingerprint(q); prints[f] != "" {
			t.Errorf("%s: the fingerprint of %q", name, prints[f])
		} else {
			prints[f] = name
		}
	}
	long := p
	long.Price = decimal.NewNullDecimal(decimal.RequireFromString(p.Price.Decimal.String() + "00"))
	if Fingerprint(long) != Fingerprint(p) || len(Fingerprint(p)) != 32 {
		t.Errorf("the same product, two fingerprints: %s", Fingerprint(long))
	}
}

func TestDocument_becomesARunThatReadsNothing(t *testing.T) {
	d := domaintest.Fill[Document](0)
	d.Cost.Reads = 3
	want := Run{
		State: StatePlanned, Phase: PhaseApply, Options: d.Options, NextPage: 4, Total: d.Cost.Products,
		CreatedAt: domaintest.Moment, ReadAt: d.ReadAt,
	}
	if got := domaintest.Differences(d.RunOf(domaintest.Moment), want); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestDocument_belongsToItsFirm(t *testing.T) {
	d := Document{TenantID: "0A0B"}
	if !d.Same("0a0b") || d.Same("0a0c") || d.Same("") || (Document{}).Same("") {
		t.Error("the firms are mixed up")
	}
}
