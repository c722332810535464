package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestConnection_isKeptWholeAndKnownInTheNextSitting(t *testing.T) {
	h := newHouse(t, sandbox.Options{TenantName: "Deneme Ticaret"})
	none, err := h.Connection(t.Context())
	if err != nil || none.Authorised || none.KeyTail != "" {
		t.Errorf("before: %+v, %v", none, err)
	}
	in, err := h.Authorise(t.Context(), account(), domain.Browser{})
	if err != nil {
		t.Fatal(err)
	}
	if conn, err := h.Connection(t.Context()); err != nil || conn.Authorised || len(h.vault.secrets(string(h.Info.ID))) != 0 {
		t.Errorf("kept before anybody confirmed: %+v, %v", conn, err)
	}
	in.Connection = domaintest.Fill[domain.Connection](2, domaintest.OneOf(domain.EnvironmentLive))
	in.Connection.Environment, in.Connection.Authorised = in.Session.Environment, false
	in.Connection.TenantID, in.Connection.BaseURL = in.Session.TenantID, in.Session.BaseURL
	if err := h.Confirm(t.Context(), in, false); err != nil {
		t.Fatal(err)
	}
	if s, err := h.Settings(t.Context()); err != nil || s.IntegrationOn {
		t.Errorf("the integration was opened unasked: %+v, %v", s, err)
	}
	want := in.Connection
	want.Authorised, want.SessionOnly, want.ByBrowser, want.KeyTail, want.TokenEndsAt = true, false, false, domain.NewSecret(sandbox.DemoKey).Tail(), in.Session.TokenEndsAt
	for sitting := range 2 {
		got, err := h.Connection(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range domaintest.Differences(got, want, "TokenEndsAt") {
			t.Errorf("sitting %d: %s", sitting, d)
		}
		if off := got.TokenEndsAt.Sub(want.TokenEndsAt).Abs(); off > time.Second {
			t.Errorf("sitting %d: the token ends %v off", sitting, off)
		}
		h.nextSitting()
	}
	if h.Info.TenantID != sandbox.DemoTenant {
		t.Errorf("the company is of firm %q", h.Info.TenantID)
	}
	asked := len(h.server.Log())
	if conn, err := h.Connection(t.Context()); err != nil || !conn.Authorised || len(h.server.Log()) != asked {
		t.Errorf("İşbaşı was asked: %+v, %v", conn, err)
	}
	// The usual key need not be typed again.
	again := account()
	again.APIKey = domain.Secret{}
	if in, err = h.Authorise(t.Context(), again, domain.Browser{}); err != nil || in.Session.APIKey != domain.NewSecret(sandbox.DemoKey) {
		t.Errorf("%v", err)
	}
	before := time.Now()
	in.Connection.SignedInAt = time.Time{}
	if err := h.Confirm(t.Context(), in, true); err != nil {
		t.Fatal(err)
	}
	if conn, err := h.Connection(t.Context()); err != nil || conn.SignedInAt.Before(before.Truncate(time.Millisecond)) || conn.SignedInAt.After(time.Now()) {
		t.Errorf("signed in at %v, %v", conn.SignedInAt, err)
	}
	if s, err := h.Settings(t.Context()); err != nil || !s.IntegrationOn {
		t.Errorf("%+v, %v", s, err)
	}
	everyRead(t, "the connection", h.Connection)
	everyRead(t, "testing", h.Test)
	everyRead(t, "authorising", func(ctx context.Context) (string, error) {
		in, err := h.Authorise(ctx, again, domain.Browser{})
		return in.Session.TenantID, err
	})
	keyPrint, err := h.app.Machine.KeyPrint(t.Context(), in.Session.APIKey)
	if err != nil {
		t.Fatal(err)
	}
	everyEnd(t, "confirming", func(ctx context.Context) error {
		if err := errors.Join(h.Forget(t.Context()), h.app.Machine.SaveCompanyKey(t.Context(), h.Info.ID, "", "", nil), h.Ledger.UseKey(t.Context(), nil)); err != nil {
			t.Fatal(err)
		}
		return h.Confirm(ctx, in, true)
	}, func() (missing []string) {
		conn, err := h.Connection(t.Context())
		if err != nil || !conn.Authorised || conn.UserName != in.Connection.UserName {
			missing = append(missing, fmt.Sprint("the connection ", conn, err))
		}
		if s, err := h.Settings(t.Context()); err != nil || !s.IntegrationOn {
			missing = append(missing, fmt.Sprint("the integration ", err))
		}
		if got := h.vault.secrets(string(h.Info.ID)); got["api-key"] != sandbox.DemoKey || got["password"] != sandbox.DemoPassword {
			missing = append(missing, "the secrets")
		}
		if s, ok := h.Client().Session(); !ok || s.Token != in.Session.Token {
			missing = append(missing, "the session")
		}
		if got, err := h.app.Machine.CompanyKey(t.Context(), h.Info.ID); err != nil || got != keyPrint {
			missing = append(missing, fmt.Sprint("the key's print ", err))
		}
		if u, err := h.Usage(t.Context()); err != nil || u.KeyReads != u.Reads || u.Reads == 0 {
			missing = append(missing, fmt.Sprintf("the key's ledger %+v, %v", u, err))
		}
		return missing
	})
	if conn, err := h.Test(t.Context()); err != nil || !conn.Authorised {
		t.Errorf("after all that: %+v, %v", conn, err)
	}
}

func TestAuthorise_withoutAKeyOrInTheBrowser(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	cred := account()
	cred.APIKey = domain.Secret{}
	_, err := h.Authorise(t.Context(), cred, domain.Browser{})
	wantKind(t, "no key was ever known", err, domain.KindInvalid, "api-key", "required")
	h.vault.lock(1)
	if h.nextSitting(); h.vault.calls != 0 {
		t.Error("the keyring is asked before it is needed")
	}
	_, err = h.Authorise(t.Context(), cred, domain.Browser{})
	if domain.KindOf(err) != domain.KindKeyring {
		t.Errorf("the key cannot be read: %v", err)
	}
	h.vault.lock(0)
	cred = account()
	cred.Password = domain.NewSecret("yanlış")
	if in, err := h.Authorise(t.Context(), cred, domain.Browser{}); domain.KindOf(err) != domain.KindWrongPassword || !in.Session.Token.Empty() {
		t.Errorf("%v", err)
	}
	// What İşbaşı wants to go on with is handed back beside the refusal.
	h.server.Change(func(o *sandbox.Options) { o.LoginNeedsPassword = true })
	cred.Password, cred.UserKey = domain.Secret{}, domain.NewSecret("ikinci")
	if in, err := h.Authorise(t.Context(), cred, domain.Browser{}); domain.KindOf(err) != domain.KindCredentials || in.Session.UserKey != cred.UserKey || in.Session.APIKey != cred.APIKey {
		t.Errorf("%v", err)
	}
	cred.UserName = "" // nobody is named: the browser is to be opened, and here it is given up at once
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Authorise(ctx, cred, domain.Browser{}); domain.KindOf(err) != domain.KindCancelled && domain.KindOf(err) != domain.KindPortTaken {
		t.Errorf("%v", err)
	}
}

func TestConfirm_refusesAnotherFirmAndKeepsNothingOfIt(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	was, err := h.Connection(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secrets := h.vault.secrets(string(h.Info.ID))
	h.server.Change(func(o *sandbox.Options) { o.TenantID = "00000000-0000-4000-8000-000000000002" })
	in, err := h.Authorise(t.Context(), account(), domain.Browser{})
	wantKind(t, "signed in elsewhere", err, domain.KindOtherFirm, "", "")
	if in.Session.TenantID != "00000000-0000-4000-8000-000000000002" {
		t.Errorf("what was landed in is not said: %+v", in.Connection)
	}
	err = h.Confirm(t.Context(), in, true)
	wantKind(t, "confirmed all the same", err, domain.KindOtherFirm, "", "")
	now, err := h.Connection(t.Context())
	if err != nil || len(domaintest.Differences(now, was)) != 0 || fmt.Sprint(h.vault.secrets(string(h.Info.ID))) != fmt.Sprint(secrets) {
		t.Errorf("%+v, %v; want %+v", now, err, was)
	}
	// A day later the token is renewed, and lands there too.
	h.server.EndTokens()
	h.endDay()
	_, err = h.Test(t.Context())
	if domain.KindOf(err) != domain.KindOtherFirm {
		t.Errorf("renewed where its firm is not: %v", err)
	}
}

// endDay lets the token in use come to its end.
func (h *house) endDay() {
	h.t.Helper()
	s, ok := h.Client().Session()
	if !ok {
		h.t.Fatal("no session")
	}
	s.TokenEndsAt = time.Now().Add(-time.Second)
	h.Client().Use(s)
}

func TestSession_isRenewedWhenItsTokenHasEnded(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	logins := func() (n int) {
		for _, c := range h.server.Log() {
			if c.Route != sandbox.RouteProducts {
				n++
			}
		}
		return n
	}
	before := logins()
	if conn, err := h.Test(t.Context()); err != nil || !conn.Authorised || logins() != before {
		t.Errorf("a good token was renewed: %+v, %v", conn, err)
	}
	s, _ := h.Client().Session()
	s.TokenEndsAt = time.Time{} // nobody knows when it ends: it is tried
	h.Client().Use(s)
	if _, err := h.Test(t.Context()); err != nil || logins() != before {
		t.Errorf("%v", err)
	}
	token := h.vault.secrets(string(h.Info.ID))["token"]
	h.endDay()
	if conn, err := h.Test(t.Context()); err != nil || logins() == before || time.Until(conn.TokenEndsAt) < time.Hour {
		t.Errorf("not renewed: %+v, %v", conn, err)
	}
	if got := h.vault.secrets(string(h.Info.ID))["token"]; got == token || got == "" {
		t.Error("the new token is not kept")
	}
	before = logins()
	s, _ = h.Client().Session()
	s.Token = domain.Secret{}
	h.Client().Use(s)
	if _, err := h.Test(t.Context()); err != nil || logins() == before {
		t.Errorf("without a token: %v", err)
	}
	h.endDay()
	h.server.Change(func(o *sandbox.Options) { o.Users[0].Password = "değişti" })
	if _, err := h.Test(t.Context()); domain.KindOf(err) != domain.KindWrongPassword {
		t.Errorf("the password is another one now: %v", err)
	}
	h.server.Change(func(o *sandbox.Options) { o.Users[0].Password = sandbox.DemoPassword })
	everyRead(t, "renewing", func(ctx context.Context) (bool, error) {
		h.endDay()
		conn, err := h.Test(ctx)
		return conn.Authorised, err
	})
	h.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteProducts, Status: 403})
	if _, err := h.Test(t.Context()); err == nil {
		t.Error("a refused question is no error")
	}
}

