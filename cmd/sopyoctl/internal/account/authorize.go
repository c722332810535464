package account

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/pkg/browser"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
)

type authorizeFlags struct {
	keyFile, user, passwordFile, environment string
	firm, expect, consentHost, email         string
	noBrowser, withBrowser, yes, keepClosed  bool
}

func (c commands) authorizeCommand() *cobra.Command {
	var f authorizeFlags
	cmd := &cobra.Command{
		Use:   "authorize --api-key-file FILE [--username U --password-file FILE]",
		Short: "Sign in to İşbaşı: through the browser, or with an account",
		Args:  console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case f.keyFile == "" && f.email == "":
				return console.Misused("ctl.usage.required", "--api-key-file")
			case f.keyFile == "":
				return c.nameUser(cmd.Context(), f.email)
			case c.JSON && !f.yes:
				return console.Misused("ctl.usage.nobody", "--yes")
			default:
				return c.authorize(cmd.Context(), f)
			}
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.keyFile, "api-key-file", "", "file with the API key")
	flags.StringVar(&f.user, "username", "", "account e-mail; without it the browser is used")
	flags.StringVar(&f.passwordFile, "password-file", "", "file with the account's password")
	flags.StringVar(&f.environment, "environment", "live", "live or test")
	flags.StringVar(&f.firm, "firm-no", "", "firm to open where the user has several (default: the one selected in İşbaşı's panel, whose window \"Firma Değiştir\" shows the number)")
	flags.StringVar(&f.consentHost, "consent-host", "", "host outside Logo's that İşbaşı's page may lie on, agreed to beforehand")
	flags.BoolVar(&f.noBrowser, "no-browser", false, "print the address instead of opening it")
	flags.BoolVar(&f.withBrowser, "browser", false, "use the browser although a user name is given")
	flags.BoolVar(&f.yes, "yes", false, "confirm the firm without asking; through the browser only one that is known: --expect-firm, --firm-no, or confirmed before")
	flags.StringVar(&f.expect, "expect-firm", "", "confirm only this firm, by number or name; another one is refused")
	flags.BoolVar(&f.keepClosed, "keep-closed", false, "leave the integration switch as it is")
	flags.StringVar(&f.email, "email", "", "whose account it is, where İşbaşı does not tell after the browser; alone it authorises nothing anew")
	cmd.MarkFlagsRequiredTogether("username", "password-file")
	return cmd
}

// nameUser says whose account it is in a company that is authorised.
func (c commands) nameUser(ctx context.Context, email string) error {
	company, err := c.Open(ctx, true)
	if err != nil {
		return err
	}
	if err := company.NameUser(ctx, email); err != nil {
		return err
	}
	conn, err := company.Connection(ctx)
	if err != nil {
		return err
	}
	return c.Answer(ConnectionJSON(company.Info.Name, conn), "ctl.authorised", company.Info.Name)
}

// credentials are those that the flags say.
func (f authorizeFlags) credentials() (cred domain.Credentials, err error) {
	cred = domain.Credentials{Environment: domain.Environment(f.environment), UserName: f.user, TenantID: f.firm}
	if cred.Environment != domain.EnvironmentLive && cred.Environment != domain.EnvironmentTest {
		return cred, console.Misused("ctl.usage.one-of", "--environment", f.environment, console.Names([]domain.Environment{domain.EnvironmentLive, domain.EnvironmentTest}))
	}
	if cred.APIKey, err = console.ReadSecret(f.keyFile); err != nil {
		return cred, err
	}
	if f.user != "" {
		cred.Password, err = console.ReadSecret(f.passwordFile)
	}
	return cred, err
}

