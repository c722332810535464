package mail

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestParseAddress(t *testing.T) {
	for text, want := range map[string]Address{
		"ali@example.com":                          {Address: "ali@example.com"},
		"  ali.veli+fatura@alt.example.com.tr ":    {Address: "ali.veli+fatura@alt.example.com.tr"},
		"Ayşe Yılmaz <ayse@example.com>":           {Name: "Ayşe Yılmaz", Address: "ayse@example.com"},
		`"Yılmaz, Ayşe" <ayse@example.com>`:        {Name: "Yılmaz, Ayşe", Address: "ayse@example.com"},
		"=?utf-8?q?Ay=C5=9Fe?= <ayse@example.com>": {Name: "Ayşe", Address: "ayse@example.com"},
		"root@localhost":                           {Address: "root@localhost"},
	} {
		if got, err := ParseAddress(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"": "required", "   ": "required", "ali": "mail-address", "ali@": "mail-address", "@example.com": "mail-address",
		"ali@example.com, veli@example.com": "mail-address", "ali@example.com\r\nBcc: x@example.com": "mail-address",
		"ali@example.com\nX: y": "mail-address", "A\u2028B <ali@example.com>": "mail-address", "ali\x00@example.com": "mail-address",
		`"a b"@example.com`: "mail-address", "ali@.example.com": "mail-address", "ali@exa mple.com": "mail-address",
		"ayşe@example.com": "mail-ascii", "ali@şirket.com": "mail-ascii", strings.Repeat("a", 300) + "@example.com": "mail-address",
	} {
		_, err := ParseAddress(text)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Detail != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Whatever is taken for an address, nothing of it can end a header's line.
func FuzzParseAddress(f *testing.F) {
	f.Add("Ayşe <a@example.com>")
	f.Add("a@example.com\r\nBcc: b@example.com")
	f.Add("=?utf-8?q?a=0D=0ABcc:_b@example.com?= <a@example.com>")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAddress(s)
		if err != nil {
			return
		}
		if strings.ContainsFunc(a.Address, func(r rune) bool { return r <= ' ' || r > '~' }) || strings.Count(a.Address, "@") != 1 {
			t.Errorf("%q gives %q", s, a.Address)
		}
		if strings.ContainsAny(OneLine(a.Name), "\r\n") {
			t.Errorf("%q gives the name %q", s, a.Name)
		}
	})
}

func TestSettings_Validate(t *testing.T) {
	good := Settings{Host: "smtp.example.com", Port: 587, Security: SecurityStartTLS, User: "ali", From: "Ali <ali@example.com>"}
	for name, c := range map[string]struct {
		change func(*Settings)
		field  string
	}{
		"as it is":        {func(*Settings) {}, ""},
		"an IP":           {func(s *Settings) { s.Host = "192.168.1.4" }, ""},
		"IPv6":            {func(s *Settings) { s.Host = "[::1]" }, ""},
		"no sign-in":      {func(s *Settings) { s.User = "" }, ""},
		"no host":         {func(s *Settings) { s.Host = "" }, "host"},
		"a web address":   {func(s *Settings) { s.Host = "https://smtp.example.com" }, "host"},
		"a blank in it":   {func(s *Settings) { s.Host = "smtp .example.com" }, "host"},
		"host and a line": {func(s *Settings) { s.Host = "smtp.example.com\nx" }, "host"},
		"no port":         {func(s *Settings) { s.Port = 0 }, "port"},
		"port too large":  {func(s *Settings) { s.Port = 65536 }, "port"},
		"no security":     {func(s *Settings) { s.Security = "" }, "security"},
		"user, a line":    {func(s *Settings) { s.User = "ali\r\nx" }, "user"},
		"no from":         {func(s *Settings) { s.From = "" }, "from"},
		"from, a line":    {func(s *Settings) { s.From = "Ali\r\nBcc: x@example.com <ali@example.com>" }, "from"},
		"wrong to":        {func(s *Settings) { s.To = "ali" }, "to"},
	} {
		s := good
		c.change(&s)
		err := s.Validate()
		var e *domain.Error
		if errors.As(err, &e); (err == nil) != (c.field == "") || err != nil && (e.Field != c.field || e.Kind != domain.KindInvalid) {
			t.Errorf("%s: %v, want field %q", name, err, c.field)
		}
	}
	if d := DefaultSettings(); d.Security != SecurityStartTLS || d.Port != 587 || d.Ready() {
		t.Errorf("defaults %+v: TLS is on, and nothing is set up", d)
	}
}

func TestLetter_After(t *testing.T) {
	now := time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		err  error
		want State
	}{
		{nil, StateSent},
		{&domain.Error{Kind: domain.KindMailNetwork}, StateQueued},
		{&domain.Error{Kind: domain.KindMailLater, Detail: "451 later"}, StateQueued},
		{&domain.Error{Kind: domain.KindMailTLS}, StateQueued},
		{&domain.Error{Kind: domain.KindKeyring}, StateQueued},
		{&domain.Error{Kind: domain.KindMailUnknown}, StateUnknown},
		{&domain.Error{Kind: domain.KindMailSignIn, Detail: "535 no"}, StateRefused},
		{&domain.Error{Kind: domain.KindMailRefused, Detail: "550 no"}, StateRefused},
		{domain.Invalid("to", "mail-address"), StateRefused},
		{errors.New("a defect"), StateRefused},
	} {
		l := Letter{State: StateSending, Attempts: 2}.After(c.err, now)
		if l.State != c.want || l.Attempts != 3 || l.Cause != domain.KindOf(c.err) {
			t.Errorf("%v: %+v", c.err, l)
		}
		if waits := l.State == StateQueued; waits != l.NextAt.Equal(now.Add(15*time.Minute)) || !waits && !l.NextAt.IsZero() {
			t.Errorf("%v: next at %v", c.err, l.NextAt)
		}
		if l.State.AsksPerson() == (l.State == StateSent) {
			t.Errorf("%s asks a person: %v", l.State, l.State.AsksPerson())
		}
	}
}

func TestPause_growsToSixHours(t *testing.T) {
	before := time.Duration(0)
	for n := 1; n < 100; n++ {
		p := Pause(n)
		if p < before || p < time.Minute || p > 6*time.Hour {
			t.Fatalf("after %d attempts %v, before %v", n, p, before)
		}
		before = p
	}
	if Pause(0) != time.Minute || before != 6*time.Hour {
		t.Errorf("%v … %v", Pause(0), before)
	}
}

func TestNewMessageID_isNewAndInTheSendersDomain(t *testing.T) {
	a, b := NewMessageID("Ali <ali@example.com>"), NewMessageID("Ali <ali@example.com>")
	if a == b || !strings.HasSuffix(a, "@example.com") || strings.ContainsAny(a, " <>") {
		t.Errorf("%q, %q", a, b)
	}
	if id := NewMessageID(""); !strings.HasSuffix(id, "@sopyo.invalid") {
		t.Errorf("%q", id)
	}
}