func TestSession_withoutAKeyringEndsWithTheProgram(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	h.vault.lock(1)
	in, err := h.Authorise(t.Context(), account(), domain.Browser{})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Confirm(t.Context(), in, true); err != nil {
		t.Fatalf("without a keyring: %v", err)
	}
	conn, err := h.Connection(t.Context())
	if err != nil || !conn.Authorised || !conn.SessionOnly || conn.KeyTail == "" {
		t.Errorf("%+v, %v", conn, err)
	}
	if raw, err := os.ReadFile(filepath.Join(h.dir, "logs", "sopyo.log")); err != nil || !strings.Contains(string(raw), "keyring") || strings.Contains(string(raw), sandbox.DemoPassword) {
		t.Errorf("the log: %v", err)
	}
	if _, err := h.Test(t.Context()); err != nil {
		t.Errorf("it works with the session in memory: %v", err)
	}
	h.nextSitting()
	conn, err = h.Connection(t.Context())
	if domain.KindOf(err) != domain.KindKeyring || conn.Authorised || conn.UserName != sandbox.DemoUser {
		t.Errorf("the next sitting: %+v, %v", conn, err)
	}
	h.vault.lock(0)
	conn, err = h.Connection(t.Context())
	if err != nil || conn.Authorised || conn.SessionOnly {
		t.Errorf("an empty keyring: %+v, %v", conn, err)
	}
	_, err = h.Test(t.Context())
	wantKind(t, "an empty keyring", err, domain.KindNeedsSignIn, "", "")
	h.signIn()
	if conn, err := h.Connection(t.Context()); err != nil || conn.SessionOnly || !conn.Authorised {
		t.Errorf("with a keyring again: %+v, %v", conn, err)
	}
}

