package transfer_test

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// mixedRows are rows of every outcome, with everything that lists tell them apart by, and with values that
// are absent, equal, negative, or sort otherwise as text than as numbers.
func mixedRows(run int64) []transfer.Listed {
	outcomes := []transfer.Outcome{transfer.OutcomePending, transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed}
	reasons := []matching.Reason{"", matching.ReasonConflict, matching.ReasonAmbiguous, matching.ReasonRepeatedRemote, matching.ReasonRepeatedLocal, matching.ReasonNoCandidate, matching.ReasonPassive}
	names := []string{"ÇİKOLATA 80 GR", "Isırgan çayı", "incir", "İncir", "Zeytin_%", "şeker", "sirke"}
	codes := []domain.Code{"", "Ç-1", "C-2", "A_100%", "ı-9"}
	barcodes := []domain.Barcode{"", domain.Barcode(domaintest.GTIN13(4)), "8690504", domain.Barcode(domaintest.GTIN13(3))}
	numbers := []decimal.NullDecimal{{}, sqlitetest.Dec("100"), sqlitetest.Dec("9.9"), sqlitetest.Dec("25.5"), sqlitetest.Dec("-3"), sqlitetest.Dec("9.90")}
	var all []transfer.Listed
	for i := range 140 {
		row := domaintest.Fill[transfer.Row](i, domaintest.OneOf(transfer.OutcomeMatched))
		row.RunID, row.Outcome, row.Reason = run, outcomes[i%5], reasons[i%7]
		row.Tier = []matching.Tier{"", matching.TierCode, matching.TierBarcode}[i%3]
		row.Remote = domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(1000 - i)), Type: storedtransfer.TypeProduct, Name: names[(i*5+i/7)%7], Code: codes[i/5%5], Barcode: barcodes[i/3%4],
			Price: numbers[i/2%6], Stock: numbers[i/7%6],
		}
		row.Notes, row.Flag, row.Decided, row.ProductID = nil, "", "", 0
		if i/5%4 == 1 {
			row.Notes = []transfer.Note{transfer.NoteZeroPrice, transfer.NoteCurrency}[:1+i/20%2]
		}
		row.Flag = []matching.Flag{"", matching.FlagNotGTIN, matching.FlagVetoed}[i/5%3]
		row.Decided = []transfer.DecisionKind{"", transfer.DecideIgnore, transfer.DecideCreate, ""}[i/10%4]
		row.ProductID = []domain.ProductID{0, 0, 1, 2, 77}[i/4%5]
		// What was foreseen came, but for one part.
		row.Planned.Outcome = row.Outcome
		row.Planned.After = transfer.Values{Price: sqlitetest.Dec("1"), Currency: domain.TRY, Stock: sqlitetest.Dec("2")}
		row.Applied = row.Planned.After
		switch i / 5 % 9 {
		case 1:
			row.Planned.Outcome = ""
		case 2:
			row.Planned.Outcome = outcomes[(i+1)%5]
		case 3:
			row.Applied.Price = sqlitetest.Dec("1.5")
		case 4:
			row.Applied.Price.Valid, row.Applied.Price.Decimal = false, decimal.Decimal{}
		case 5:
			row.Applied.Currency = domain.EUR
		case 6:
			row.Applied.Stock = sqlitetest.Dec("3")
		case 7:
			row.Planned.After.Stock = decimal.NullDecimal{}
		}
		l := transfer.Listed{Row: row}
		switch row.ProductID {
		case 1:
			l.ProductName, l.ProductCode = "Birinci", "P-1"
		case 2:
			l.ProductName, l.ProductCode = "İkinci", "P-2"
		}
		all = append(all, l)
	}
	return all
}

// putMixed makes a run of mixedRows, and another one whose rows are never to be seen.
func putMixed(t *testing.T, c *sqlitetest.Company) (int64, []transfer.Listed) {
	t.Helper()
	sqlitetest.Put(t, c, domain.Product{Name: "Birinci", Code: "P-1"}, domain.Product{Name: "İkinci", Code: "P-2"})
	another := sqlitetest.Staged(t, c, sqlitetest.Remotes(2))
	confirm(t, c, another)
	r := sqlitetest.Staged(t, c, nil)
	confirm(t, c, r)
	all := mixedRows(r.ID)
	for _, l := range all {
		putRow(t, c, l.Row)
	}
	return r.ID, all
}

