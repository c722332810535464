package isbasi

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func aMovement() domain.StockMovement {
	return domain.StockMovement{
		Type: 3, Date: utc("2026-05-04T11:30:00Z"), Description: "Sayım", Number: "S1-40",
		Lines: []domain.StockLine{{Product: "101", Unit: "Adet", Amount: decimal.RequireFromString("2.50")}},
	}
}

func remembering(m *memory) func(*Options) { return func(o *Options) { o.Probes = m } }

func TestProbeStock_answers(t *testing.T) {
	for name, tc := range map[string]struct {
		answer reaction
		kind   domain.Kind
		want   domain.AbilityAnswer
	}{
		"not authorised":   {saysStatus(403, fixture(t, "forbidden_403")), "", domain.AbilityDenied},
		"no such route":    {saysStatus(404, ""), "", domain.AbilityDenied},
		"field missing":    {saysStatus(400, refusal(400, "Tarih zorunludur.")), "", domain.AbilityAllowed},
		"taken":            {says(good(`5`)), "", domain.AbilityAllowed},
		"out of order":     {saysStatus(502, gatewayPage), domain.KindUnknown, domain.AbilityUnasked},
		"limit":            {saysStatus(429, ""), domain.KindSlowDown, domain.AbilityUnasked},
		"session has gone": {breaks(errCut), domain.KindUnknown, domain.AbilityUnasked},
	} {
		t.Run(name, func(t *testing.T) {
			m := &memory{}
			c, d := scripted(t, map[string][]reaction{"PUT stock": {tc.answer}}, remembering(m))
			got, err := c.ProbeStock(t.Context())
			wantKind(t, err, tc.kind)
			kept, err := c.Ability(t.Context(), domain.AbilityStockWrite)
			if err != nil || got != tc.want || kept != tc.want {
				t.Errorf("%q, remembered %q, %v", got, kept, err)
			}
			if body := d.body(0); body != `{"id":0}` {
				t.Errorf("the probe moves something: %s", body)
			}
		})
	}
}

