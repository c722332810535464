package pricing

import (
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Words word keys in one language.
type Words interface {
	T(key string, args ...any) string
}

// Why words in one sentence how a price came about: its steps, its warnings, and that there is no rule.
func Why(w Words, lang string, o Offer) string {
	parts := steps(w, lang, o)
	for _, x := range o.Warnings {
		parts = append(parts, warning(w, x))
	}
	if o.Rule == nil && !o.Blocked {
		parts = append(parts, w.T("pricing.rule.none"))
	}
	return strings.Join(parts, "; ") + "."
}

// Gist words in a few words what makes a price: its warnings, or where there are none its rule.
func Gist(w Words, lang string, o Offer) string {
	if len(o.Warnings) == 0 {
		return o.Rule.Sentence(w, lang)
	}
	parts := make([]string, len(o.Warnings))
	for i, x := range o.Warnings {
		parts[i] = warning(w, x)
	}
	return strings.Join(parts, "; ")
}

// Remark words in one sentence what there is to say of a tried price: why it is blocked, waits or is
// suspicious; of one that is neither, how it came about.
func Remark(w Words, lang string, t Tried) string {
	var parts []string
	for _, x := range t.Warnings {
		parts = append(parts, warning(w, x))
	}
	if change := t.Change(); t.Found&FoundChange != 0 && change.Valid && !t.warns(WarnChange) {
		parts = append(parts, w.T("lab.remark.change", domain.FormatPercent(change.Decimal.Abs(), lang)))
	}
	if t.Found&FoundEnding != 0 {
		parts = append(parts, w.T("lab.remark.ending", domain.FormatPercent(noticedEnding, lang)))
	}
	if len(parts) == 0 {
		return Why(w, lang, t.Offer)
	}
	return strings.Join(parts, "; ") + "."
}

func warning(w Words, x Warning) string {
	return strings.TrimSuffix(w.T("pricing.warning."+string(x)), ".")
}

func steps(w Words, lang string, o Offer) (parts []string) {
	for i, s := range o.Steps {
		if s.Stage == StageRound && i > 0 && s.Price.Equal(o.Steps[i-1].Price) {
			continue // rounded already
		}
		parts = append(parts, StepSentence(w, lang, s, o))
	}
	return parts
}

// StepSentence words what a step of an offer did to its price. An offer without a currency is a bare number
// until it is exchanged, a rate without a day has none. Steps are shown with four decimals at most; the price is
// rounded from the exact one.
func StepSentence(w Words, lang string, s Step, o Offer) string {
	price, key := domain.FormatMoney(s.Price, Target, lang), "pricing.step."+string(s.Stage)
	if s.Stage == StageBase || s.Stage == StageVAT {
		if price = domain.FormatNumber(s.Price, lang); o.Currency != "" {
			price = domain.FormatMoney(s.Price, o.Currency, lang)
		}
	}
	switch s.Stage {
	case StageVAT:
		return w.T(key, domain.FormatPercent(o.VAT, lang), price)
	case StageRate:
		rate := domain.FormatNumber(o.Rate.Value, lang)
		if o.Rate.Day == "" {
			return w.T(key, rate, price)
		}
		return w.T(key+".dated", o.Rate.Day.Words(lang), rate, price)
	case StageRule:
		return w.T(key+"."+string(o.Rule.Direction), o.Rule.AmountWords(lang), price)
	case StageExtra:
		return w.T(key, domain.FormatMoney(o.Rule.Extra, Target, lang), price)
	case StageEnding:
		return w.T(key+"."+string(o.Rule.EndingMode), w.T("rule.ending"+o.Rule.Ending), price)
	default:
		return w.T(key, price)
	}
}

// Sentence words a rule: "%10 artış, ek fiyat 20,00 ₺, ,90 bitişine yukarı". nil is no rule.
func (r *Rule) Sentence(w Words, lang string) string {
	if r == nil {
		return w.T("pricing.rule.none")
	}
	parts := []string{w.T("pricing.rule."+string(r.Direction), r.AmountWords(lang))}
	if !r.Extra.IsZero() {
		parts = append(parts, w.T("pricing.rule.extra", domain.FormatMoney(r.Extra, Target, lang)))
	}
	if r.Ending != "" {
		parts = append(parts, w.T("pricing.rule.ending."+string(r.EndingMode), w.T("rule.ending"+r.Ending)))
	}
	return strings.Join(parts, ", ")
}

// AmountWords words how much a rule changes a price: %10 or 20,00 ₺.
func (r Rule) AmountWords(lang string) string {
	if r.Kind == Percent {
		return domain.FormatPercent(r.Amount, lang)
	}
	return domain.FormatMoney(r.Amount, Target, lang)
}

// Words writes a day the language's way, as ParseDay reads it: 23.11.2026, 23 Nov 2026.
func (d Day) Words(lang string) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	if lang == "en" {
		return t.Format(wordsOfDay)
	}
	return t.Format("02.01.2006")
}

// wordsOfDay is how a day is written in English.
const wordsOfDay = "2 Jan 2006"
