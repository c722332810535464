package mail

import (
	"crypto/rand"
)

// NewMessageID makes the id of a new letter from an address: random, in the domain of the address, as mail
// servers expect it.
func NewMessageID(from string) string {
	host := "sopyo.invalid"
	if a, err := ParseAddress(from); err == nil {
		host = a.Domain()
	}
	return "sopyo." + rand.Text() + "@" + host
}
