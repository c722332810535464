package mail

import (
	"errors"
	"net/mail"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Address is one mail address, with the name before it if there is one.
type Address struct {
	Name    string
	Address string // local@domain, ASCII only
}

// maxAddress is the longest address that mail servers take (RFC 5321).
const maxAddress = 254

// ParseAddress reads one address as people type it: a@example.com, or Ayşe Yılmaz <a@example.com>. It is
// the only way by which an address comes into a letter: nothing with a line break or another control
// character passes, and so no header can be smuggled in. The error is KindInvalid: "required" when there
// is none, "mail-address" when it is no address, "mail-ascii" when it has letters that most mail servers
// refuse (ş, ı, ü …); Field is left to the caller.
func ParseAddress(s string) (Address, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return Address{}, domain.Invalid("", "required")
	case strings.ContainsFunc(s, control):
		return Address{}, domain.Invalid("", "mail-address")
	}
	a, err := mail.ParseAddress(s)
	if err != nil {
		return Address{}, domain.Invalid("", "mail-address")
	}
	local, host, _ := strings.Cut(a.Address, "@")
	switch {
	case strings.ContainsFunc(a.Address, func(r rune) bool { return r > '~' }):
		return Address{}, domain.Invalid("", "mail-ascii")
	case len(a.Address) > maxAddress, local == "", host == "", strings.ContainsAny(a.Address, " \"\\<>(),;:"),
		strings.HasPrefix(host, "."), strings.HasSuffix(host, "."), strings.HasPrefix(host, "-"), strings.Contains(host, "@"):
		return Address{}, domain.Invalid("", "mail-address")
	}
	return Address{Name: a.Name, Address: a.Address}, nil
}

// Domain is what stands behind the @.
func (a Address) Domain() string {
	_, host, _ := strings.Cut(a.Address, "@")
	return host
}

// OneLine takes out of a text everything that could end a header's line.
func OneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, control), " ")
}

// control tells of line breaks and the other characters that have no place in a header.
func control(r rune) bool {
	return r < ' ' || r == 0x7F || r >= 0x80 && r <= 0x9F || r == 0x2028 || r == 0x2029
}

// Named puts the field into the error of ParseAddress.
func Named(err error, field string) error {
	var e *domain.Error
	if errors.As(err, &e) {
		e.Field = field
	}
	return err
}