func TestForget_leavesTheCatalogueAndNoSecret(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	h.stock()
	was := h.products()
	h.vault.lock(1)
	if err := h.Forget(t.Context()); domain.KindOf(err) != domain.KindKeyring {
		t.Errorf("the secrets cannot be reached: %v", err)
	}
	if conn, err := h.Connection(t.Context()); err != nil || !conn.Authorised {
		t.Errorf("forgotten all the same: %+v, %v", conn, err)
	}
	h.vault.lock(0)
	for range 2 { // what is forgotten can be forgotten again
		if err := h.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if conn, err := h.Connection(t.Context()); err != nil || conn.Authorised || conn.UserName != "" && conn.KeyTail != "" {
			t.Errorf("%+v, %v", conn, err)
		}
		if left := h.vault.secrets(string(h.Info.ID)); len(left) != 0 {
			t.Errorf("%d secrets are left", len(left))
		}
		if s, err := h.Settings(t.Context()); err != nil || s.IntegrationOn {
			t.Errorf("%+v, %v", s, err)
		}
		_, err := h.Test(t.Context())
		wantKind(t, "forgotten", err, domain.KindNeedsSignIn, "", "")
	}
	h.same("forgotten", was)
	h.signIn()
	everyEnd(t, "forgetting", h.Forget, func() []string {
		if conn, err := h.Connection(t.Context()); err != nil || conn.Authorised {
			return []string{fmt.Sprint(conn, err)}
		}
		if s, err := h.Settings(t.Context()); err != nil || s.IntegrationOn {
			return []string{fmt.Sprint(s, err)}
		}
		if _, ok := h.Client().Session(); ok {
			return []string{"the session is in memory"}
		}
		return nil
	})
	// Where there is no keyring there is nothing to forget in it.
	h.vault.lock(1)
	in, err := h.Authorise(t.Context(), account(), domain.Browser{})
	if err == nil {
		err = h.Confirm(t.Context(), in, true)
	}
	if err == nil {
		err = h.Forget(t.Context())
	}
	if err != nil {
		t.Error(err)
	}
	h.vault.lock(0)
}

