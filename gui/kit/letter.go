package kit

import (
	"net/url"
	"strings"
)

// keyMail is who is asked for an API key.
const keyMail = "yardim@isbasi.com"

// KeyLetter is the address that opens the mail program with the letter to Logo that asks for an API key.
func (e *Env) KeyLetter() string {
	q := url.Values{"subject": {e.T("today.letter.subject")}, "body": {e.T("today.letter")}}
	return "mailto:" + keyMail + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}
