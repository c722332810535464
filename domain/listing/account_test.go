package listing

import (
	"errors"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestAnswers_thatAreNoChoiceLeaveAQuestionOpen(t *testing.T) {
	choices := []string{"thousands", "decimals"}
	for _, c := range []struct {
		answers     Answers
		usual, want string
	}{
		{nil, "", ""},
		{Answers{"decimals:Fiyat": "decimals"}, "", "decimals"},
		{Answers{"decimals:Fiyat": "yok"}, "", ""},
		{Answers{"decimals:Fiyat": "yok"}, "thousands", "thousands"},
		{Answers{"decimals:Stok": "decimals"}, "", ""},
		{Answers{"decimals:Fiyat": "decimals"}, "thousands", "decimals"},
	} {
		q := c.answers.Ask(AskDecimals, "Fiyat", c.usual, choices, []string{"1.234"})
		if q.ID != "decimals:Fiyat" || q.Kind != AskDecimals || q.About != "Fiyat" || q.Chosen != c.want || q.Open() != (c.want == "") ||
			!slices.Equal(q.Choices, choices) || !slices.Equal(q.Samples, []string{"1.234"}) {
			t.Errorf("%v, usually %q: %+v, want %q", c.answers, c.usual, q, c.want)
		}
	}
	if q := (Answers{"sheet": "Ürünler"}).Ask(AskSheet, "", "", []string{"Ürünler", "all"}, nil); q.ID != "sheet" || q.Chosen != "Ürünler" {
		t.Errorf("%+v", q)
	}
}

func TestAccount_refusesAnswersToNothing(t *testing.T) {
	a := Account{Questions: []Question{
		Answers{}.Ask(AskDecimals, "Fiyat", "", []string{"thousands", "decimals"}, nil),
		Answers{}.Ask(AskColumn, "price", "Fiyat", []string{"Fiyat", "Liste"}, nil),
	}}
	for _, c := range []struct {
		of                   Account
		answers              Answers
		field, detail, there string
	}{
		{a, nil, "", "", ""},
		{a, Answers{"decimals:Fiyat": "thousands", "column:price": "Liste"}, "", "", ""},
		{a, Answers{"decimals:Stok": "thousands"}, "decimals:Stok", "file.unknown-question", "decimals:Fiyat, column:price"},
		{a, Answers{"decimals:Fiyat": "virgül"}, "decimals:Fiyat=virgül", "file.unknown-choice", "thousands, decimals"},
		{Account{}, Answers{"wiederholt": "sum"}, "wiederholt", "file.unknown-question", ""},
		{Account{}, Answers{"zero": "take"}, "zero", "file.unknown-question", ""},
		{Account{}, Answers{"zero:Fiyat": "take"}, "zero:Fiyat", "file.unknown-question", ""},
		{Account{}, Answers{"column:price": "Fiyat"}, "column:price", "file.unknown-question", ""},
		{Account{Columns: map[Field]string{Price: "Fiyat"}}, Answers{"zero:price": "take"}, "zero:price", "file.unknown-question", ""},
		{Account{}, Answers{"repeated": "sum", "sheet": "all"}, "", "", ""}, // not this time
		{Account{
			Columns: map[Field]string{Price: "Fiyat"}, Fallbacks: map[Field][]string{Price: {"Liste"}}, Ignored: []Ignored{{Header: "Raf"}},
		}, Answers{"zero:Fiyat": "take", "decimals:Liste": "decimals", "unused:Raf": "ignore", "column:price": "Liste"}, "", "", ""},
	} {
		err := c.of.Check(c.answers)
		if c.detail == "" {
			if err != nil {
				t.Errorf("%v: %v", c.answers, err)
			}
			continue
		}
		e := new(domain.Error)
		if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != c.field || e.Detail != c.detail {
			t.Errorf("%v: %v", c.answers, err)
			continue
		}
		if there := ""; e.Err != nil || c.there != "" {
			if e.Err != nil {
				there = e.Err.Error()
			}
			if there != c.there {
				t.Errorf("%v: names %q, want %q", c.answers, there, c.there)
			}
		}
	}
}

func TestImporter_writesNothingWhileAQuestionIsOpen(t *testing.T) {
	open := Answers{}.Ask(AskZero, "Fiyat", "", []string{"leave", "take"}, []string{"0"})
	for _, way := range []string{"plan", "take", "file"} {
		s := stocked()
		s.account = Account{Questions: []Question{open}}
		got, err := ways(s)[way](t.Context(), &Count{})
		if way == "plan" {
			if err != nil || len(got.Open()) != 1 || got.Added != 2 {
				t.Errorf("plan: %+v, %v", got, err)
			}
			continue
		}
		e := new(domain.Error)
		if !errors.As(err, &e) || e.Kind != domain.KindState || e.Field != "questions" {
			t.Errorf("%s: %v", way, err)
		}
		if got.Rows != 4 || got.Refused != 2 || got.Added != 2 || got.ProblemCount != 3 || len(got.Open()) != 1 || s.opened != 0 {
			t.Errorf("%s tells %+v", way, got) // each row once, though it is gone through twice
		}
	}
}

func TestImporter_refusesAnswersToWhatAFileDoesNotAsk(t *testing.T) {
	s := stocked()
	i := NewImporter(s, s)
	r := Reading{Answers: Answers{"zero:Fiyat": "take"}}
	for what, do := range map[string]func() (Result, error){
		"file": func() (Result, error) { return i.ImportFile(t.Context(), "a.csv", r, nil, &Count{}) },
		"plan": func() (Result, error) { return i.PlanFile(t.Context(), "a.csv", r, nil, &Count{}) },
	} {
		if _, err := do(); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	// Whoever looked at the file has questions and answers in view: what is not asked any more is no mistake.
	if _, err := i.Take(t.Context(), Order{Path: "a.csv", Mapping: Mapping{Code, ""}, Reading: r}, &Count{}); err != nil {
		t.Error(err)
	}
}
