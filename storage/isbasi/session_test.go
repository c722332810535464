package isbasi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// books answers like an İşbaşı that knows one token and gives out the next one.
type books struct {
	mu      sync.Mutex
	valid   string
	next    string
	tenant  string
	refuse  string // message of a refused login, "" = accepted
	plain   bool   // 401 stands in the envelope only
	baseURL string
}

func (b *books) answer(req *http.Request) (*http.Response, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if strings.HasSuffix(req.URL.Path, "integrationLogin") {
		if b.refuse != "" {
			return reply(req, http.StatusOK, refusal(599, b.refuse)), nil
		}
		b.valid = b.next
		return reply(req, http.StatusOK, good(`{"accessToken":"`+b.next+`","tenantId":"`+b.tenant+`","baseUrl":"`+b.baseURL+`"}`)), nil
	}
	if req.Header.Get("Authorization") != "Bearer "+b.valid {
		if b.plain {
			return reply(req, http.StatusOK, refusal(401, "Oturum süresi doldu.")), nil
		}
		return reply(req, http.StatusUnauthorized, "<html>401</html>"), nil
	}
	return reply(req, http.StatusOK, good(`{"count":0,"data":null}`)), nil
}

const loginPath = "user/integrationLogin"

func TestSession_sendsTheHeaders(t *testing.T) {
	c, n := over(t, Options{}, (&books{valid: testToken}).answer)
	if err := c.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"apiKey": testKey, "Authorization": "Bearer " + testToken, "tenantId": testTenant, "UserId": "1234",
		"UserEmail": "owner@example.com", "UserName": "owner@example.com", "Lang": "tr-TR",
		"Content-Type": "application/json; charset=utf-8", "DeviceType": "WEB", "DeviceName": "Sopyo Desktop",
	} {
		if got := n.sent[0].Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := n.sent[0].URL.Host; got != "lite-mw.isbasi.com" {
		t.Errorf("host %s", got)
	}
}

// A session of the browser has no login name: the calls name the user as the login answer did.
func TestSession_namesTheUser(t *testing.T) {
	for name, tc := range map[string]struct{ login, answered, want string }{
		"by login":               {"owner@example.com", "", "owner@example.com"},
		"by the answer":          {"", "sahip@example.com", "sahip@example.com"},
		"by the answer, of both": {"owner@example.com", "sahip@example.com", "sahip@example.com"},
	} {
		c, n := over(t, Options{}, (&books{valid: testToken}).answer)
		s := testSession()
		s.UserName, s.UserEmail = tc.login, tc.answered
		c.Use(s)
		if err := c.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		if h := n.sent[0].Header; h.Get("UserEmail") != tc.want || h.Get("UserName") != tc.want {
			t.Errorf("%s: %q, %q", name, h.Get("UserEmail"), h.Get("UserName"))
		}
	}
}

// A service that wants to know the user is asked in vain once: until one is named, the next calls of its kind are not sent.
func TestSession_withoutAUserIsSaidAndAskedOnce(t *testing.T) {
	wants := refusal(599, "UserEmail zorunludur.\r\nUserName zorunludur.")
	c, n := over(t, Options{}, func(r *http.Request) (*http.Response, error) {
		if r.Header.Get("UserEmail") == "" {
			return reply(r, http.StatusOK, wants), nil
		}
		return reply(r, http.StatusOK, good(`{"count":0,"dataList":[]}`)), nil
	})
	named := func(c *Client, email string) {
		s := testSession()
		s.UserName, s.UserEmail = "", email
		c.Use(s)
	}
	list := func(c *Client) error {
		for _, err := range c.Invoices(t.Context(), domain.ListQuery{}) {
			return err
		}
		return nil
	}
	named(c, "")
	for range 3 {
		wantKind(t, list(c), domain.KindNoUser)
	}
	if len(n.sent) != 1 {
		t.Errorf("%d calls", len(n.sent))
	}
	wantKind(t, c.Ping(t.Context()), domain.KindNoUser) // another kind of call
	if len(n.sent) != 2 {
		t.Errorf("%d calls", len(n.sent))
	}
	named(c, "ayse@firma.example")
	if err := list(c); err != nil {
		t.Error(err)
	}
	// Who is named and refused all the same is refused for what İşbaşı says.
	other, _ := over(t, Options{}, func(r *http.Request) (*http.Response, error) { return reply(r, http.StatusOK, wants), nil })
	named(other, "baska@firma.example")
	wantKind(t, list(other), domain.KindRejected)
}

func TestSession_noneIsNeedsSignIn(t *testing.T) {
	c, n := over(t, Options{}, (&books{}).answer)
	c.Use(domain.Session{})
	wantKind(t, c.Ping(t.Context()), domain.KindNeedsSignIn)
	if _, ok := c.Session(); ok || len(n.sent) != 0 {
		t.Errorf("session %v, %d calls", ok, len(n.sent))
	}
}

