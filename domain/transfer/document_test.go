package transfer

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestFingerprint_differsWithWhatAPersonSees(t *testing.T) {
	p := domain.Product{ID: 1, Code: "a", Name: "b", Price: money("10")}
	if Fingerprint(p) != Fingerprint(domain.Product{ID: 1, Code: "a", Name: "b", Price: money("10.00"), Revision: 9}) {
		t.Error("the same product, two fingerprints")
	}
	for name, q := range map[string]domain.Product{
		"price":       {ID: 1, Code: "a", Name: "b", Price: money("10.01")},
		"no price":    {ID: 1, Code: "a", Name: "b"},
		"shifted":     {ID: 1, Code: "ab", Price: money("10")},
		"another one": {ID: 2, Code: "a", Name: "b", Price: money("10")},
	} {
		if Fingerprint(p) == Fingerprint(q) {
			t.Errorf("%s: the same fingerprint", name)
		}
	}
}

func TestDocument_belongsToItsFirm(t *testing.T) {
	d := Document{TenantID: "0A0B"}
	if !d.Same("0a0b") || d.Same("0a0c") || d.Same("") || (Document{}).Same("") {
		t.Error("the firms are mixed up")
	}
}
