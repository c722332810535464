package app

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// intakeCase is a file that follows others into a catalogue (files.md §2, kinds whose right result shows there only).
type intakeCase struct {
	kind    int
	says    string
	name    string   // of the files, which ends as they do
	before  []string // files that were taken in before, each with the same answers
	file    string
	answers listing.Answers
	// want are the products as "code|barcode|name|price|currency|stock", listed the problems as "LINE field value reason", with
	// "repeated" behind those of rows that are; open the questions that keep the file from being taken.
	want, listed, open []string
	tally              listing.Tally
	notes              []string
	wrong              bool // it is not right yet
}

func (c intakeCase) differences(t *testing.T) (wrong []string) {
	t.Helper()
	company, home := catalogueOnly(t)
	take := func(file string) (listing.Result, error) {
		path := filepath.Join(home, c.name)
		writeFile(t, path, file)
		var count listing.Count
		plan, planErr := company.PlanFile(t.Context(), path, listing.Reading{Answers: c.answers}, nil, &count)
		done, err := company.ImportFile(t.Context(), path, listing.Reading{Answers: c.answers}, nil, &count)
		if planErr != nil || err == nil && fmt.Sprint(plan) != fmt.Sprint(done) {
			t.Errorf("planned %+v, %v\ndone %+v", plan, planErr, done)
		}
		return done, err
	}
	for _, file := range c.before {
		if _, err := take(file); err != nil {
			t.Fatal(err)
		}
	}
	r, err := take(c.file)
	differ := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			wrong = append(wrong, fmt.Sprintf("%s: %v, want %v", what, got, want))
		}
	}
	var open, listed, notes, products []string
	for _, q := range r.Open() {
		open = append(open, q.ID)
	}
	for _, n := range r.Problems {
		line := fmt.Sprintf("%d %s %s %s", n.Line, n.Field, n.Value, n.Reason)
		if n.Repeated {
			line += " repeated"
		}
		listed = append(listed, strings.Join(strings.Fields(line), " "))
	}
	for _, n := range r.Notes {
		notes = append(notes, strings.TrimSpace(fmt.Sprintf("%s %d %s", n.Kind, n.Count, n.Sample)))
	}
	for p, err := range company.AllProducts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		products = append(products, line(p.Code, p.Barcode, p.Name, p.Price, p.Currency, p.Stock))
	}
	if (domain.KindOf(err) == domain.KindState) != (len(c.open) > 0) || err != nil && domain.KindOf(err) != domain.KindState {
		wrong = append(wrong, fmt.Sprint("error ", err))
	}
	differ("products", strings.Join(products, "\n"), strings.Join(c.want, "\n"))
	differ("listed", strings.Join(listed, "\n"), strings.Join(c.listed, "\n"))
	differ("open", open, c.open)
	differ("notes", notes, c.notes)
	if len(c.open) == 0 {
		differ("tally", r.Tally, c.tally)
		differ("taken", r.Taken(), r.Rows-r.Refused-r.NoProduct-c.tally.Repeated)
	}
	return wrong
}

func proveIntakes(t *testing.T, cases []intakeCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(fmt.Sprintf("%02d %s", c.kind, c.says), func(t *testing.T) {
			switch wrong := c.differences(t); {
			case c.wrong && len(wrong) == 0:
				t.Error("is right now: say so")
			case c.wrong:
			case len(wrong) > 0:
				t.Error(strings.Join(wrong, "\n"))
			}
		})
	}
}

const ticimax = `<?xml version="1.0" encoding="utf-8"?><Root><Urunler><Urun><UrunAdi>Düz Tişört</UrunAdi><UrunSecenek>` +
	`<Secenek><StokKodu>DUZ1</StokKodu><Barkod>DUZ1</Barkod><StokAdedi>3</StokAdedi><SatisFiyati>600,00</SatisFiyati><EkSecenekOzellik><Ozellik Tanim="Beden" Deger="S">S</Ozellik></EkSecenekOzellik></Secenek>` +
	`<Secenek><StokKodu>DUZ1</StokKodu><Barkod>DUZ1</Barkod><StokAdedi>3</StokAdedi><SatisFiyati>600,00</SatisFiyati><EkSecenekOzellik><Ozellik Tanim="Beden" Deger="M">M</Ozellik></EkSecenekOzellik></Secenek>` +
	`</UrunSecenek></Urun><Urun><UrunAdi>Şapka</UrunAdi><UrunSecenek><Secenek><StokKodu>Ş</StokKodu><StokAdedi>1</StokAdedi><SatisFiyati>50,00</SatisFiyati>` +
	`<EkSecenekOzellik><Ozellik Tanim="Beden" Deger="STD">STD</Ozellik></EkSecenekOzellik></Secenek></UrunSecenek></Urun></Urunler></Root>`

const sizes = "Stok Kodu;Barkod;Ürün Adı;Beden;Fiyat;Stok\n"