func (c commands) authorize(ctx context.Context, f authorizeFlags) error {
	cred, err := f.credentials()
	if err != nil {
		return err
	}
	company, err := c.Open(ctx, true)
	if err != nil {
		return err
	}
	if f.yes && (f.user == "" || f.withBrowser) && f.expect == "" && f.firm == "" && company.Info.TenantID == "" {
		// Whose key comes back from a browser nobody here can tell: another consent's would sign the company in.
		return console.Misused("ctl.usage.expect-firm")
	}
	ctx, stop := console.Interruptible(ctx)
	defer stop()

	first := cred
	if f.withBrowser {
		first.UserName, first.Password = "", domain.Secret{}
	}
	in, err := c.signIn(f, func(b domain.Browser) (domain.SignIn, error) { return company.Authorise(ctx, first, b) })
	if domain.KindOf(err) == domain.KindCredentials && f.withBrowser && f.user != "" {
		// The account's e-mail and password complete the browser's answer; no second round is needed.
		cred.UserKey = in.Session.UserKey
		in, err = company.Authorise(ctx, cred, domain.Browser{})
	}
	if err == nil {
		err = c.confirmFirm(in.Connection, f)
	}
	if err != nil {
		return err
	}
	if err := company.Confirm(ctx, in, !f.keepClosed); err != nil {
		return err
	}
	if f.email != "" && in.Connection.UserName == "" {
		if err := company.NameUser(ctx, f.email); err != nil {
			return err
		}
	}
	conn, err := company.Connection(ctx)
	if err != nil {
		return err
	}
	if conn.SessionOnly {
		// The session would end with this command: worth nothing here.
		return domain.E(domain.KindKeyring, "keep the session", nil)
	}
	return c.Answer(ConnectionJSON(company.Info.Name, conn), "ctl.authorised", company.Info.Name)
}

// confirmFirm says whose firm was signed in to, and asks whether it is the one that is meant.
func (c commands) confirmFirm(in domain.Connection, f authorizeFlags) error {
	firm := cmp.Or(in.FirmName, in.TenantID)
	fmt.Fprintln(c.Err, c.T("ctl.signed-in", firm, in.UserName, in.Licence.Name))
	if f.expect != "" && !isFirm(f.expect, in) {
		return &domain.Error{Kind: domain.KindOtherFirm, Op: "confirm the firm", Detail: firm}
	}
	if !f.yes && !c.Confirmed(c.T("ctl.confirm-firm")) {
		return domain.E(domain.KindCancelled, "confirm the firm", nil)
	}
	return nil
}

// isFirm tells whether a sign-in landed in the firm that was expected, by its number or its name.
func isFirm(expected string, in domain.Connection) bool {
	return domain.Fold(expected) == domain.Fold(in.TenantID) || in.FirmName != "" && domain.Fold(expected) == domain.Fold(in.FirmName)
}

// signIn authorises; where İşbaşı's page lies on a host that is not known to be Logo's the person says whether
// to go there, which --yes does not.
func (c commands) signIn(f authorizeFlags, authorise func(domain.Browser) (domain.SignIn, error)) (domain.SignIn, error) {
	b := c.browser(f.noBrowser)
	b.ConsentHost = f.consentHost
	for {
		in, err := authorise(b)
		var refused *domain.Error
		if !errors.As(err, &refused) || refused.Kind != domain.KindConsentHost || f.yes || !c.Confirmed(c.T("ctl.confirm-host", refused.Detail)) {
			return in, err
		}
		b.ConsentHost = refused.Detail
	}
}

// browser tells the sign-in how to reach the person: the address goes to standard error.
func (c commands) browser(noBrowser bool) domain.Browser {
	b := domain.Browser{
		Lang:    c.Text.Lang,
		Address: func(address string) { fmt.Fprintln(c.Err, "open: "+address) },
		Note:    func(err error) { fmt.Fprintln(c.Err, c.Sentence(err)) },
	}
	if !noBrowser {
		b.Open = browser.OpenURL
	}
	return b
}

// ConnectionJSON is how a company is connected, for programs.
func ConnectionJSON(company string, conn domain.Connection) map[string]any {
	m := map[string]any{
		"company": company, "authorised": conn.Authorised, "user": conn.UserName, "tenant": conn.TenantID,
		"firm": conn.FirmName, "licence": conn.Licence.Name, "environment": conn.Environment,
	}
	if !conn.Licence.EndsAt.IsZero() {
		m["licence_ends"] = console.Stamp(conn.Licence.EndsAt)
	}
	return m
}