// asked tells whether a query wants a row, as the query's own words say.
func asked(q transfer.Query, r transfer.Row) bool {
	undecided := r.Outcome == transfer.OutcomeUnmatched && r.Decided == "" && r.ProductID == 0
	switch {
	case q.Deviating:
		return r.Deviation() != transfer.DeviationNone
	case q.Part == transfer.PartUndecided:
		return undecided
	case q.Part == transfer.PartConflict:
		return undecided && r.Reason == matching.ReasonConflict
	case q.Part == transfer.PartAmbiguous:
		return undecided && slices.Contains([]matching.Reason{matching.ReasonAmbiguous, matching.ReasonRepeatedRemote, matching.ReasonRepeatedLocal}, r.Reason)
	case q.Part == transfer.PartIgnored:
		return r.Outcome == transfer.OutcomeUnmatched && r.Decided == transfer.DecideIgnore
	case q.Attention:
		odd := len(r.Notes) > 0 || r.Flag != "" && r.Flag != matching.FlagNotGTIN
		return r.Outcome == transfer.OutcomeUnmatched || r.Outcome == transfer.OutcomeFailed || r.Outcome == transfer.OutcomeMatched && odd
	case q.Transferred:
		return r.Outcome == transfer.OutcomeMatched || r.Outcome == transfer.OutcomeUnmatched
	case q.Outcome == "":
		return r.Outcome != transfer.OutcomePending
	default:
		return r.Outcome == q.Outcome
	}
}

// contains tells whether every word of the search is in one of the texts.
func contains(search string, texts ...string) bool {
	for _, word := range strings.Fields(domain.Fold(search)) {
		if !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(domain.Fold(s), word) }) {
			return false
		}
	}
	return true
}

// compareRows is the order of a column: what is absent comes last, whatever the direction.
func compareRows(s transfer.Sort, a, b transfer.Row) (absent, order int) {
	gone := func(a, b bool) int { return cmp.Compare(map[bool]int{true: 1}[a], map[bool]int{true: 1}[b]) }
	number := func(a, b decimal.NullDecimal) (int, int) { return gone(!a.Valid, !b.Valid), a.Decimal.Cmp(b.Decimal) }
	m, n := a.Remote, b.Remote
	switch s {
	case transfer.SortName:
		return 0, bytes.Compare(domain.SortKey(m.Name), domain.SortKey(n.Name))
	case transfer.SortCode:
		return gone(m.Code == "", n.Code == ""), bytes.Compare(domain.SortKey(string(m.Code)), domain.SortKey(string(n.Code)))
	case transfer.SortBarcode:
		return gone(m.Barcode == "", n.Barcode == ""), cmp.Compare(m.Barcode, n.Barcode)
	case transfer.SortPrice:
		return number(m.Price, n.Price)
	case transfer.SortStock:
		return number(m.Stock, n.Stock)
	case transfer.SortReason:
		return 0, cmp.Or(cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Tier, b.Tier))
	default:
		return 0, 0
	}
}

func TestRows_findsAndSortsAsReckoned(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	run, all := putMixed(t, c)
	queries := []transfer.Query{
		{},
		{Transferred: true},
		{Attention: true},
		{Deviating: true},
		{Part: transfer.PartUndecided},
		{Part: transfer.PartConflict},
		{Part: transfer.PartAmbiguous},
		{Part: transfer.PartIgnored},
		{Outcome: transfer.OutcomePending},
		{Outcome: transfer.OutcomeMatched},
		{Outcome: transfer.OutcomeUnmatched},
		{Outcome: transfer.OutcomeSkipped},
		{Outcome: transfer.OutcomeFailed},
		// What counts where two are asked for.
		{Deviating: true, Part: transfer.PartIgnored},
		{Part: transfer.PartUndecided, Attention: true},
		{Attention: true, Transferred: true},
		{Transferred: true, Outcome: transfer.OutcomeFailed},
		{Search: "INCIR"},
		{Search: "gr çik"},
		{Search: "_100%"},
		{Search: "8690504"},
		{Search: "sirke c-2"},
		{Search: "zeytin_%a_100%"},
		{Search: "çay", Attention: true},
	}
	sorts := []transfer.Sort{transfer.SortRead, transfer.SortName, transfer.SortCode, transfer.SortBarcode, transfer.SortPrice, transfer.SortStock, transfer.SortReason}
	found := map[int]bool{}
	for n, q := range queries {
		q.RunID = run
		var want []int
		for i, l := range all {
			m := l.Remote
			if asked(q, l.Row) && contains(q.Search, m.Name, string(m.Code), string(m.Barcode)) {
				want = append(want, i)
				found[n] = true
			}
		}
		for s, sort := range sorts {
			for d, desc := range []bool{false, true} {
				if (n+s+d)%sqlitetest.Thinned != 0 {
					continue
				}
				q.Sort, q.Desc = sort, desc
				sorted := slices.Clone(want)
				slices.SortFunc(sorted, func(a, b int) int {
					absent, order := compareRows(q.Sort, all[a].Row, all[b].Row)
					if order = cmp.Or(order, cmp.Compare(a, b)); q.Desc {
						order = -order
					}
					return cmp.Or(absent, order)
				})
				pages := [][2]int{{0, 0}}
				if n%4 == 0 {
					pages = append(pages, [2]int{7, 0}, [2]int{5, 3}, [2]int{5, len(sorted)})
				}
				for _, page := range pages {
					q.Limit, q.Offset = page[0], page[1]
					wantListed(t, c, q, all, sorted)
				}
			}
		}
	}
	for n, q := range queries {
		if !found[n] && q.Search != "zeytin_%a_100%" {
			t.Errorf("%+v finds nothing: it proves nothing", q)
		}
	}
}