func TestKinds_ofRepeatedRows(t *testing.T) {
	const (
		unsized = "Stok Kodu;Ürün Adı;Fiyat;Stok\n"
		three   = unsized + "D;Tişört;100,00;3\nK;Kupa;10,00;1\nD;TİŞÖRT;100,00;5,5\nD;Tişört;110,00;3\n"
	)
	differing := []string{"4 stock 5.5 repeated-differing repeated", "5 price 110 repeated-differing repeated"}
	proveIntakes(t, []intakeCase{
		{
			kind: 11, says: "sizes of a feed that share everything", name: "a.xml", file: ticimax,
			want:  []string{"DUZ1|DUZ1|Düz Tişört - S|600|TRY|3", "DUZ1|DUZ1|Düz Tişört - M|600|TRY|3", "Ş||Şapka|50|TRY|1"},
			notes: []string{"option 2 Düz Tişört - S"}, tally: listing.Tally{Added: 3},
		},
		{
			kind: 11, says: "sizes in a column; another barcode is enough by itself", name: "a.csv",
			file:  sizes + "D;D;Tişört;S;100,00;3\nD;D;Tişört;M;100,00;4\nE;8690504012345;Bot;42;10,00;1\nE;8690504012352;Bot;43;10,00;2\n",
			want:  []string{"D|D|Tişört - S|100|TRY|3", "D|D|Tişört - M|100|TRY|4", "E|8690504012345|Bot|10|TRY|1", "E|8690504012352|Bot|10|TRY|2"},
			notes: []string{"option 2 Tişört - S"}, tally: listing.Tally{Added: 4},
		},
		{
			kind: 11, says: "a size that comes again alone is itself, and a new one nobody else", name: "a.csv",
			before: []string{sizes + "D;;Tişört;S;100,00;3\nD;;Tişört;M;100,00;4\n", sizes + "D;;Tişört;M;100,00;7\n"},
			file:   sizes + "D;;Tişört;L;100,00;1\n",
			want:   []string{"D||Tişört - S|100|TRY|3", "D||Tişört - M|100|TRY|7", "D||Tişört - L|100|TRY|1"},
			notes:  []string{"option 1 Tişört - L"}, tally: listing.Tally{Added: 1},
		},
		{
			kind: 11, says: "a product that gets a second size later stays itself", name: "a.csv",
			before: []string{sizes + ";8690504012345;Tişört;S;100,00;3\n"},
			file:   sizes + ";8690504012345;Tişört;S;100,00;2\n;8690504012345;Tişört;M;100,00;1\n",
			want:   []string{"|8690504012345|Tişört - S|100|TRY|2", "|8690504012345|Tişört - M|100|TRY|1"},
			notes:  []string{"option 2 Tişört - S"}, tally: listing.Tally{Added: 1, Updated: 1},
		},
		{
			kind: 11, says: "a size that is there twice is repeated", name: "a.csv",
			file:   sizes + "D;;Tişört;S;100,00;3\nD;;Tişört;M;100,00;4\nD;;Tişört;S;100,00;3\n",
			want:   []string{"D||Tişört - S|100|TRY|3", "D||Tişört - M|100|TRY|4"},
			listed: []string{"4 D repeated repeated"}, notes: []string{"option 2 Tişört - S"}, tally: listing.Tally{Added: 2, Repeated: 1},
		},
		{
			kind: 11, says: "nothing tells them apart: a person is asked", name: "a.csv", file: three,
			listed: differing, open: []string{"repeated"},
		},
		{
			kind: 11, says: "the stock is added up, the last price counts", name: "a.csv", file: three, answers: listing.Answers{"repeated": "sum"},
			want:   []string{"D||Tişört|110|TRY|11.5", "K||Kupa|10|TRY|1"},
			listed: differing, notes: []string{"summed 1 3 + 5.5 + 3"}, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 11, says: "the last one counts", name: "a.csv", file: three, answers: listing.Answers{"repeated": "last"},
			want:   []string{"D||Tişört|110|TRY|3", "K||Kupa|10|TRY|1"},
			listed: differing, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 11, says: "each becomes a product of its own, and finds itself again", name: "a.csv", file: three, answers: listing.Answers{"repeated": "separate"},
			before: []string{three},
			want:   []string{"D||Tişört|100|TRY|3", "K||Kupa|10|TRY|1", "D||TİŞÖRT|100|TRY|5.5", "D||Tişört|110|TRY|3"},
			tally:  listing.Tally{Unchanged: 4},
		},
		{
			kind: 11, says: "what is equal is not asked about, summed or kept apart", name: "a.csv", answers: listing.Answers{"repeated": "sum"},
			file:   unsized + "K;Kupa;10,00;1\nK;Kupa;10;1,0\nK;Kupa;;1\n",
			want:   []string{"K||Kupa|10|TRY|1"},
			listed: []string{"3 K repeated repeated", "4 K repeated repeated"}, tally: listing.Tally{Added: 1, Repeated: 2},
		},
		{
			kind: 11, says: "of products that are in the catalogue too", name: "a.csv", answers: listing.Answers{"repeated": "sum"},
			before: []string{unsized + "K;Kupa;10,00;50\n"},
			file:   unsized + "K;Kupa;10,00;1\nK;Kupa;10,00;2\n",
			want:   []string{"K||Kupa|10|TRY|3"},
			listed: []string{"3 stock 2 repeated-differing repeated"}, notes: []string{"summed 1 1 + 2"}, tally: listing.Tally{Updated: 1, Repeated: 1},
		},
		{
			kind: 11, says: "a row that leaves the code out", name: "a.csv", answers: listing.Answers{"repeated": "sum"},
			file:   "Stok Kodu;Barkod;Ürün Adı;Stok\n;8690504012345;Kupa;1\nK;8690504012345;Kupa;4\n;8690504012345;Kupa;1\n",
			want:   []string{"K|8690504012345|Kupa||TRY|6"},
			listed: []string{"2 stock 1 repeated-differing repeated", "4 stock 1 repeated-differing repeated"}, notes: []string{"summed 1 4 + 1 + 1"},
			tally: listing.Tally{Added: 1, Repeated: 2},
		},
		{
			kind: 11, says: "hostile: names that look like options of another", name: "a.csv",
			file:  sizes + "D;;Tişört - S;;100,00;1\nD;;Tişört;S;100,00;3\nD;;Tişört;M;100,00;4\nD;;Tişört;;100,00;5\n",
			want:  []string{"D||Tişört - S|100|TRY|1", "D||Tişört - S|100|TRY|3", "D||Tişört - M|100|TRY|4", "D||Tişört|100|TRY|5"},
			notes: []string{"option 2 Tişört - S"}, tally: listing.Tally{Added: 4},
		},
		{
			kind: 11, says: "hostile: five thousand rows of one product", name: "a.csv", answers: listing.Answers{"repeated": "sum"},
			file:   "Stok Kodu;Stok\n" + strings.Repeat("D;0,10\nD;0,20\n", 2500),
			want:   []string{"D||||TRY|750"},
			listed: manyRepeats(5001), notes: []string{"summed 1 0.1 + 0.2 + 0.1 + 0.2 + 0.1 + …"}, tally: listing.Tally{Added: 1, Repeated: 4999},
		},
	})
}