// A keyring that fails at its n-th call, every n: the person is told, or the session is kept in memory.
func TestKeyring_failingAnywhereIsNeverHidden(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	sessions := 0
	for n := 1; ; n++ {
		h.vault.lock(0)
		h.nextSitting()
		h.vault.lock(n)
		in, err := h.Authorise(t.Context(), account(), domain.Browser{})
		if err == nil {
			err = h.Confirm(t.Context(), in, true)
		}
		conn, read := h.Connection(t.Context())
		h.vault.mu.Lock()
		calls, reached := h.vault.calls, h.vault.calls >= n
		h.vault.mu.Unlock()
		if !reached {
			break
		}
		if err != nil && domain.KindOf(err) != domain.KindKeyring {
			t.Errorf("call %d: %v", n, err)
		}
		if err == nil && (read != nil || !conn.Authorised || !conn.SessionOnly) {
			t.Errorf("call %d of %d: hidden, %+v, %v", n, calls, conn, read)
		}
		sessions++
	}
	if sessions < 2 {
		t.Errorf("the keyring was asked %d times", sessions)
	}
	h.vault.lock(0)
}

func TestUsage_belongsToTheKeyAndIsNotTakenFromAnotherOne(t *testing.T) {
	const second = "ikinci-anahtar"
	h := newHouse(t, sandbox.Options{APIKeys: []string{sandbox.DemoKey, second}}).signIn()
	if _, err := h.Test(t.Context()); err != nil {
		t.Fatal(err)
	}
	usage := func() quota.Usage {
		t.Helper()
		u, err := h.Usage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	before := usage()
	if before.Reads != 1 || before.KeyReads != 1 || before.Writes != 0 || before.SignIns == 0 {
		t.Errorf("%+v", before)
	}
	for _, k := range []quota.Kind{quota.Read, quota.Write} {
		if err := h.Store.SaveExhausted(t.Context(), k, quota.Exhaustion{Since: time.Now(), AskedAt: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	h.nextSitting()
	cost := []quota.Cost{{Reads: 1}, {Writes: 1}}
	may := func() (refused int) {
		t.Helper()
		for _, c := range cost {
			switch err := h.Ledger.May(t.Context(), c, quota.Ordinary); domain.KindOf(err) {
			case domain.KindQuota:
				refused++
			case "":
			default:
				t.Fatal(err)
			}
		}
		return refused
	}
	if n := may(); n != 2 {
		t.Errorf("%d kinds are refused", n)
	}
	h.signIn() // with the key of before: İşbaşı's word stands
	if n := may(); n != 2 {
		t.Errorf("%d kinds are refused after signing in again", n)
	}
	if err := h.Ledger.Reopen(t.Context(), quota.Read); err != nil {
		t.Fatal(err)
	}
	if n := may(); n != 1 {
		t.Errorf("%d kinds are refused after reading was opened", n)
	}
	other := account()
	other.APIKey = domain.NewSecret(second)
	in, err := h.Authorise(t.Context(), other, domain.Browser{})
	if err == nil {
		err = h.Confirm(t.Context(), in, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := may(); n != 0 {
		t.Errorf("%d kinds are refused with another key", n)
	}
	if _, err := h.Test(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := usage()
	if after.Reads != before.Reads+1 || after.KeyReads != 1 {
		t.Errorf("%+v, then with another key %+v", before, after)
	}
	h.nextSitting()
	if again := usage(); again.Reads != after.Reads || again.KeyReads != after.KeyReads {
		t.Errorf("%+v, in the next sitting %+v", after, again)
	}
	if err := h.Store.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 201, Writes: 501}); err != nil {
		t.Fatal(err)
	}
	if n := may(); n != 1 { // two reads are used
		t.Errorf("%d kinds are refused behind the limit", n)
	}
	if err := h.Ledger.May(t.Context(), quota.Cost{Reads: 1}, quota.Invoicing); err != nil {
		t.Errorf("an invoice may use the reserve: %v", err)
	}
	everyRead(t, "usage", func(ctx context.Context) (quota.Usage, error) { return h.Usage(ctx) })
	everyEnd(t, "reopening", func(ctx context.Context) error { return h.Ledger.Reopen(ctx, quota.Write) }, func() []string { return nil })
	everyEnd(t, "asking", func(ctx context.Context) error { return h.Ledger.May(ctx, quota.Cost{Writes: 1}, quota.Ordinary) }, func() []string { return nil })
}

// The company that was signed in elsewhere is known by its key's ledger before it has opened its session.
func TestLedger_ofAKnownKeyIsOpenedWithTheCompany(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	if _, err := h.Test(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.vault.lock(1)
	h.nextSitting()
	if u, err := h.Usage(t.Context()); err != nil || u.KeyReads != 1 || u.Reads != 1 {
		t.Errorf("%+v, %v", u, err)
	}
	h.vault.lock(0)
}

func TestSession_isLoadedOnceAndCutOffItIsLoadedLater(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	load := func(ctx context.Context) error { _, err := h.Connection(ctx); return err }
	h.nextSitting()
	if err := load(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, ok := h.Client().Session()
	if !ok || s.BaseURL != h.server.URL() || s.TenantID != sandbox.DemoTenant || s.Environment != domain.EnvironmentLive || s.UserName != sandbox.DemoUser {
		t.Errorf("%+v", s)
	}
	// A token that was too long for the keyring, or is gone: whose firm it is stands in the company's file.
	maps.DeleteFunc(h.vault.held, func(entry, _ string) bool { return strings.HasSuffix(entry, string(h.Info.ID)+"/token") })
	h.nextSitting()
	if err := load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, ok := h.Client().Session(); !ok || s.TenantID != sandbox.DemoTenant || s.BaseURL != h.server.URL() || !s.Token.Empty() {
		t.Errorf("without its token: %+v", s)
	}
	calls := h.vault.calls
	if err := errors.Join(load(t.Context()), load(t.Context())); err != nil || h.vault.calls != calls {
		t.Errorf("the keyring was asked again: %v", err)
	}
	for n := 1; n < 40; n++ {
		h.nextSitting()
		ctx := endingAt(t.Context(), n)
		err := load(ctx)
		_, ok := h.Client().Session()
		if (err == nil) != ok {
			t.Errorf("ended at look %d: %v, session %v", n, err, ok)
		}
		if _, err := h.Test(t.Context()); err != nil {
			t.Errorf("ended at look %d: it is never loaded: %v", n, err)
		}
		if ctx.looks() {
			break
		}
	}
}
