package monthend_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/monthend/monthendtest"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

func wordsOf(t *testing.T, lang string) words.Words {
	t.Helper()
	text, err := assets.NewText(lang)
	if err != nil {
		t.Fatal(err)
	}
	return words.New(lang, text.T)
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// contentOf gives what the file of that name holds.
func contentOf(t *testing.T, p monthend.Package, name string) monthend.Content {
	t.Helper()
	for _, f := range p.Files {
		if f.Stem+f.Ending == name {
			return f.Content
		}
	}
	t.Fatalf("there is no %s", name)
	return nil
}

// rowsOf gives a sheet's rows by column, every cell as it stands.
func rowsOf(t *testing.T, w words.Words, p monthend.Package, name string) (rows []map[string]string) {
	t.Helper()
	s, ok := contentOf(t, p, name).(monthend.Sheet)
	if !ok {
		t.Fatalf("%s is no sheet", name)
	}
	header := s.Header(w)
	if len(s.Formats) != len(header) {
		t.Errorf("%s: %d formats for %d columns", name, len(s.Formats), len(header))
	}
	for cells, err := range s.Rows {
		if err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for i, c := range cells {
			amount := s.Formats[i] != monthend.FormatText && s.Formats[i] != monthend.FormatDate
			if c.Number.Valid && !amount || c.Text != "" && amount {
				t.Errorf("%s: %s holds %+v", name, header[i], c)
			}
			row[header[i]] = c.Text
			if c.Number.Valid {
				row[header[i]] = c.Number.Decimal.String()
			}
		}
		if len(row) != len(cells) {
			t.Errorf("%s: two columns of one name in %v", name, header)
		}
		rows = append(rows, row)
	}
	return rows
}

// told writes down everything that a package says.
func told(t *testing.T, w words.Words, p monthend.Package) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %+v %+v\n", p.Name, p.At, p.Summary, p.Control)
	for _, f := range p.Files {
		fmt.Fprintf(&b, "== %s/%s%s\n", f.Folder, f.Stem, f.Ending)
		switch c := f.Content.(type) {
		case monthend.Sheet:
			fmt.Fprintln(&b, c.Name, c.Header(w), c.Formats, rowsOf(t, w, p, f.Stem+f.Ending))
		case monthend.Page:
			fmt.Fprintln(&b, c.Lang, c.Title, c.Subtitle, c.Footer(2, 3), c.Blocks)
		case monthend.Text:
			fmt.Fprintln(&b, c)
		case monthend.Load:
			data, err := c(t.Context())
			fmt.Fprintf(&b, "%s %v\n", data, err)
		default:
			t.Errorf("%T", c)
		}
	}
	return b.String()
}

// 54 orders, 45 issued, 1 of them cancelled, 9 held (orders-invoices.md §9).
func TestMake_ofTheSpecificationsExample(t *testing.T) {
	w := wordsOf(t, "tr")
	p := monthend.Make(w, monthendtest.Demo())
	if s := p.Summary; s.Issued != 45 || s.Valid != 44 || s.Cancelled != 1 || s.Returned != 1 || s.Missing != 9 || s.Open != 1 {
		t.Errorf("%+v", s)
	}
	if p.Name != "2026-05 Çığır Işık Ticaret Ltd. Şti." || !p.At.Equal(time.Date(2026, 5, 31, 20, 59, 59, 0, time.UTC)) || !p.Control.Agrees() {
		t.Errorf("%q of %s, %+v", p.Name, p.At, p.Control)
	}
	var names []string
	for _, f := range p.Files[:7] {
		names = append(names, f.Stem+f.Ending)
	}
	if got := strings.Join(names, " "); got != "ozet.pdf satislar.xlsx satirlar.xlsx iptal-iade.xlsx platforma-kesilecek.xlsx eksikler.xlsx kontrol.txt" {
		t.Error(got)
	}
	if n := len(rowsOf(t, w, p, "satislar.xlsx")); n != 45 {
		t.Errorf("%d sales", n)
	}
	cancelled := slices.DeleteFunc(rowsOf(t, w, p, "iptal-iade.xlsx"), func(r map[string]string) bool { return r["İşlem"] != "İptal" })
	if len(cancelled) != 1 {
		t.Errorf("cancelled: %v", cancelled)
	}
	if n := len(rowsOf(t, w, p, "eksikler.xlsx")); n != 9 {
		t.Errorf("%d missing", n)
	}
	pdf, ubl := 0, 0
	for _, f := range p.Files[7:] {
		switch f.Folder {
		case "pdf":
			pdf++
		case "ubl":
			ubl++
		default:
			t.Errorf("%+v", f)
		}
	}
	if pdf != 45 || ubl != 45-p.Summary.NoUBL || p.Summary.NoPDF != 0 || p.Summary.NoUBL == 0 {
		t.Errorf("%d PDFs, %d UBLs, %+v", pdf, ubl, p.Summary)
	}
}