// manyRepeats are the first problems of rows that differ from the first one in turn.
func manyRepeats(last int) (all []string) {
	for n := 3; n <= last && len(all) < listing.ProblemLimit; n++ {
		all = append(all, []string{fmt.Sprintf("%d D repeated repeated", n), fmt.Sprintf("%d stock 0.2 repeated-differing repeated", n)}[n%2])
	}
	return all
}

func TestKinds_ofPricesWithoutCurrency(t *testing.T) {
	const (
		dollars = "stok kodu;ürün adı;fiyat;para birimi;stok\nU1;Kamera;100,00;USD;1\nU2;Kablo;90,00;TL;1\n"
		bare    = "stok kodu;ürün adı;fiyat;stok\n"
	)
	proveIntakes(t, []intakeCase{
		{
			kind: 13, says: "over a product in another currency", name: "a.csv", before: []string{dollars},
			file:   bare + "U1;Kamera;4.500,00;2\nU2;Kablo;95,00;3\n",
			want:   []string{"U1||Kamera|100|USD|2", "U2||Kablo|95|TRY|3"},
			listed: []string{"2 price 4500 price-other-currency"}, tally: listing.Tally{Updated: 2},
		},
		{
			kind: 13, says: "a sign at one price does not tell of the others", name: "a.csv", before: []string{dollars},
			file:  bare + "U1;Kamera;$ 120,00;2\nU2;Kablo;95,00;3\n",
			want:  []string{"U1||Kamera|120|USD|2", "U2||Kablo|95|TRY|3"},
			tally: listing.Tally{Updated: 2}, notes: []string{"currency 1 $ 120,00"},
		},
		{
			kind: 13, says: "a currency without a price leaves both", name: "a.csv", before: []string{dollars},
			file:  "stok kodu;fiyat;para birimi\nU1;;TL\nU2;;USD\n",
			want:  []string{"U1||Kamera|100|USD|1", "U2||Kablo|90|TRY|1"},
			tally: listing.Tally{Unchanged: 2},
		},
		{
			kind: 13, says: "hostile: a row in dollars and one without a currency", name: "a.csv", before: []string{dollars}, answers: listing.Answers{"repeated": "last"},
			file:   "stok kodu;ürün adı;fiyat;para birimi\nU2;Kablo;3,00;USD\nU2;Kablo;95,00;\nU1;Kamera;4.500,00;\nU1;Kamera;4.600,00;\n",
			want:   []string{"U1||Kamera|100|USD|1", "U2||Kablo|95|TRY|1"},
			listed: []string{"3 price 95 repeated-differing repeated", "5 price 4600 repeated-differing repeated", "4 price 4600 price-other-currency"},
			tally:  listing.Tally{Updated: 1, Unchanged: 1, Repeated: 2},
		},
	})
}