func TestSession_renewsOnceAndKeeps(t *testing.T) {
	for name, plain := range map[string]bool{"by status": false, "by envelope": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var kept []domain.Session
				keep := func(_ context.Context, s domain.Session) error {
					kept = append(kept, s)
					return errors.New("no keyring") // must not end the call
				}
				b := &books{valid: "other", next: "fresh", tenant: testTenant, plain: plain, baseURL: "https://integration.isbasi.com/api"}
				c, n := over(t, Options{Keep: keep}, b.answer)
				if err := c.Ping(t.Context()); err != nil {
					t.Fatal(err)
				}
				s, ok := c.Session()
				if !ok || s.Token.Reveal() != "fresh" || len(kept) != 1 || kept[0].Token != s.Token {
					t.Errorf("session %v, kept %d", ok, len(kept))
				}
				if s.UserID != "1234" || s.UserName != "owner@example.com" || s.UserKey.Reveal() != testUserKey {
					t.Error("the renewal lost what the login does not answer")
				}
				if n.count(loginPath) != 1 || len(n.sent) != 3 {
					t.Errorf("%d calls, %d sign-ins", len(n.sent), n.count(loginPath))
				}
				if got := n.sent[2].URL.Host; got != "integration.isbasi.com" {
					t.Errorf("replayed at %s", got)
				}
				want := `{"username":"owner@example.com","password":"` + testPassword + `","appUserKey":"` + testUserKey + `","tenantId":"` + testTenant + `"}`
				if got := bodyOf(t, n.sent[1]); got != want {
					t.Errorf("login body differs: %d characters, want %d", len(got), len(want))
				}
			})
		})
	}
}

func TestSession_concurrentCallsRenewOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &books{valid: "other", next: "fresh", tenant: testTenant}
		c, n := over(t, Options{}, b.answer)
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if err := c.Ping(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := n.count(loginPath); got != 1 {
			t.Errorf("%d sign-ins, want 1", got)
		}
	})
}

func TestSession_refusedRenewalIsAskedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &books{valid: "other", refuse: "Kullanıcı adı veya şifre hatalı. " + testPassword}
		c, n := over(t, Options{}, b.answer)
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				err := c.Ping(t.Context())
				if domain.KindOf(err) != domain.KindNeedsSignIn || strings.Contains(err.Error(), testPassword) {
					t.Errorf("%v", err)
				}
			})
		}
		wg.Wait()
		if got := n.count(loginPath); got != 1 {
			t.Errorf("%d sign-ins, want 1", got)
		}
		b.refuse, b.next, b.tenant = "", "fresh", testTenant
		c.Use(testSession())
		if err := c.Ping(t.Context()); err != nil {
			t.Errorf("after a new session: %v", err)
		}
	})
}

func TestSession_401AfterRenewalIsNeedsSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
			if strings.HasSuffix(req.URL.Path, loginPath) {
				return reply(req, http.StatusOK, loginAnswer("fresh")), nil
			}
			return reply(req, http.StatusUnauthorized, ""), nil
		})
		wantKind(t, c.Ping(t.Context()), domain.KindNeedsSignIn)
		if len(n.sent) != 3 {
			t.Errorf("%d calls, want 3", len(n.sent))
		}
	})
}

func TestSession_renewalIntoAnotherFirmIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &books{valid: "other", next: "fresh", tenant: "another"}
		c, _ := over(t, Options{}, b.answer)
		wantKind(t, c.Ping(t.Context()), domain.KindOtherFirm)
		if s, _ := c.Session(); s.Token.Reveal() != testToken {
			t.Error("the other firm's session is in use")
		}
	})
}

func TestSession_tokenIsFetchedBeforehand(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for name, change := range map[string]func(*domain.Session){
		"missing": func(s *domain.Session) { s.Token = domain.Secret{} },
		"ended":   func(s *domain.Session) { s.TokenEndsAt = now },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &books{valid: testToken, next: "fresh", tenant: testTenant}
				c, n := over(t, Options{Now: func() time.Time { return now }}, b.answer)
				s := testSession()
				change(&s)
				c.Use(s)
				if err := c.Ping(t.Context()); err != nil {
					t.Fatal(err)
				}
				if n.count(loginPath) != 1 || len(n.sent) != 2 {
					t.Errorf("%d calls, %d sign-ins", len(n.sent), n.count(loginPath))
				}
				if s, _ := c.Session(); !s.TokenEndsAt.Equal(now.Add(24 * time.Hour)) {
					t.Errorf("ends at %s", s.TokenEndsAt)
				}
			})
		})
	}
}

func TestSession_renewalOutOfReachIsNotARefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down := true
		b := &books{valid: "other", next: "fresh", tenant: testTenant}
		c, _ := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
			if down && strings.HasSuffix(req.URL.Path, loginPath) {
				return reply(req, http.StatusBadGateway, "<html>"), nil
			}
			return b.answer(req)
		})
		wantKind(t, c.Ping(t.Context()), domain.KindUnavailable)
		down = false
		if err := c.Ping(t.Context()); err != nil {
			t.Errorf("once İşbaşı is back: %v", err)
		}
	})
}

func TestSession_waitingForTheRenewalCanBeCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		b := &books{valid: "other", next: "fresh", tenant: testTenant}
		c, _ := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
			if strings.HasSuffix(req.URL.Path, loginPath) {
				<-release
			}
			return b.answer(req)
		})
		first := make(chan error, 1)
		go func() { first <- c.Ping(t.Context()) }()
		synctest.Wait() // the first call is in its sign-in now
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		wantKind(t, c.Ping(ctx), domain.KindCancelled)
		close(release)
		if err := <-first; err != nil {
			t.Error(err)
		}
	})
}

func TestSession_renewalDoesNotBringBackAReplacedSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &books{valid: "other", next: "fresh", tenant: testTenant}
		var c *Client
		c, _ = over(t, Options{Keep: func(context.Context, domain.Session) error {
			t.Error("a replaced session was kept")
			return nil
		}}, func(req *http.Request) (*http.Response, error) {
			if strings.HasSuffix(req.URL.Path, loginPath) {
				c.Use(domain.Session{}) // the person forgets the authorisation meanwhile
			}
			return b.answer(req)
		})
		_ = c.Ping(t.Context()) // its own outcome does not matter here
		if _, ok := c.Session(); ok {
			t.Error("the forgotten session came back")
		}
	})
}

func TestSession_sendsNoEmptyHeaders(t *testing.T) {
	c, n := over(t, Options{}, (&books{valid: testToken}).answer)
	s := testSession()
	s.TenantID, s.UserID, s.UserName = "", "", ""
	c.Use(s)
	if err := c.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tenantId", "UserId", "UserEmail", "UserName"} {
		if got, there := n.sent[0].Header[http.CanonicalHeaderKey(name)]; there {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := n.sent[0].Header.Get("Accept"); got != "application/json" {
		t.Errorf("accepts %q", got)
	}
}

func TestSession_renewalKeepsTheFirm(t *testing.T) {
	in := func(tenant, user string) domain.Session {
		return domain.Session{Credentials: domain.Credentials{TenantID: tenant}, UserID: user}
	}
	const upper = "7B0E0C0E-0000-4000-8000-000000000009"
	for name, tc := range map[string]struct {
		held, answered string // the firm
		user           string // as it is answered
		want           domain.Session
		kind           domain.Kind
	}{
		"the same":            {testTenant, testTenant, "77", in(testTenant, "77"), ""},
		"in capitals":         {testTenant, upper, "", in(upper, "1234"), ""},
		"not said":            {testTenant, "", "", in(testTenant, "1234"), ""},
		"said the first time": {"", testTenant, "77", in(testTenant, "77"), ""},
		"never said":          {"", "", "", in("", "1234"), ""},
		"another":             {testTenant, "x", "77", in(testTenant, "1234"), domain.KindOtherFirm},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
			logins := 0
			c, _ := over(t, Options{Now: func() time.Time { return now }, Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, func(req *http.Request) (*http.Response, error) {
				if strings.HasSuffix(req.URL.Path, loginPath) {
					logins++
					return reply(req, 200, good(`{"accessToken":"fresh","tenantId":"`+tc.answered+`","userId":"`+tc.user+`"}`)), nil
				}
				if req.Header.Get("Authorization") != "Bearer fresh" {
					return reply(req, 401, ""), nil
				}
				return reply(req, 200, good(`{"count":0,"data":null}`)), nil
			})
			s := testSession()
			s.TenantID = tc.held
			c.Use(s)
			wantKind(t, c.Ping(t.Context()), tc.kind)
			wantKind(t, c.Ping(t.Context()), tc.kind) // asked once, whatever came of it
			want := s
			want.TenantID, want.UserID = tc.want.TenantID, tc.want.UserID
			if tc.kind == "" {
				want.Token, want.TokenEndsAt, want.BaseURL = domain.NewSecret("fresh"), now.Add(24*time.Hour), "http://127.0.0.1:9"
				want.UserEmail = "owner@example.com"
			}
			got, _ := c.Session()
			if d := domaintest.Differences(got, want); len(d) != 0 || logins != 1 {
				t.Errorf("%d sign-ins, %v", logins, d)
			}
		})
	}
}

