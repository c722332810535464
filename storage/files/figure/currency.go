package figure

import (
	"strings"
	"unicode"

	"golang.org/x/text/currency"

	"github.com/sopyo/sopyo-desktop/domain"
)

// CurrencyOf knows the spellings of the currencies that there are, also two of one: "TL (₺)", "USD - ABD Doları". What the price is of
// may stand with it: "TL/Adet".
func CurrencyOf(s string) (found domain.Currency, ok bool) {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("()[]/|-–", r) }) {
		if key := domain.NameKey(part); strings.TrimSpace(part) == "" || isPiece(key) || isMeasure(key) {
			continue
		}
		c, known := spelled(part)
		if !known || found != "" && c != found {
			return "", false
		}
		found = c
	}
	return found, found != ""
}

// spelled knows one spelling: a word, a sign, or both. A sign with something else before it is another country's: R$, A$.
func spelled(s string) (domain.Currency, bool) {
	at := strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Sc, r) })
	if at < 0 {
		return currencyWord(domain.NameKey(s))
	}
	sign, rest := []rune(s[at:])[0], ""
	c, known := map[rune]domain.Currency{'₺': domain.TRY, '$': domain.USD, '€': domain.EUR, '£': domain.GBP}[sign]
	rest = domain.NameKey(s[:at] + s[at+len(string(sign)):])
	word, _ := currencyWord(rest)
	return c, known && (rest == "" || word == c || c == domain.USD && rest == "us")
}

func currencyWord(key string) (domain.Currency, bool) {
	switch key {
	case "tl", "try", "trl", "ytl", "turklirasi", "turklira", "yeniturklirasi", "turkishlira", "lira":
		return domain.TRY, true
	case "usd", "dolar", "dollar", "dollars", "amerikandolari", "abddolari", "usdollar", "usdollars":
		return domain.USD, true
	case "eur", "euro", "euros", "avro":
		return domain.EUR, true
	case "gbp", "pound", "pounds", "sterlin", "sterling", "ingilizsterlini", "poundsterling", "britishpound":
		return domain.GBP, true
	}
	return "", false
}

// isForeign tells whether what stands around a number is a currency, though none that is known: CHF, ₽, Kanada Doları.
func isForeign(s string) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Sc, r) }) {
		return true
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if _, err := currency.ParseISO(word); err == nil {
			return true
		}
	}
	key := domain.NameKey(s)
	for _, name := range []string{"dolar", "dollar", "lira", "euro", "pound", "frank", "franc", "ruble", "riyal", "dinar", "dirhem", "yen", "yuan", "kron"} {
		if strings.Contains(key, name) {
			return true
		}
	}
	return false
}

// IsForeignCurrency knows the codes of currencies that no product can have here.
func IsForeignCurrency(w string) bool {
	switch w {
	case "chf", "rub", "sar", "aed", "jpy", "cny", "rmb", "sek", "nok", "dkk", "pln", "bgn", "ron", "azn", "kwd", "qar", "cad", "aud", "irr", "iqd", "ils", "egp", "gel", "uah", "kzt", "ruble":
		return true
	}
	return false
}
