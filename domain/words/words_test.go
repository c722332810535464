package words_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

func TestWords_neverShowAKeyOrABrokenVerb(t *testing.T) {
	for _, lang := range assets.Languages() {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		e := words.New(text.Lang, text.T)
		for _, row := range []transfer.Row{
			{Outcome: transfer.OutcomeMatched, Tier: matching.TierBarcode, Flag: matching.FlagNotGTIN, Notes: []transfer.Note{transfer.NoteZeroPrice}},
			{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonAmbiguous, Candidates: 3},
			{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonConflict, Candidates: 3},
			{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonNoCandidate, Flag: matching.FlagVetoed},
			{Outcome: transfer.OutcomeFailed, Tier: matching.TierCode, Notes: []transfer.Note{transfer.NoteChanged}},
			{Outcome: transfer.OutcomeSkipped, Reason: matching.ReasonPassive, Skipped: true},
		} {
			why := e.Why(row)
			if why == "" || strings.Contains(why, "%") || strings.Contains(why, "reason.") || strings.Contains(why, "tier.") {
				t.Errorf("%s: %+v: %q", lang, row, why)
			}
		}
	}
}

// A detail that has words of its own is said by them: nobody ever reads a key.
func TestError_saysWhatTheDetailNames(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	e := words.New(text.Lang, text.T)
	for _, c := range []struct {
		err  domain.Error
		want string
	}{
		{domain.Error{Kind: domain.KindFile, Detail: "plan.other-company"}, text.T("plan.other-company")},
		{domain.Error{Kind: domain.KindFile, Detail: "file.open-quote", Field: "3"}, text.T("file.open-quote") + " " + text.T("file.line", "3")},
		{domain.Error{Kind: domain.KindEmptyFile, Detail: "file.empty"}, text.T("file.empty")},
		{domain.Error{Kind: domain.KindFile, Detail: "file.order-list", Field: "N11"}, text.T("file.order-list", "N11")},
		{domain.Error{Kind: domain.KindFile, Detail: "/yok.csv"}, text.T("error.file.what") + " (/yok.csv) " + text.T("error.file.do")},
		{domain.Error{Kind: domain.KindEmptyFile, Detail: "/bos"}, text.T("error.empty-file.what") + " (/bos) " + text.T("error.empty-file.do")},
		{domain.Error{Kind: domain.KindNotFound, Detail: "KOD-1"}, text.T("error.not-found.what") + " (KOD-1) " + text.T("error.not-found.do")},
	} {
		if got := e.Error(&c.err); got != c.want {
			t.Errorf("%v: %q, want %q", &c.err, got, c.want)
		}
	}
}

// A transfer that is undone, or half undone, says so rather than how it ended.
func TestRunState_saysWhatWasUndone(t *testing.T) {
	text, err := assets.NewText("en")
	if err != nil {
		t.Fatal(err)
	}
	e := words.New(text.Lang, text.T)
	now := time.Now()
	for want, r := range map[string]transfer.Run{
		"done":           {State: transfer.StateDone},
		"undone in part": {State: transfer.StateDone, UndoBegunAt: now},
		"undone":         {State: transfer.StateDone, UndoBegunAt: now, UndoneAt: now},
	} {
		if got := e.RunState(r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestGoesOn_saysTheDayWhereItIsAnotherOne(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	w := words.New(text.Lang, text.T)
	now := time.Date(2026, 11, 26, 20, 59, 0, 0, time.UTC) // 23:59 in Istanbul
	for at, want := range map[time.Time]string{
		{}:                   "",
		now:                  "Saat 23:59 itibarıyla kendiliğinden sürer.",
		now.Add(time.Minute): "27.11.2026 00:00 itibarıyla kendiliğinden sürer.",
	} {
		if got := w.GoesOn(at, now); got != want {
			t.Errorf("%v: %q", at, got)
		}
	}
}

func TestDuration(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	e := words.New(text.Lang, text.T)
	for d, want := range map[time.Duration]string{
		0:                             "1 sn",
		1400 * time.Millisecond:       "1 sn",
		43 * time.Second:              "43 sn",
		59600 * time.Millisecond:      "1 dk",
		125 * time.Second:             "2 dk 5 sn",
		80*time.Minute + time.Second:  "1 sa 20 dk",
		26*time.Hour + 59*time.Second: "26 sa 0 dk",
	} {
		if got := e.Duration(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestPriceOf_namesTheCurrency(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	e := words.New(text.Lang, text.T)
	price := decimal.NewNullDecimal(decimal.RequireFromString("1234.5"))
	for want, p := range map[string]domain.RemoteProduct{
		"1.234,50 ₺": {Price: price},
		"1.234,50 $": {Price: price, Currency: domain.USD},
		"":           {},
	} {
		if got := e.MoneyIf(p.Price, p.Currency); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestDuration_roundsToSeconds(t *testing.T) {
	const ms, s, m, h = time.Millisecond, time.Second, time.Minute, time.Hour
	for d, want := range map[time.Duration]string{
		0: "duration.seconds[1]", 400 * ms: "duration.seconds[1]", 1499 * ms: "duration.seconds[1]", 1500 * ms: "duration.seconds[2]",
		59*s + 499*ms: "duration.seconds[59]", 59*s + 500*ms: "duration.minutes[1]", m: "duration.minutes[1]",
		61 * s: "duration.minutes-seconds[1 1]", 119 * s: "duration.minutes-seconds[1 59]", 2 * m: "duration.minutes[2]", 121 * s: "duration.minutes-seconds[2 1]",
		59*m + 59*s: "duration.minutes-seconds[59 59]", 59*m + 59*s + 500*ms: "duration.hours-minutes[1 0]", h: "duration.hours-minutes[1 0]",
		h + 59*s: "duration.hours-minutes[1 0]", h + m: "duration.hours-minutes[1 1]", 25*h + 59*m + 59*s: "duration.hours-minutes[25 59]",
	} {
		if got := said.Duration(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func TestValues_inWords(t *testing.T) {
	amount := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }
	for _, c := range []struct {
		v            transfer.Values
		lang         string
		price, stock string
	}{
		{transfer.Values{}, "tr", "", ""},
		{transfer.Values{Price: amount("0"), Currency: "USD", Stock: amount("0")}, "tr", "0,00 $", "0"},
		{transfer.Values{Price: amount("1234.5"), Stock: amount("-1234.5")}, "tr", "1.234,50 ₺", "-1.234,5"},
		{transfer.Values{Price: amount("1234.5"), Stock: amount("-1234.5")}, "en", "₺1,234.50", "-1,234.5"},
		{transfer.Values{Price: amount("1"), Currency: "EUR"}, "en", "€1.00", ""},
	} {
		w := words.Words{Lang: c.lang}
		if price, stock := w.MoneyIf(c.v.Price, c.v.Currency), w.AmountIf(c.v.Stock); price != c.price || stock != c.stock {
			t.Errorf("%+v: %q, %q", c.v, price, stock)
		}
	}
}
