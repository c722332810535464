package xlsx

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/nfp"

	"github.com/sopyo/sopyo-desktop/storage/files/charset"
)

// isDate tells whether a section shows dates or times. Letters beside places of digits are words that nobody has quoted
// (0.00 EUR), save those of parts of a second.
func isDate(tokens []nfp.Token) bool {
	dates, digits, seconds := false, false, false
	for _, t := range tokens {
		switch t.TType {
		case nfp.TokenTypeDateTimes, nfp.TokenTypeElapsedDateTimes:
			dates = dates || strings.Trim(charset.ASCIILower(t.TValue), "ymdhs") == ""
			seconds = strings.Trim(charset.ASCIILower(t.TValue), "s") == ""
		case nfp.TokenTypeDecimalPoint:
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			digits = digits || !seconds
		default:
			seconds = false
		}
	}
	return dates && !digits
}

// isEnglish tells whether a format's locale is not the machine's and not Turkish: its months are taken for English then.
func isEnglish(tokens []nfp.Token) bool {
	for _, t := range tokens {
		if t.TType != nfp.TokenTypeCurrencyLanguage {
			continue
		}
		for _, p := range t.Parts {
			if p.Token.TType == nfp.TokenSubTypeLanguageInfo {
				switch charset.ASCIILower(p.Token.TValue) {
				case "41f", "f800", "f400":
				default:
					return true
				}
			}
		}
	}
	return false
}

// lastDay is 31 December 9999, the last one that Excel shows.
const lastDay = 2_958_466

var turkishMonths = []string{"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"}

var turkishDays = []string{"Pazar", "Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi"}

var turkishDaysShort = []string{"Paz", "Pzt", "Sal", "Çar", "Per", "Cum", "Cmt"}

// showDate writes a number of days as the date that a person sees; ok = false where Excel shows none.
func showDate(tokens []nfp.Token, days decimal.Decimal, era1904, english bool) (text string, ok bool) {
	if days.IsNegative() || days.GreaterThanOrEqual(decimal.NewFromInt(lastDay)) {
		return "", false
	}
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if era1904 {
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if days.LessThan(decimal.NewFromInt(60)) {
		from = from.AddDate(0, 0, 1) // Excel has a 29 February 1900
	}
	whole := days.Truncate(0)
	seconds := days.Sub(whole).Mul(decimal.NewFromInt(24 * 60 * 60)).Round(0).IntPart()
	at := from.AddDate(0, 0, int(whole.IntPart())).Add(time.Duration(seconds) * time.Second)
	elapsed := whole.IntPart()*24*60*60 + seconds
	var out strings.Builder
	noon := hasNoon(tokens)
	for i, t := range tokens {
		switch t.TType {
		case nfp.TokenTypeLiteral:
			out.WriteString(t.TValue)
		case nfp.TokenTypeElapsedDateTimes:
			each := map[byte]int64{'h': 60 * 60, 'm': 60, 's': 1}[charset.ASCIILower(t.TValue)[0]]
			fmt.Fprintf(&out, "%0*d", len(t.TValue), elapsed/max(each, 1))
		case nfp.TokenTypeDateTimes:
			part := charset.ASCIILower(t.TValue)
			if strings.Trim(part, "m") == "" && len(part) <= 2 && isMinute(tokens, i) {
				fmt.Fprintf(&out, "%0*d", len(part), at.Minute())
				continue
			}
			out.WriteString(datePart(part, at, english, noon))
		}
	}
	return strings.TrimSpace(out.String()), true
}

func datePart(part string, at time.Time, english, noon bool) string {
	month, short, day, shortDay := turkishMonths[at.Month()-1], "", turkishDays[at.Weekday()], turkishDaysShort[at.Weekday()]
	if english {
		month, day = at.Month().String(), at.Weekday().String()
		shortDay = day[:3]
	}
	short = string([]rune(month)[:3])
	switch part {
	case "yy", "y":
		return at.Format("06")
	case "yyy", "yyyy":
		return at.Format("2006")
	case "m", "d", "s":
		return fmt.Sprint(map[string]int{"m": int(at.Month()), "d": at.Day(), "s": at.Second()}[part])
	case "mm", "dd", "ss":
		return fmt.Sprintf("%02d", map[string]int{"mm": int(at.Month()), "dd": at.Day(), "ss": at.Second()}[part])
	case "mmm":
		return short
	case "mmmm":
		return month
	case "mmmmm":
		return string([]rune(month)[:1])
	case "ddd":
		return shortDay
	case "dddd":
		return day
	case "h", "hh":
		hour := at.Hour()
		if noon {
			hour = (hour+11)%12 + 1
		}
		return fmt.Sprintf("%0*d", len(part), hour)
	case "am/pm", "a/p":
		if english {
			return at.Format("PM")
		}
		return map[bool]string{true: "ÖÖ", false: "ÖS"}[at.Hour() < 12]
	}
	return ""
}

func hasNoon(tokens []nfp.Token) bool {
	for _, t := range tokens {
		if part := charset.ASCIILower(t.TValue); t.TType == nfp.TokenTypeDateTimes && (part == "am/pm" || part == "a/p") {
			return true
		}
	}
	return false
}

// isMinute tells an m between hours and seconds from a month.
func isMinute(tokens []nfp.Token, i int) bool {
	for j := i - 1; j >= 0; j-- {
		if t := tokens[j]; t.TType == nfp.TokenTypeDateTimes || t.TType == nfp.TokenTypeElapsedDateTimes {
			if part := charset.ASCIILower(t.TValue); part[0] == 'h' {
				return true
			}
			break
		}
	}
	for _, t := range tokens[i+1:] {
		if t.TType == nfp.TokenTypeDateTimes || t.TType == nfp.TokenTypeElapsedDateTimes {
			return charset.ASCIILower(t.TValue)[0] == 's'
		}
	}
	return false
}
