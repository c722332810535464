package orders

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestMapping_readsAFileThatNobodyKnows(t *testing.T) {
	m := Mapping{
		Name: "Çiçek", Marketplace: "Çiçeksepeti", Words: map[string]Status{"": StatusOpen, "gitti": StatusOK},
		Columns: map[Field]string{
			FieldPackage: "Kolon 1", FieldNumber: "Kolon 2", FieldProduct: "Ne", FieldQuantity: "Kaç", FieldInvoiced: "Tutar", FieldStatus: "Hal", FieldCity: "Yer",
		},
	}
	p, err := m.Profile()
	if err != nil {
		t.Fatal(err)
	}
	// It is asked before the known ones, and they do not know the file.
	r, err := Read(table("Başlık", "Kolon 1|Kolon 2|Ne|Kaç|Tutar|Hal|Yer", "7|9|Orkide|1 Adet|349,90|Gitti|06", "8|9|Kart|2 Adet|1.050|?|", "9|9|Kart|2 Adet|1.050||"), append(Profiles(), p), domain.Districts{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"7 ok 349.90 of 349.9; Orkide 1×349.9-0=349.90", "8 unknown 1050.00 of 1050; Kart 2×525-0=1050.00", "9 open 1050.00 of 1050; Kart 2×525-0=1050.00"}
	if got := describeAll(r.Orders); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	o := r.Orders[0]
	if o.Marketplace != "Çiçeksepeti" || o.Number != "9" || o.Buyer.City != "Ankara" || r.Profile.Name != "Çiçek" || r.Profile.Title != "Çiçeksepeti" {
		t.Errorf("%+v of %s", o, r.Profile.Name)
	}
	if len(r.Unknown) != 1 || r.Unknown[0] != (Word{FieldStatus, "?", 1}) {
		t.Errorf("unknown %v", r.Unknown)
	}
}

func TestMapping_addsToAProfile(t *testing.T) {
	m := Mapping{Name: "N11 bizim", Base: "N11", Language: "en", Columns: map[Field]string{FieldBuyer: "Alıcı Adı", FieldAmount: "Net"}, Words: map[string]Status{"Yolda": StatusOK}}
	p, err := m.Profile()
	if err != nil {
		t.Fatal(err)
	}
	header := n11Header + "|Alıcı Adı|Net"
	r, err := Read(table(header, "1|YOLDA|a|1|99|||D Ö|1.500", "2|Kargoda|a|1|99|||D Ö|2"), append(Profiles(), p), domain.Districts{})
	want := []string{"1 ok 1.50; a 1×1.5-0=1.50", "2 ok 2.00; a 1×2-0=2.00"}
	if got := describeAll(r.Orders); err != nil || !slices.Equal(got, want) || r.Orders[0].Buyer.Last != "Ö" || r.Orders[0].Marketplace != "n11" || r.Profile.Title != "N11" {
		t.Errorf("%q, %v", got, err)
	}
	// Without its columns the file is N11's as ever.
	if r, err = Read(table(n11Header, "1|Kargoda|a|1|99||"), append(Profiles(), p), domain.Districts{}); err != nil || r.Profile.Name != "n11" {
		t.Errorf("%s, %v", r.Profile.Name, err)
	}
	for header, missing := range map[string]string{n11Header: "Net, Alıcı Adı", n11Header + "|Net": "Alıcı Adı"} {
		_, err := Read(table(header, "1|Kargoda|a|1|99||"), []Profile{p}, domain.Districts{})
		if e := new(domain.Error); !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != "map" || e.Err.Error() != missing {
			t.Errorf("%s: %v, want %s", header, err, missing)
		}
	}
	if known, _ := FindProfile("n11"); len(known.Columns) != 7 || len(known.Mandatory) != 5 || len(known.States[0].Words) != len(n11().States[0].Words) {
		t.Error("the profile itself has changed")
	}
}

func TestMapping_namesWhatIsMissingInOneOrder(t *testing.T) {
	m := Mapping{Name: "a", Base: "n11", Columns: map[Field]string{FieldPostal: "P", FieldDistrict: "D", FieldCity: "C", FieldBuyer: "B", FieldAddress: "A"}}
	for range 10 { // fields lie in no order
		p, err := m.Profile()
		if err != nil {
			t.Fatal(err)
		}
		_, err = Read(table(n11Header, "1|Kargoda|a|1|99||"), []Profile{p}, domain.Districts{})
		if e := new(domain.Error); !errors.As(err, &e) || e.Err.Error() != "A, C, D, B, P" {
			t.Fatal(err)
		}
	}
}

func TestMapping_isValidated(t *testing.T) {
	whole := Mapping{Name: "a", Marketplace: "b", Columns: map[Field]string{FieldNumber: "1", FieldProduct: "2", FieldQuantity: "3", FieldUnit: "4"}}
	if p, err := whole.Profile(); err != nil || p.Language != "tr" || !slices.Equal(p.Key, []Field{FieldNumber}) {
		t.Fatalf("%+v, %v", p, err)
	}
	without := func(f Field) func(m *Mapping) { return func(m *Mapping) { delete(m.Columns, f) } }
	for name, c := range map[string]struct {
		spoil         func(m *Mapping)
		field, detail string
	}{
		"no name":           {func(m *Mapping) { m.Name = " " }, "name", "required"},
		"no marketplace":    {func(m *Mapping) { m.Marketplace = "" }, "marketplace", "required"},
		"an unknown base":   {func(m *Mapping) { m.Base = "x" }, "base", "orders.unknown-profile"},
		"another language":  {func(m *Mapping) { m.Language = "de" }, "language", "orders.unknown-language"},
		"an unknown field":  {func(m *Mapping) { m.Columns["x"] = "5" }, "x", "orders.unknown-field"},
		"a blank column":    {func(m *Mapping) { m.Columns[FieldCity] = " " }, "city", "required"},
		"no number":         {without(FieldNumber), "order", "required"},
		"no product":        {without(FieldProduct), "product", "required"},
		"no quantity":       {without(FieldQuantity), "qty", "required"},
		"no price":          {without(FieldUnit), "amount", "required"},
		"an unknown status": {func(m *Mapping) { m.Words = map[string]Status{"w": "x"} }, "w", "orders.unknown-status"},
	} {
		m := whole
		m.Columns = maps.Clone(whole.Columns)
		c.spoil(&m)
		_, err := m.Profile()
		if e := new(domain.Error); !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != c.field || e.Detail != c.detail {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the profiles say has to fit together: every field is one, every mandatory one and every part of a key
// has a column, and no status is a word of its own.
func TestProfiles_fitTogether(t *testing.T) {
	names := map[string]bool{}
	for _, p := range Profiles() {
		if found, ok := FindProfile(p.Name); !ok || found.Name == "" || names[p.Name] || p.Title == "" || p.Marketplace == "" || p.Language != "tr" && p.Language != "en" || len(p.States) == 0 || len(p.Key) == 0 {
			t.Errorf("%+v", p)
		}
		names[p.Name] = true
		for f, columns := range p.Columns {
			if !slices.Contains(Fields(), f) || len(columns) == 0 {
				t.Errorf("%s: field %q", p.Name, f)
			}
		}
		for _, f := range slices.Concat(p.Mandatory, p.Key, []Field{FieldNumber, FieldProduct, FieldQuantity}) {
			if len(p.Columns[f]) == 0 {
				t.Errorf("%s: %s has no column", p.Name, f)
			}
		}
		for _, s := range p.States {
			if len(p.Columns[s.Field]) == 0 || (s.Filled == "") == (len(s.Words) == 0) {
				t.Errorf("%s: state %+v", p.Name, s)
			}
			folded := map[string]bool{}
			for w, status := range s.Words {
				if folded[key(w)] || !slices.Contains(Statuses(), status) || status == StatusUnknown {
					t.Errorf("%s: %q is %q", p.Name, w, status)
				}
				folded[key(w)] = true
			}
		}
	}
	all := Fields()
	slices.Sort(all)
	if len(slices.Compact(all)) != len(Fields()) {
		t.Error("a field twice")
	}
}
