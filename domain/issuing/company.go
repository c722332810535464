package issuing

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// WarnLooksCompany warns of a buyer without a number who is called as companies are: it would get an e-Arşiv as a consumer.
const WarnLooksCompany = "looks_company"

// looksLikeCompany tells whether a name ends in what only companies are called: Ltd., Şti., A.Ş. and the like.
func looksLikeCompany(name string) bool {
	words := strings.FieldsFunc(domain.Fold(name), func(r rune) bool { return r == ' ' || r == '.' || r == ',' || r == '-' || r == '/' })
	for i, w := range words {
		switch w {
		case "ltd", "sti", "limited", "anonim", "sirketi", "kooperatifi", "holding", "gmbh", "inc":
			return true
		case "a", "as": // A.Ş., and AŞ at the end
			if w == "as" && i == len(words)-1 && i > 0 || w == "a" && i+1 < len(words) && words[i+1] == "s" {
				return true
			}
		}
	}
	return false
}