// wantListed compares a page with the rows of all that stand in sorted, field by field.
func wantListed(t *testing.T, c *sqlitetest.Company, q transfer.Query, all []transfer.Listed, sorted []int) {
	t.Helper()
	var each []transfer.Listed
	for l, err := range c.EachRow(t.Context(), q) { // whatever the page
		sqlitetest.Must(t, err)
		each = append(each, l)
	}
	if len(each) != len(sorted) {
		t.Fatalf("%+v yields %d, want %d", q, len(each), len(sorted))
	}
	for i, l := range each {
		if d := domaintest.Differences(l, all[sorted[i]]); len(d) > 0 {
			t.Errorf("%+v, one after the other, %d: %q", q, i, d)
		}
	}
	got, total, err := c.Rows(t.Context(), q)
	sqlitetest.Must(t, err)
	if total != len(sorted) {
		t.Errorf("%+v: %d in all, want %d", q, total, len(sorted))
	}
	page := sorted[min(q.Offset, len(sorted)):]
	if q.Limit > 0 {
		page = page[:min(q.Limit, len(page))]
	}
	if len(got) != len(page) {
		t.Fatalf("%+v: %d rows, want %d", q, len(got), len(page))
	}
	for i, at := range page {
		if got[i].Remote.ID != all[at].Remote.ID {
			t.Fatalf("%+v: row %d is %s, want %s", q, i, got[i].Remote.ID, all[at].Remote.ID)
		}
		sqlitetest.WantSame(t, fmt.Sprintf("%+v, row %d", q, i), got[i], all[at])
	}
}

func TestRows_areCountedAsReckoned(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	run, all := putMixed(t, c)
	groups := map[string]report.Group{}
	var planned []transfer.Listed
	for _, l := range all {
		g := report.Group{Outcome: l.Outcome, Tier: l.Tier, Reason: l.Reason, Decided: l.Decided, Flag: l.Flag, Notes: l.Notes, N: groups[groupKey(l.Row)].N + 1}
		groups[groupKey(l.Row)] = g
		if l.Planned.Outcome != "" {
			planned = append(planned, l)
		}
	}
	counted, err := c.RowGroups(t.Context(), run)
	sqlitetest.Must(t, err)
	byKey := map[string]report.Group{}
	for _, g := range counted {
		byKey[groupKey(transfer.Row{Outcome: g.Outcome, Tier: g.Tier, Reason: g.Reason, Decided: g.Decided, Flag: g.Flag, Notes: g.Notes})] = g
	}
	if len(counted) != len(groups) {
		t.Errorf("%d groups, want %d", len(counted), len(groups))
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		sqlitetest.WantSame(t, key, byKey[key], groups[key])
	}
	for _, n := range []int{0, 1, len(planned) - 1, len(planned), len(planned) + 1} {
		first, err := c.FirstPlanned(t.Context(), run, n)
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, "the first planned", first, planned[:min(n, len(planned))])
	}
}

func groupKey(r transfer.Row) string {
	return fmt.Sprint(r.Outcome, "|", r.Tier, "|", r.Reason, "|", r.Decided, "|", r.Flag, "|", r.Notes)
}
