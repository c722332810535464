// Package domain is the vocabulary every room speaks: products and their codes, companies and their
// settings, money, secrets, Turkish text, and the kinds of errors. It decides nothing about files,
// databases, networks or windows.
package domain

import "time"

// CompanyID names a company on this machine: it is the stem of its database file and of its keyring
// entries. Letters a–z, digits and dashes.
type CompanyID string

// Company is one İşbaşı firm as this machine knows it.
type Company struct {
	ID       CompanyID
	Name     string
	Demo     bool   // works against the stand-in İşbaşı inside the program
	TenantID string // İşbaşı's GUID of the firm; empty until the first confirmed sign-in
}

// Environment is which İşbaşı a company talks to.
type Environment string

// The environments (isbasi-api.md §1).
const (
	EnvironmentLive Environment = "live"
	EnvironmentTest Environment = "test"
)

// Credentials are what a person gives to sign in. Without a user name the sign-in goes through the
// browser (isbasi-api.md §2.2); with one it is the single-account way (§2.1).
type Credentials struct {
	Environment Environment
	APIKey      Secret
	UserName    string
	Password    Secret
	// TenantID is İşbaşı's GUID of the firm to sign in to, where the user has several; "" = the one that
	// its panel has selected. In a session it is the firm signed in to, so that renewals ask for it again.
	TenantID string
	// UserKey is the second key of a browser sign-in ("APP_USER_KEY_2"): kept for the daily renewal.
	UserKey Secret
}

// Session is a signed-in state. It lives in memory and in the keyring only.
type Session struct {
	Credentials
	Token       Secret
	TokenEndsAt time.Time
	UserID      string
	UserEmail   string // as the login answer calls the user, else UserName
	BaseURL     string // the host the login answer named, or the one that answered
}

// Licence is a package of İşbaşı that the account holds.
type Licence struct {
	Code, Name string
	EndsAt     time.Time // zero: unknown
	Expired    bool
}

// Connection is what may be shown and stored of a sign-in: no secret is in it.
type Connection struct {
	Authorised  bool
	Environment Environment
	UserName    string
	TenantID    string
	FirmName    string // as İşbaşı gives it; often it gives none
	Licence     Licence
	BaseURL     string
	TokenEndsAt time.Time
	SignedInAt  time.Time
	// KeyTail is Secret.Tail of the API key; filled from the keyring when shown, never stored.
	KeyTail string
	// ByBrowser: signed in there, where İşbaşı need not tell whose account it is; a person may (signin.NameUser). Filled when shown.
	ByBrowser bool
	// SessionOnly: there is no keyring, the session ends with the program.
	SessionOnly bool
}

// FirmSample is what a person recognises a firm of İşbaşı by, which names none.
type FirmSample struct {
	Products int      // how many it has
	Names    []string // of the first of them
}

// SignIn is an accepted sign-in that nobody has confirmed yet: nothing of it is stored.
type SignIn struct {
	Session    Session
	Connection Connection
}
