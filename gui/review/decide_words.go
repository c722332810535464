package review

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// refusedWords says why a decision could not be carried out.
func refusedWords(e *env, why transfer.RefusalReason) string {
	return e.T("decide.refused." + string(why))
}

// decidedWords says what was done, and how many things could not be.
func decidedWords(e *env, kind transfer.DecisionKind, done transfer.Decided) string {
	words := e.T("decide.done."+string(kind), done.Done)
	if n := len(done.Refused); n > 0 {
		words += " " + e.T("decide.refused.some", n)
	}
	return words
}

// backWords says what became of taking decisions back.
func backWords(e *env, done transfer.Decided) string {
	words := e.T("decide.back", done.Done)
	if done.Done == 0 {
		words = e.T("decide.back.none")
	}
	if n := len(done.Refused); n > 0 {
		words += " " + refusedWords(e, done.Refused[0].Why)
	}
	return words
}

// suggestedWords says what speaks for a suggestion, and how much.
func suggestedWords(e *env, s transfer.Suggestion) string {
	var parts []string
	for _, why := range s.Why {
		parts = append(parts, e.T("suggested."+string(why)))
	}
	words := e.T("suggested.score", s.Score)
	if len(parts) > 0 {
		words += " · " + strings.Join(parts, ", ")
	}
	for _, against := range s.Against {
		words += " · " + e.T("suggested."+string(against))
	}
	return words
}

// remoteFacts is what an İşbaşı product is known by, in one line.
func remoteFacts(e *env, m domain.RemoteProduct) string {
	stock := e.AmountIf(m.Stock)
	if stock != "" {
		stock = strings.TrimSpace(stock + " " + m.Unit)
	}
	return facts(e, m.Code, m.Barcode, e.MoneyIf(m.Price, m.Currency), stock, m.Brand)
}

func facts(e *env, code domain.Code, barcode domain.Barcode, price, stock, brand string) string {
	var parts []string
	for _, f := range []struct{ key, text string }{
		{"decide.code", string(code)}, {"decide.barcode", string(barcode)}, {"", price}, {"decide.stock", stock}, {"decide.brand", brand},
	} {
		switch {
		case f.text == "":
		case f.key == "":
			parts = append(parts, f.text)
		default:
			parts = append(parts, e.T(f.key, f.text))
		}
	}
	return strings.Join(parts, " · ")
}

// suitable are those of rows that a decision can be about.
func suitable(kind transfer.DecisionKind, rows []transfer.Listed) []transfer.Listed {
	var all []transfer.Listed
	for _, r := range rows {
		free := r.Outcome == transfer.OutcomeUnmatched && r.ProductID == 0
		ok := free
		switch kind {
		case transfer.DecideIgnore:
			ok = free && r.Decided != transfer.DecideIgnore
		case transfer.DecideAsk:
			ok = free && r.Decided == transfer.DecideIgnore
		case transfer.DecideSeparate:
			ok = r.Outcome == transfer.OutcomeMatched
		case transfer.DecidePair, transfer.DecideCreate:
		}
		if ok {
			all = append(all, r)
		}
	}
	return all
}

// together are those of rows that a decision about all of them takes: of several that are to be created only what is surely new.
func together(kind transfer.DecisionKind, rows []transfer.Listed) []transfer.Listed {
	if kind != transfer.DecideCreate || len(rows) < 2 {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r transfer.Listed) bool { return !r.Creatable() && !r.InStore() })
}

// remoteCompared is an İşbaşı product in the columns of the comparison, with why it waits.
func remoteCompared(e *env, r transfer.Listed) compared {
	m := r.Remote
	c := compared{why: e.T("decide.remote.why", e.Why(r.Row))}
	c.cells = [comparedColumns]string{m.Name, string(m.Code), string(m.Barcode), e.MoneyIf(m.Price, m.Currency), e.AmountIf(m.Stock), m.Brand}
	return c
}

// productCompared is a catalogue product in the same columns; why is what speaks for it.
func productCompared(e *env, m domain.RemoteProduct, p domain.Product, why string, bound domain.RemoteID) compared {
	d := decisions.Compare(m, p)
	c := compared{bound: bound != ""}
	c.cells = [comparedColumns]string{p.Name, string(p.Code), string(p.Barcode), e.MoneyIf(p.Price, p.Currency), e.AmountIf(p.Stock), p.Brand}
	c.differs = [comparedColumns]bool{comparedCode: d.Code, comparedBarcode: d.Barcode, comparedPrice: d.Times.Valid, comparedBrand: d.Brand}
	parts := kit.Filled(why)
	if why == "" && d.Barcode {
		parts = append(parts, e.T("suggested.other-barcode"))
	}
	if d.Times.Valid {
		parts = append(parts, e.T("decide.times", e.Amount(d.Times.Decimal)))
	}
	if bound != "" {
		parts = append(parts, e.T("decide.bound"))
	}
	c.why = strings.Join(parts, " · ")
	return c
}
