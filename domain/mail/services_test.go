package mail_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/mail"
)

func TestServices_canBeSentWith(t *testing.T) {
	for i, s := range mail.Services() {
		settings := mail.Settings{Host: s.Host, Security: s.Security, Port: s.Security.Port(), From: "a@example.com"}
		if err := settings.Validate(); err != nil || s.Security == mail.SecurityNone || s.Name == "" {
			t.Errorf("%+v: %v", s, err)
		}
		if got := mail.ServiceOf(" " + s.Host + " "); got != i {
			t.Errorf("%s is service %d, want %d", s.Host, got, i)
		}
	}
	for _, other := range []string{"", "smtp.example.com", "gmail.com"} {
		if got := mail.ServiceOf(other); got != -1 {
			t.Errorf("%q is service %d", other, got)
		}
	}
	if got := mail.ServiceOf("SMTP.Gmail.com"); got != 0 {
		t.Errorf("in capitals it is service %d", got)
	}
}