func TestSaveStock_isOffUntilItWasFoundAllowed(t *testing.T) {
	m := &memory{}
	c, d := scripted(t, map[string][]reaction{
		"PUT stock": {saysStatus(400, refusal(400, "Tarih zorunludur.")), says(good(`5`)), saysStatus(403, fixture(t, "forbidden_403"))},
	}, remembering(m))
	wantKind(t, c.SaveStock(t.Context(), aMovement()), domain.KindForbidden)
	d.was()
	if _, err := c.ProbeStock(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.SaveStock(t.Context(), aMovement()); err != nil {
		t.Fatal(err)
	}
	want := `{"id":0,"type":3,"date":"2026-05-04T14:30:00","docNumber":"S1-40","description":"Sayım","currency":"TL","exchangeRate":1,` +
		`"stockTransactionLines":[{"id":0,"lineNumber":1,"amount":2.5,"stockRef":"101","unit":{"name":"Adet"},"currency":"TL","exchangeRate":1}]}`
	if got := d.body(1); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	wantKind(t, c.SaveStock(t.Context(), aMovement()), domain.KindForbidden) // asked, refused, remembered
	wantKind(t, c.SaveStock(t.Context(), aMovement()), domain.KindForbidden) // not asked any more
	d.was("PUT stock", "PUT stock", "PUT stock")
}

func TestSaveStock_refusesWhatCannotBeMeant(t *testing.T) {
	for name, change := range map[string]func(*domain.StockMovement){
		"no type":          func(m *domain.StockMovement) { m.Type = 0 },
		"a type below":     func(m *domain.StockMovement) { m.Type = -1 },
		"second without":   func(m *domain.StockMovement) { m.Lines = append(m.Lines, domain.StockLine{Unit: "Adet"}) },
		"no lines":         func(m *domain.StockMovement) { m.Lines = nil },
		"no product":       func(m *domain.StockMovement) { m.Lines[0].Product = "" },
		"long description": func(m *domain.StockMovement) { m.Description = strings.Repeat("ş", descriptionLimit+1) },
	} {
		t.Run(name, func(t *testing.T) {
			m := &memory{}
			c, d := scripted(t, nil, remembering(m))
			if err := c.Remember(t.Context(), domain.AbilityStockWrite, domain.AbilityAllowed); err != nil {
				t.Fatal(err)
			}
			movement := aMovement()
			change(&movement)
			wantKind(t, c.SaveStock(t.Context(), movement), domain.KindInvalid)
			d.was()
		})
	}
}

func TestAbility_isOfTheKeyAndNamesNoSecret(t *testing.T) {
	m := &memory{}
	c, _ := scripted(t, nil, remembering(m))
	if err := c.Remember(t.Context(), domain.AbilityInternetArchive, domain.AbilityAllowed); err != nil {
		t.Fatal(err)
	}
	for name := range m.values {
		if strings.Contains(name, testKey) || strings.Contains(name, testTenant) || !strings.HasPrefix(name, "internet-e-archive:") {
			t.Errorf("remembered under %s", name)
		}
	}
	for name, change := range map[string]func(*domain.Session){
		"another key":         func(s *domain.Session) { s.APIKey = domain.NewSecret("key-other") },
		"another firm":        func(s *domain.Session) { s.TenantID = "other" },
		"another environment": func(s *domain.Session) { s.Environment = domain.EnvironmentTest },
		"nobody":              func(s *domain.Session) { *s = domain.Session{} },
	} {
		s := testSession()
		change(&s)
		c.Use(s)
		if got, err := c.Ability(t.Context(), domain.AbilityInternetArchive); err != nil || got != domain.AbilityUnasked {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	c.Use(domain.Session{})
	wantKind(t, c.Remember(t.Context(), domain.AbilityStockWrite, domain.AbilityDenied), domain.KindNeedsSignIn)
	c.Use(testSession())
	if got, err := c.Ability(t.Context(), domain.AbilityInternetArchive); err != nil || got != domain.AbilityAllowed {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAbility_storeThatFails(t *testing.T) {
	full := domain.E(domain.KindDisk, "store", nil)
	m := &memory{err: full}
	c, d := scripted(t, map[string][]reaction{"PUT stock": {saysStatus(403, "")}}, remembering(m))
	wantKind(t, c.SaveStock(t.Context(), aMovement()), domain.KindDisk)
	_, err := c.ProbeStock(t.Context())
	wantKind(t, err, domain.KindDisk)
	if !errors.Is(err, full) {
		t.Error(err)
	}
	d.was("PUT stock")
	m.err = nil
	name, err := c.probeName(t.Context(), testSession(), domain.AbilityStockWrite)
	if err != nil || strings.Contains(name, testSession().APIKey.Reveal()) {
		t.Errorf("%q, %v", name, err)
	}
	m.values = map[string]string{name: "perhaps"}
	if got, err := c.Ability(t.Context(), domain.AbilityStockWrite); err != nil || got != domain.AbilityUnasked {
		t.Errorf("%q, %v", got, err)
	}
	unasked, _ := scripted(t, nil)
	wantKind(t, unasked.SaveStock(t.Context(), aMovement()), domain.KindForbidden)
}

func TestSaveStock_takesWhatIsJustAllowed(t *testing.T) {
	c, b := onHealthy(t)
	m := aMovement()
	m.Type, m.Description = 1, strings.Repeat("ş", 300)
	if err := c.SaveStock(t.Context(), m); err != nil || b.changes != 1 {
		t.Errorf("%v after %v", err, b.sent)
	}
}

func TestAbility_onlyAnAnswerIsOne(t *testing.T) {
	for value, want := range map[string]domain.AbilityAnswer{"allowed": domain.AbilityAllowed, "denied": domain.AbilityDenied, "": domain.AbilityUnasked, "perhaps": domain.AbilityUnasked} {
		m := &memory{}
		c, _ := scripted(t, nil, remembering(m))
		if err := c.Remember(t.Context(), domain.AbilityFormalise, domain.AbilityAnswer(value)); err != nil {
			t.Fatal(err)
		}
		if got, err := c.Ability(t.Context(), domain.AbilityFormalise); got != want || err != nil {
			t.Errorf("%q: %q, %v", value, got, err)
		}
		if got, err := c.Ability(t.Context(), domain.AbilityStockWrite); got != domain.AbilityUnasked || err != nil {
			t.Errorf("another ability has the answer: %q, %v", got, err)
		}
	}
}
