package mail

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

func TestParseAddress(t *testing.T) {
	for text, want := range map[string]Address{
		"ali@example.com":                          {Address: "ali@example.com"},
		"  ali.veli+fatura@alt.example.com.tr ":    {Address: "ali.veli+fatura@alt.example.com.tr"},
		"Ayşe Yılmaz <ayse@example.com>":           {Name: "Ayşe Yılmaz", Address: "ayse@example.com"},
		`"Yılmaz, Ayşe" <ayse@example.com>`:        {Name: "Yılmaz, Ayşe", Address: "ayse@example.com"},
		"=?utf-8?q?Ay=C5=9Fe?= <ayse@example.com>": {Name: "Ayşe", Address: "ayse@example.com"},
		"root@localhost":                           {Address: "root@localhost"},
		"a~b!#$%&'*+/=?^_`{|}@example.com":         {Address: "a~b!#$%&'*+/=?^_`{|}@example.com"},
		"ali@a-b.example.com":                      {Address: "ali@a-b.example.com"},
		long(254):                                  {Address: long(254)},
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
		long(255): "mail-address", "ali@-example.com": "mail-address", "ali@example.com.": "mail-address",
		`"a@b"@example.com`: "mail-address", `""@example.com`: "mail-address", "ali@[10.0.0.1]x": "mail-address",
	} {
		_, err := ParseAddress(text)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Detail != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// long is an address of n characters.
func long(n int) string {
	const host = "@example.com"
	return strings.Repeat("a", n-len(host)) + host
}

// A quoted name before the @ may hold what would end an address or begin another one.
func TestParseAddress_refusesEverySignThatSeparatesAddresses(t *testing.T) {
	for _, sign := range " \"\\<>(),;:" {
		quoted := fmt.Sprintf(`"a%cb"@example.com`, sign)
		if strings.ContainsRune(`"\`, sign) {
			quoted = fmt.Sprintf(`"a\%cb"@example.com`, sign)
		}
		var e *domain.Error
		if _, err := ParseAddress(quoted); !errors.As(err, &e) || e.Detail != "mail-address" {
			t.Errorf("%s: %v", quoted, err)
		}
	}
}

// What Unicode calls a control character, a line or a paragraph separator has no place in a header; all
// else has.
func TestOneLine_takesOutWhatCouldEndALine(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		want, ends := "a"+string(r)+"b", unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp)
		if ends {
			want = "a b"
		}
		if got := OneLine("a" + string(r) + "b"); got != want {
			t.Errorf("%U: %q, want %q", r, got, want)
		}
		if _, err := ParseAddress("A" + string(r) + "B <a@example.com>"); ends && err == nil {
			t.Errorf("%U passes in an address", r)
		}
	}
}

func TestNamed_putsTheFieldIntoOurErrorsOnly(t *testing.T) {
	foreign := errors.New("foreign")
	for _, err := range []error{nil, foreign} {
		if got := Named(err, "to"); !errors.Is(got, err) {
			t.Errorf("%v became %v", err, got)
		}
	}
	got := Named(fmt.Errorf("around: %w", domain.Invalid("", "required")), "to")
	var e *domain.Error
	if !errors.As(got, &e) || *e != (domain.Error{Kind: domain.KindInvalid, Field: "to", Detail: "required"}) {
		t.Errorf("%v", got)
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
		"port 1":          {func(s *Settings) { s.Port = 1 }, ""},
		"port 65535":      {func(s *Settings) { s.Port = 65535 }, ""},
		"port below":      {func(s *Settings) { s.Port = -1 }, "port"},
		"TLS":             {func(s *Settings) { s.Security = SecurityTLS }, ""},
		"unprotected":     {func(s *Settings) { s.Security = SecurityNone }, ""},
		"unknown way":     {func(s *Settings) { s.Security = "ssl" }, "security"},
		"longest host":    {func(s *Settings) { s.Host = strings.Repeat("a", 253) }, ""},
		"host too long":   {func(s *Settings) { s.Host = strings.Repeat("a", 254) }, "host"},
		"longest user":    {func(s *Settings) { s.User = strings.Repeat("ş", 126) + "a" }, ""},
		"user too long":   {func(s *Settings) { s.User = strings.Repeat("ş", 127) }, "user"},
		"a right to":      {func(s *Settings) { s.To = "Ali <ali@example.com>" }, ""},
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
	// Host names, addresses of both families and their zones; nothing that a web address or a sentence has.
	inHost := regexp.MustCompile(`^[0-9A-Za-z._:%\[\]-]$`)
	for r := rune(1); r < 0x250; r++ {
		s := good
		s.Host = "a" + string(r) + "b"
		if ok := s.Validate() == nil; ok != inHost.MatchString(string(r)) {
			t.Errorf("host with %q: %v", r, ok)
		}
	}
	if d := DefaultSettings(); d.Security != SecurityStartTLS || d.Port != 587 || d.Ready() {
		t.Errorf("defaults %+v: TLS is on, and nothing is set up", d)
	}
}

// Blanks around anything typed are no part of it; nothing else changes.
func TestSettings_Normal(t *testing.T) {
	want := domaintest.Fill[Settings](0)
	padded := want
	padded.Host, padded.User, padded.From, padded.To = " "+want.Host+"\t", "\n"+want.User+" ", "\u00a0"+want.From+" ", " "+want.To+"\n"
	cases := 0
	for path, s := range domaintest.Changed(want, padded) {
		cases++
		if got := domaintest.Differences(s.Normal(), want); len(got) != 0 {
			t.Errorf("%s: %q", path, got)
		}
	}
	if cases != 4 {
		t.Errorf("%d fields of text, want all four", cases)
	}
}

func TestSettings_readyWithHostAndSender(t *testing.T) {
	for _, c := range []struct {
		s    Settings
		want bool
	}{
		{Settings{Host: "h", From: "f"}, true},
		{Settings{Host: "h"}, false},
		{Settings{From: "f"}, false},
		{Settings{}, false},
		{Settings{Port: 25, Security: SecurityTLS, User: "u", To: "t"}, false},
	} {
		if got := c.s.Ready(); got != c.want {
			t.Errorf("%+v: ready %v", c.s, got)
		}
	}
}

// The usual ports are those of RFC 6409, RFC 8314 and RFC 5321; every way that is offered is accepted.
func TestSecurity_hasItsUsualPort(t *testing.T) {
	want := map[Security]int{SecurityStartTLS: 587, SecurityTLS: 465, SecurityNone: 25}
	for i, s := range Securities() {
		if s.Port() != want[s] {
			t.Errorf("%s: port %d", s, s.Port())
		}
		if i == 0 && s != DefaultSettings().Security {
			t.Errorf("%s is offered first", s)
		}
		if err := (Settings{Host: "h", Port: s.Port(), Security: s, From: "a@b"}).Validate(); err != nil {
			t.Errorf("%s: %v", s, err)
		}
		delete(want, s)
	}
	if len(want) != 0 {
		t.Errorf("not offered: %v", want)
	}
	if Security("").Port() != 587 {
		t.Error("without a choice the port is not the protected one")
	}
}

func TestState_saysWhoseTurnItIs(t *testing.T) {
	for s, want := range map[State]struct{ waits, asks bool }{
		StateQueued: {true, true}, StateSending: {true, false}, StateSent: {false, false},
		StateUnknown: {false, true}, StateRefused: {false, true}, StateDismissed: {false, false},
	} {
		if s.Waits() != want.waits || s.AsksPerson() != want.asks {
			t.Errorf("%s: waits %v, asks %v", s, s.Waits(), s.AsksPerson())
		}
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
		{&domain.Error{Kind: domain.KindCancelled}, StateQueued},
		{fmt.Errorf("send: %w", &domain.Error{Kind: domain.KindMailUnknown, Detail: "cut"}), StateUnknown},
		{&domain.Error{Kind: domain.KindMailSignIn, Detail: "535 no"}, StateRefused},
		{&domain.Error{Kind: domain.KindMailMethod, Detail: "AUTH NTLM"}, StateRefused},
		{&domain.Error{Kind: domain.KindMailRefused, Detail: "550 no"}, StateRefused},
		{domain.Invalid("to", "mail-address"), StateRefused},
		{errors.New("a defect"), StateRefused},
	} {
		before := domaintest.Fill[Letter](0)
		before.State, before.Attempts = StateSending, 2
		want := before
		want.State, want.Attempts, want.ChangedAt, want.NextAt = c.want, 3, now, time.Time{}
		want.Cause, want.Detail = domain.KindOf(c.err), ""
		if c.want == StateQueued {
			want.NextAt = now.Add(15 * time.Minute) // the third pause
		}
		var e *domain.Error
		if errors.As(c.err, &e) {
			want.Detail = e.Detail
		}
		if got := domaintest.Differences(before.After(c.err, now), want); len(got) != 0 {
			t.Errorf("%v: %q", c.err, got)
		}
	}
}

func TestPause_growsToSixHours(t *testing.T) {
	minutes := []int{1, 1, 5, 15, 60, 180, 360, 360, 360}
	for n, want := range minutes {
		if got := Pause(n); got != time.Duration(want)*time.Minute {
			t.Errorf("after %d attempts %v, want %d minutes", n, got, want)
		}
	}
	if Pause(1_000_000) != 6*time.Hour || Pause(-1) != time.Minute {
		t.Error("a pause outside the table")
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
