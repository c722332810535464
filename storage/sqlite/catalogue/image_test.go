package catalogue_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// What a before-image does not keep is as the write has left it; one of an older program keeps all of it.
func TestOfImage_readsWhatWasKeptByThisProgramAndOlderOnes(t *testing.T) {
	at := time.Date(2026, 11, 26, 20, 1, 28, 462e6, time.UTC)
	file, sync := domain.Origin{At: at, From: domain.SourceFile, By: "ayşe"}, domain.Origin{At: at.Add(time.Hour), From: domain.SourceIsbasi, By: "ali"}
	now := domain.Product{
		ID: 7, Code: "B", Barcode: "2", Name: "Yeni", Brand: "Yeni Marka", Description: "yeni", Price: sqlitetest.Dec("9"), Currency: domain.USD,
		Stock: sqlitetest.Dec("5"), VATRate: sqlitetest.Dec("20"), State: domain.ProductPassive, Revision: 4, UpdatedAt: at.Add(time.Hour),
	}
	came := domain.Origins{Price: sync, Stock: sync}
	former := domain.Product{
		ID: 7, Code: "A", Barcode: "1", Name: "Eski", Stock: sqlitetest.Dec("0"), VATRate: sqlitetest.Dec("1"), Currency: domain.TRY,
		State: domain.ProductActive, Revision: 3, UpdatedAt: at,
	}
	const older = `{"id":7,"code":"A","barcode":"1","name":"Eski","brand":"","description":"","price":null,"currency":"TRY","stock":"0","vat_rate":"1",` +
		`"state":"active","revision":3,"updated_at":"2026-11-26T20:01:28.462Z"`
	changed := func(change func(p *domain.Product)) domain.Product {
		p := now
		p.Revision = 3
		change(&p)
		return p
	}
	const stocked = `{"at":"2026-11-26T20:01:28.462Z","from":"file","by":"ayşe"}`
	for text, want := range map[string]struct {
		domain.Product
		from *domain.Origins
	}{
		`{"revision":3}`:                          {changed(func(*domain.Product) {}), nil},
		`{"revision":3,"name":"Eski"}`:            {changed(func(p *domain.Product) { p.Name = "Eski" }), nil},
		`{"revision":3,"brand":""}`:               {changed(func(p *domain.Product) { p.Brand = "" }), nil},
		`{"revision":3,"vat_rate":null}`:          {changed(func(p *domain.Product) { p.VATRate = decimal.NullDecimal{} }), nil},
		`{"revision":3,"state":"active"}`:         {changed(func(p *domain.Product) { p.State = domain.ProductActive }), nil},
		`{"revision":3,"description":"d"}`:        {changed(func(p *domain.Product) { p.Description = "d" }), nil},
		`{"revision":3,"code":"A","barcode":"1"}`: {changed(func(p *domain.Product) { p.Code, p.Barcode = "A", "1" }), nil},
		`{"revision":3,"price":null,"currency":"TRY","from":{"price":{}}}`: {
			changed(func(p *domain.Product) { p.Price, p.Currency = decimal.NullDecimal{}, domain.TRY }), &domain.Origins{Stock: sync},
		},
		`{"revision":3,"stock":"0","from":{"stock":` + stocked + `}}`: {
			changed(func(p *domain.Product) { p.Stock = sqlitetest.Dec("0") }), &domain.Origins{Price: sync, Stock: file},
		},
		older + `}`: {former, nil},
		older + `,"origins":{"stock":` + stocked + `}}`: {former, &domain.Origins{Stock: file}},
	} {
		p, from, err := catalogue.OfImage(text, catalogue.Stored{Product: now, Origins: came})
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, text, p, want.Product)
		sqlitetest.WantSame(t, "origins of "+text, from, want.from)
	}
}