// The sums of the summary are those of the rows, in each rate and in all.
func TestMake_addsUpWhatTheRowsSay(t *testing.T) {
	w := wordsOf(t, "tr")
	source := monthendtest.Demo()
	p := monthend.Make(w, source)
	rows := map[string]decimal.Decimal{}
	for _, row := range rowsOf(t, w, p, "satislar.xlsx") {
		if row["Durum"] == "İptal" {
			continue
		}
		for column, value := range row {
			if strings.HasPrefix(column, "Matrah") || strings.HasPrefix(column, "KDV ") || column == "Toplam" {
				if value != "" {
					rows[column] = rows[column].Add(dec(value))
				}
			}
		}
	}
	sales := p.Summary.Sales
	if len(sales.Rates) != 3 || len(rows) != 7 || !rows["Toplam"].Equal(sales.Total) || !sales.Base.Add(sales.VAT).Equal(sales.Total) {
		t.Fatalf("%v, %+v", rows, sales)
	}
	var base, vat, gross decimal.Decimal
	for _, r := range sales.Rates {
		percent := "%" + r.Rate.String()
		if !rows["Matrah "+percent].Equal(r.Base) || !rows["KDV "+percent].Equal(r.VAT) || !r.Base.Add(r.VAT).Equal(r.Gross) {
			t.Errorf("%+v, rows say %v", r, rows)
		}
		base, vat, gross = base.Add(r.Base), vat.Add(r.VAT), gross.Add(r.Gross)
	}
	if !base.Equal(sales.Base) || !vat.Equal(sales.VAT) || !gross.Equal(sales.Total) {
		t.Errorf("%s %s %s, %+v", base, vat, gross, sales)
	}
	var byKind decimal.Decimal
	count := 0
	for _, k := range p.Summary.Kinds {
		byKind, count = byKind.Add(k.Total), count+k.Count
	}
	if !byKind.Equal(sales.Total) || count != 44 || len(p.Summary.Kinds) != 2 || p.Summary.Kinds[0].Kind != domain.InvoiceEInvoice {
		t.Errorf("%s of %d, %+v", byKind, count, p.Summary.Kinds)
	}
	var lines decimal.Decimal
	for _, row := range rowsOf(t, w, p, "satirlar.xlsx") {
		if row["Durum"] != "İptal" {
			lines = lines.Add(dec(row["Toplam"]))
		}
		if !dec(row["Matrah"]).Add(dec(row["KDV"])).Equal(dec(row["Toplam"])) {
			t.Errorf("%v", row)
		}
	}
	if !lines.Equal(sales.Total) {
		t.Errorf("the lines come to %s, the invoices to %s", lines, sales.Total)
	}
	if void := p.Summary.Void; !void.Total.Equal(source.Invoices[4].Total) || len(void.Rates) != 3 {
		t.Errorf("%+v", void)
	}
}

// The source itself stays as it is, and its order, the zone of its times and the machine's say nothing.
func TestMake_saysTheSameWhateverTheOrder(t *testing.T) {
	for _, lang := range assets.Languages() {
		w := wordsOf(t, lang)
		want := told(t, w, monthend.Make(w, everything()))
		for seed := range uint64(20) {
			s := shuffled(everything(), rand.New(rand.NewPCG(seed, 1)))
			before := fmt.Sprintf("%+v", s)
			if got := told(t, w, monthend.Make(w, s)); got != want {
				t.Fatalf("order %d makes another package", seed)
			}
			if fmt.Sprintf("%+v", s) != before {
				t.Fatal("the source was changed")
			}
		}
	}
}

// everything is the demo month with all that can be said.
func everything() monthend.Source {
	s := monthendtest.Demo()
	s.Listing.Invoices = s.Listing.Invoices[3:]
	s.Listing.Invoices[0].Total = dec("1")
	s.Listing.Invoices[5].Cancelled = true
	s.Listing.Invoices = append(s.Listing.Invoices, monthend.Listed{ID: "77", Number: "ARS2026000000777", Date: monthendtest.On(2), Total: dec("12.34")})
	april := monthend.Month{Year: 2026, Month: time.April}
	then := slices.Clone(s.Invoices[:5])
	for i := range then {
		then[i].Date = then[i].Date.AddDate(0, 0, -31).Add(12 * time.Hour)
		then[i].State = monthend.StateValid
	}
	now := slices.Clone(then[1:])
	now[0].State, now[1].State = monthend.StateCancelled, monthend.StateReturned
	now[2].Total = dec("99.99")
	then[4].State = monthend.StateCancelled
	now = append(now, then[0])
	now[len(now)-1].RemoteID = "4711"
	s.Changes = monthend.Since(april, monthendtest.On(4), then, now)
	return s
}