func TestSession_tokenIsUsedTillItsEnd(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		ends   time.Time
		logins int
	}{"a moment before": {now.Add(1), 0}, "at its end": {now, 1}, "a moment after": {now.Add(-1), 1}, "nobody knows": {time.Time{}, 0}} {
		b := &books{valid: testToken, next: "fresh", tenant: testTenant}
		c, n := over(t, Options{Now: func() time.Time { return now }, Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, b.answer)
		s := testSession()
		s.TokenEndsAt = tc.ends
		c.Use(s)
		if err := c.Ping(t.Context()); err != nil || n.count(loginPath) != tc.logins {
			t.Errorf("%s: %d sign-ins, %v", name, n.count(loginPath), err)
		}
	}
}

func TestSession_renewalThatFailsSaysWhy(t *testing.T) {
	for name, tc := range map[string]struct {
		answer reaction
		want   domain.Kind
		detail string
		logins int // of two calls
	}{
		"refused":       {says(refusal(599, "Şifre hatalı")), domain.KindNeedsSignIn, "Şifre hatalı", 1},
		"forbidden":     {saysStatus(403, refusal(403, "hayır")), domain.KindNeedsSignIn, "hayır", 1},
		"unauthorised":  {saysStatus(401, ""), domain.KindNeedsSignIn, "", 1},
		"out of order":  {saysStatus(502, gatewayPage), domain.KindUnavailable, "", 2},
		"no answer":     {breaks(errCut), domain.KindNetwork, "", 2},
		"without token": {says(good(`{}`)), domain.KindBadAnswer, "", 2},
		"used up":       {saysStatus(429, ""), domain.KindSlowDown, "", 2},
	} {
		for _, token := range []string{"", testToken} { // fetched beforehand, and after a 401
			t.Run(name+token, func(t *testing.T) {
				log := &capture{}
				c, n := over(t, Options{Log: log.log(), Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true, Keep: func(context.Context, domain.Session) error {
					t.Error("a session that nobody has renewed is kept")
					return nil
				}}, func(req *http.Request) (*http.Response, error) {
					if !strings.HasSuffix(req.URL.Path, loginPath) {
						return reply(req, 401, ""), nil
					}
					if tc.answer.err != nil {
						return nil, tc.answer.err
					}
					return reply(req, tc.answer.status, tc.answer.body), nil
				})
				s := testSession()
				s.Token = domain.NewSecret(token)
				c.Use(s)
				for range 2 {
					err := c.ActivateProducts(t.Context(), matara)
					if wantKind(t, err, tc.want); detailOf(err) != tc.detail {
						t.Errorf("detail %q", detailOf(err))
					}
				}
				if got, _ := c.Session(); n.count(loginPath) != tc.logins || got.Token != s.Token {
					t.Errorf("%d sign-ins", n.count(loginPath))
				}
			})
		}
	}
}

func TestSession_takenAwayMeanwhileIsNotRenewed(t *testing.T) {
	c, n := over(t, Options{}, (&books{}).answer)
	c.Use(domain.Session{})
	if _, err := c.session.renewed(t.Context(), domain.NewSecret(testToken)); domain.KindOf(err) != domain.KindNeedsSignIn || len(n.sent) != 0 {
		t.Errorf("%v after %d calls", err, len(n.sent))
	}
}

func TestSession_thatCannotBeKeptIsSaidInTheLog(t *testing.T) {
	for _, fail := range []error{nil, domain.E(domain.KindKeyring, "write", errCut)} {
		log := &capture{}
		c, _ := over(t, Options{Log: log.log(), Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true, Keep: func(context.Context, domain.Session) error { return fail }},
			(&books{valid: "other", next: "fresh", tenant: testTenant}).answer)
		if err := c.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(log.text(), "kind=keyring") != (fail != nil) {
			t.Errorf("%v: %s", fail, log.text())
		}
	}
}

// spent is a signed request whose body cannot be had again at the n-th time.
func spent(t *testing.T, n int) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(withSession(t.Context(), true), http.MethodPost, "https://isbasimw.isbasi.com/x", strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	whole, times := req.GetBody, 0
	req.GetBody = func() (io.ReadCloser, error) {
		if times++; times == n {
			return nil, errCut
		}
		return whole()
	}
	return req
}

func TestSession_bodyThatCannotBeHadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for n := 1; n <= 2; n++ {
			c, net := over(t, Options{}, nil)
			net.answer = func(req *http.Request) (*http.Response, error) {
				return reply(req, http.StatusUnauthorized, ""), nil
			}
			c.session.next = net
			c.session.renew = func(_ context.Context, s domain.Session) (domain.Session, error) {
				s.Token = domain.NewSecret("fresh")
				return s, nil
			}
			_, err := c.session.RoundTrip(spent(t, n))
			if domain.KindOf(err) != domain.KindInternal || !errors.Is(err, errCut) || len(net.sent) != n-1 {
				t.Errorf("signed body %d: %v after %d", n, err, len(net.sent))
			}
		}
	})
}
