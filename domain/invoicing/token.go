package invoicing

import (
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"
)

// Token marks the invoice of an order in its description: [SM:xxxxxxxx].
type Token string

// TokenOf makes the token of an order of İşbaşı's firm (orders-invoices.md §5). It is the same on every
// machine and after every restore, so it can be computed for an order and looked for. The company's own
// name here is not in it.
func TokenOf(tenantID string, k Key) Token {
	const letters = 8
	sum := sha256.Sum256([]byte(strings.Join([]string{tenantID, k.Marketplace, k.Package, string(k.Direction)}, "\n")))
	return Token("[SM:" + lowerBase32.EncodeToString(sum[:])[:letters] + "]")
}

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")

// FindTokens gives the tokens in an invoice's description, as they stand there.
func FindTokens(description string) []Token {
	var tokens []Token
	for _, t := range tokenForm.FindAllString(description, -1) {
		tokens = append(tokens, Token(t))
	}
	return tokens
}

var tokenForm = regexp.MustCompile(`\[SM:[a-z2-7]{8}\]`)