func shuffled(s monthend.Source, r *rand.Rand) monthend.Source {
	mix(r, s.Invoices)
	mix(r, s.Tasks)
	mix(r, s.Platform)
	mix(r, s.Missing)
	mix(r, s.Listing.Invoices)
	mix(r, s.Changes)
	zone := time.FixedZone("elsewhere", int(r.IntN(24)-12)*3600)
	for i := range s.Invoices {
		s.Invoices[i].Date = s.Invoices[i].Date.In(zone)
	}
	for i := range s.Missing {
		s.Missing[i].ShippedOn = s.Missing[i].ShippedOn.In(zone)
	}
	return s
}

func mix[T any](r *rand.Rand, all []T) {
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
}

// Nothing of a package is left as a key, in either language.
func TestMake_hasWordsForEverything(t *testing.T) {
	hits := []invoicing.Hit{
		invoicing.HitStatus, invoicing.HitUnpaid, invoicing.HitAlready, invoicing.HitUnknownAttempt, invoicing.HitChangedSince, invoicing.HitLine,
		invoicing.HitDiscountOver, invoicing.HitTotalZero, invoicing.HitTotalMismatch, invoicing.HitVATMissing, invoicing.HitVATNotInForce,
		invoicing.HitVATZeroCode, invoicing.HitCurrency, invoicing.HitMasked, invoicing.HitCompanyNoNumber, invoicing.HitNumberBad,
		invoicing.HitNumberPlaceholder, invoicing.HitName, invoicing.HitAddress, invoicing.HitForeign, invoicing.HitPublicBody, invoicing.HitSpecial,
		invoicing.HitPlatformBuyer, invoicing.HitRegistryUnknown, invoicing.HitDateOrder, invoicing.HitFuture,
	}
	for _, lang := range assets.Languages() {
		w := wordsOf(t, lang)
		for month := time.January; month <= time.December; month++ {
			s := everything()
			s.Missing[0].Hits = hits
			s.Invoices[0].Kind, s.Invoices[1].Kind = domain.InvoiceEArchiveForInternet, domain.InvoiceKindNone
			s.Invoices[2].Total = s.Invoices[2].Total.Add(dec("1"))
			s.Invoices[3].HasPDF = false
			s.Listing.Asked = month%2 == 0
			for i := range s.Changes {
				s.Changes[i].What = []monthend.Altered{
					monthend.AlteredAdded, monthend.AlteredGone, monthend.AlteredTotal, monthend.AlteredCancelled, monthend.AlteredReturned, monthend.AlteredValid,
				}[i%6]
			}
			if month != time.May {
				s.Month.Month, s.Invoices = month, nil
			}
			text := told(t, w, monthend.Make(w, s))
			if left := regexp.MustCompile(`.{0,30}(monthend\.[a-z]|invoice\.(hit|kind)|month\.\d|%!|%%).{0,30}`).FindString(text); left != "" {
				t.Errorf("%s, %s: …%s…", lang, month, left)
			}
		}
	}
}

func TestMonth_isIstanbuls(t *testing.T) {
	may, err := monthend.ParseMonth("2026-05")
	if err != nil || may != monthendtest.May || may.String() != "2026-05" {
		t.Errorf("%v, %v", may, err)
	}
	for moment, in := range map[string]bool{
		"2026-04-30T20:59:59Z": false, "2026-04-30T21:00:00Z": true, "2026-05-31T20:59:59Z": true, "2026-05-31T21:00:00Z": false,
	} {
		at, err := time.Parse(time.RFC3339, moment)
		if err != nil || may.Contains(at) != in {
			t.Errorf("%s: %v, %v", moment, may.Contains(at), err)
		}
	}
	if december := (monthend.Month{Year: 2026, Month: time.December}); !december.End().Equal(time.Date(2026, 12, 31, 20, 59, 59, 0, time.UTC)) {
		t.Error(december.End())
	}
	for _, s := range []string{"", "2026", "2026-13", "2026-5", "05-2026", "2026-05-01"} {
		_, err := monthend.ParseMonth(s)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != "month" {
			t.Errorf("%q: %v", s, err)
		}
	}
}
