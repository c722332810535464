package sandbox

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// demoFirms is how many the demo firm has.
const demoFirms = 60

// DemoFirms are the demo firm's customers and suppliers.
func DemoFirms() []Firm { return Firms(demoFirms, demoSeed) }

// Firms makes n believable Turkish customers and suppliers, the same ones for the same seed: companies
// with a valid tax number, a part of which are e-Fatura users, and persons with a valid identity number.
func Firms(n int, seed uint64) []Firm {
	g := &firmGenerator{generator{rand: rand.New(rand.NewPCG(seed, 0x4346))}}
	firms := make([]Firm, 0, n)
	for i := range n {
		firms = append(firms, g.firm(i+1))
	}
	return firms
}

type firmGenerator struct{ generator }

func (g *firmGenerator) firm(number int) Firm {
	place := pick(&g.generator, places())
	g.lastID += 1 + g.rand.Int64N(3)
	f := Firm{
		ID: 500 + g.lastID, Code: fmt.Sprintf("C-%04d", number), Passive: g.in(30), Person: g.in(400),
		FirmType: FirmCustomer, Country: "Türkiye", City: place.city, District: place.district, PostalCode: place.postal,
		Address:    fmt.Sprintf("%s Sk. No: %d", pick(&g.generator, streets()), 1+g.rand.IntN(120)),
		Phone:      fmt.Sprintf("0312%07d", g.rand.IntN(10_000_000)),
		Balance:    decimal.New(g.rand.Int64N(2_000_000)-500_000, -2),
		ModifiedAt: firstChange().Add(time.Duration(g.rand.IntN(200*24*60)) * time.Minute),
	}
	if f.Person {
		f.FirstName, f.LastName = pick(&g.generator, firstNames()), pick(&g.generator, lastNames())
		f.TaxNumber = g.identityNumber()
		if g.in(100) {
			f.TaxNumber = "11111111111"
		}
	} else {
		f.Name = pick(&g.generator, lastNames()) + " " + pick(&g.generator, trades())
		f.TaxNumber, f.TaxOffice = g.taxNumber(), place.district
		f.Registered = g.in(450)
		if g.in(200) {
			f.FirmType = FirmSupplier
		}
	}
	if !g.in(250) {
		f.Email = fmt.Sprintf("cari%d@ornek.example", number)
	}
	return f
}

// taxNumber makes a VKN whose last digit is right (rules.md §6).
func (g *firmGenerator) taxNumber() string {
	return domain.CompleteVKN(fmt.Sprintf("%09d", g.rand.IntN(1_000_000_000)))
}

// identityNumber makes a TCKN whose last two digits are right (rules.md §6).
func (g *firmGenerator) identityNumber() string {
	return domain.CompleteTCKN(fmt.Sprintf("%09d", 100_000_000+g.rand.IntN(900_000_000)))
}

type place struct{ city, district, postal string }

func places() []place {
	return []place{
		{"Ankara", "Çankaya", "06420"},
		{"Ankara", "Yenimahalle", "06170"},
		{"İstanbul", "Kadıköy", "34710"},
		{"İstanbul", "Şişli", "34360"},
		{"İstanbul", "Üsküdar", "34660"},
		{"İzmir", "Karşıyaka", "35530"},
		{"Bursa", "Nilüfer", "16110"},
		{"Antalya", "Muratpaşa", "07100"},
		{"Eskişehir", "Odunpazarı", "26020"},
		{"Gaziantep", "Şahinbey", "27060"},
		{"Iğdır", "Tuzluca", "76900"},
		{"Isparta", "Eğirdir", "32500"},
	}
}

func streets() []string {
	return []string{"Ihlamur", "Çınaraltı", "Gülbahçe", "İğdeli", "Değirmen", "Şehit Işık", "Üzümlü", "Akasya", "Kıyı"}
}

func firstNames() []string {
	return []string{"Ayşe", "İrem", "Işıl", "Çağla", "Gülşen", "Mehmet", "Oğuz", "Şükrü", "Ümit", "Halil İbrahim", "Ilgın", "Nuri"}
}

func lastNames() []string {
	return []string{"Örnekoğlu", "Denemeci", "Çakırtaş", "Iğdırlıgil", "Şenyuvalı", "Ünverdi", "Kılıçarslangil", "Göğebakan", "Saymazoğlu"}
}

func trades() []string {
	return []string{
		"Gıda San. ve Tic. Ltd. Şti.", "İnşaat A.Ş.", "Kırtasiye Ltd. Şti.", "Tekstil San. A.Ş.", "Elektrik Mühendislik Ltd. Şti.",
		"Market İşletmeciliği", "Mobilya Dekorasyon Ltd. Şti.", "Bilişim A.Ş.",
	}
}
