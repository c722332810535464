// Package mail is the letters that leave the program: who sends them, to whom, and the queue in which a
// letter waits until it is sent, at most once unattended (rules.md §6). It knows no network.
package mail

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Security is how the line to the mail server is protected.
type Security string

// The ways. SecurityNone sends everything, the password too, as it is: only when a person chose it.
const (
	SecurityStartTLS Security = "starttls" // begins in the open and must turn to TLS before anything is said
	SecurityTLS      Security = "tls"      // TLS from the first byte
	SecurityNone     Security = "none"
)

// Securities lists the ways in the order a person is offered them.
func Securities() []Security { return []Security{SecurityStartTLS, SecurityTLS, SecurityNone} }

// Port is the usual port of a way.
func (s Security) Port() int {
	switch s {
	case SecurityTLS:
		return 465
	case SecurityNone:
		return 25
	default:
		return 587
	}
}

// Settings are this machine's sender. The password is not among them: it is in the keyring only.
type Settings struct {
	Host     string   `json:"host"` // "": nothing was set up
	Port     int      `json:"port"`
	Security Security `json:"security"`
	User     string   `json:"user"` // "": the server asks for no sign-in
	From     string   `json:"from"` // an address, or Name <address>
	To       string   `json:"to"`   // whom a new transfer proposes for its report; "" = nobody
}

// DefaultSettings are those of a new machine: TLS is on.
func DefaultSettings() Settings {
	return Settings{Security: SecurityStartTLS, Port: SecurityStartTLS.Port()}
}

// Ready tells whether letters can be sent.
func (s Settings) Ready() bool { return s.Host != "" && s.From != "" }

// Normal is s without the blanks that people leave around what they type.
func (s Settings) Normal() Settings {
	s.Host, s.User = strings.TrimSpace(s.Host), strings.TrimSpace(s.User)
	s.From, s.To = strings.TrimSpace(s.From), strings.TrimSpace(s.To)
	return s
}

// maxName is the longest name of a host, and of anything else here that is typed.
const maxName = 253

// Validate refuses what cannot be sent with; the error's Field is the setting's name in JSON.
func (s Settings) Validate() error {
	switch {
	case s.Host == "":
		return domain.Invalid("host", "required")
	case len(s.Host) > maxName || strings.ContainsFunc(s.Host, notInHost):
		return domain.Invalid("host", "mail-host")
	case s.Port < 1 || s.Port > 65535:
		return domain.Invalid("port", "mail-port")
	case s.Security != SecurityStartTLS && s.Security != SecurityTLS && s.Security != SecurityNone:
		return domain.Invalid("security", "choose")
	case len(s.User) > maxName || strings.ContainsFunc(s.User, control):
		return domain.Invalid("user", "mail-user")
	}
	if _, err := ParseAddress(s.From); err != nil {
		return Named(err, "from")
	}
	if s.To == "" {
		return nil
	}
	_, err := ParseAddress(s.To)
	return Named(err, "to")
}

// notInHost tells of the characters that no host name or address has: a pasted web address has some.
func notInHost(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	return !letter && !strings.ContainsRune("0123456789-._:[]%", r)
}
