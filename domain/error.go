package domain

import (
	"errors"
	"fmt"
)

// Kind says what sort of thing went wrong, in terms a person can act on.
// Only domain/words words a kind.
type Kind string

// The kinds of errors. The comments say where each one comes from.
const (
	KindInternal       Kind = "internal"        // a defect of ours; anything without a kind of its own
	KindInvalid        Kind = "invalid"         // an input that the domain refuses; Field says which
	KindNeedsSignIn    Kind = "needs-sign-in"   // no session, or 401 after one renewal
	KindWrongKey       Kind = "wrong-key"       // İşbaşı does not know the API key
	KindWrongPassword  Kind = "wrong-password"  // sign-in refused: e-mail or password
	KindCredentials    Kind = "credentials"     // browser sign-in: İşbaşı wants account e-mail and password too (isbasi-api.md §2.2 step 4)
	KindNoBrowser      Kind = "no-browser"      // the API key may not sign in by the browser; with e-mail and password it may
	KindConsentHost    Kind = "consent-host"    // the consent page lies on a host that is not known to be Logo's: Detail; a person says whether to go there
	KindConsentRefused Kind = "consent-refused" // the person pressed "refuse" on İşbaşı's page
	KindOtherFirm      Kind = "other-firm"      // the sign-in landed in another İşbaşı firm than the company's
	KindPortTaken      Kind = "port-taken"      // the callback port is in use
	KindForbidden      Kind = "forbidden"       // 403: the key lacks this right; permanent
	KindNotFound       Kind = "not-found"       // 404, or business "not found"; Field is AtIsbasi where it is İşbaşı that has none
	KindQuota          Kind = "quota"           // the month's calls are used up: our ledger says so, or İşbaşı does
	KindSlowDown       Kind = "slow-down"       // 429 while there are calls left: İşbaşı asks to wait
	KindUnavailable    Kind = "unavailable"     // 5xx or a gateway's HTML page
	KindNetwork        Kind = "network"         // no connection, DNS, cut body, time-out
	KindBadAnswer      Kind = "bad-answer"      // not an İşbaşı envelope: HTML with 200, foreign JSON
	KindRejected       Kind = "rejected"        // İşbaşı answered with a message of its own (599, 400): Detail holds it
	KindNoUser         Kind = "no-user"         // İşbaşı wants to know which of its users asks, and the sign-in in the browser named none
	KindState          Kind = "state"           // 409: the record's state does not allow it (not a draft any more, not sent yet)
	KindUnknown        Kind = "unknown"         // a write whose outcome nobody knows: time-out, 5xx, lost answer; look it up before another try
	KindHost           Kind = "host"            // an address outside the host list, or a redirect
	KindCount          Kind = "count"           // the pages do not add up to the count İşbaşı gives
	KindBrake          Kind = "brake"           // a sync would change more than it may unasked
	KindStalePlan      Kind = "stale-plan"      // the plan was read more than a day ago
	KindBusy           Kind = "busy"            // another process holds the company
	KindKeyring        Kind = "keyring"         // no keyring, locked, or it does not answer
	KindFile           Kind = "file"            // a file cannot be read or understood
	KindEmptyFile      Kind = "empty-file"      // a file without a single row
	KindDisk           Kind = "disk"            // our own data cannot be written: disk full, read-only
	KindData           Kind = "data"            // a file of our own cannot be used: Detail is one of DataMissing …, Field its path where it is known
	KindCancelled      Kind = "cancelled"       // a person cancelled; not a failure
	KindTimeout        Kind = "timeout"         // a person did not answer in time (five minutes in the browser)
	KindMailNetwork    Kind = "mail-network"    // the mail server cannot be reached
	KindMailTLS        Kind = "mail-tls"        // the line to the mail server cannot be protected: no TLS, or a certificate nobody vouches for
	KindMailSignIn     Kind = "mail-sign-in"    // the mail server refused user or password; Detail is its sentence
	KindMailMethod     Kind = "mail-method"     // the mail server wants to be signed in to in a way that we do not have; Detail names those it has
	KindMailLater      Kind = "mail-later"      // the mail server asks to try later (4xx); Detail is its sentence
	KindMailRefused    Kind = "mail-refused"    // the mail server refused the letter for good (5xx); Detail is its sentence
	KindNoBackup       Kind = "no-backup"       // the file is no backup at all
	KindBackupPassword Kind = "backup-password" // the password does not open the backup
	KindBackupDamaged  Kind = "backup-damaged"  // the backup was changed or cut off since it was written
	KindBackupNewer    Kind = "backup-newer"    // a newer program made the backup
	KindMailUnknown    Kind = "mail-unknown"    // the line broke while the mail server was to say that it has the letter
)

// Kinds are all of them.
func Kinds() []Kind {
	return []Kind{
		KindInternal, KindInvalid, KindNeedsSignIn, KindWrongKey, KindWrongPassword, KindCredentials, KindNoBrowser, KindConsentHost,
		KindConsentRefused, KindOtherFirm, KindPortTaken, KindForbidden, KindNotFound, KindQuota, KindSlowDown, KindUnavailable, KindNetwork,
		KindBadAnswer, KindRejected, KindNoUser, KindState, KindUnknown, KindHost, KindCount, KindBrake, KindStalePlan, KindBusy, KindKeyring, KindFile,
		KindEmptyFile, KindDisk, KindData, KindCancelled, KindTimeout, KindMailNetwork, KindMailTLS, KindMailSignIn, KindMailMethod, KindMailLater,
		KindMailRefused, KindNoBackup, KindBackupPassword, KindBackupDamaged, KindBackupNewer, KindMailUnknown,
	}
}

// AtSignIn tells whether a person mends it where the company is authorised, section 2.
func (k Kind) AtSignIn() bool {
	switch k {
	case KindNeedsSignIn, KindWrongKey, KindWrongPassword, KindCredentials, KindNoBrowser, KindConsentHost, KindConsentRefused, KindOtherFirm, KindNoUser:
		return true
	default:
		return false
	}
}

// Where something went wrong, in the Field of an error whose kind does not tell; words differ by it.
const (
	AtIsbasi = "isbasi" // of KindNotFound: at İşbaşı, and not in this machine's data
	AtSecret = "secret" // of KindFile and KindEmptyFile: a file with a password or a key, no list

	AtNoFolder = "no-folder" // of KindDisk, as those below: the folder in the detail is not there
	AtFolder   = "folder"    // there is a folder where a file is to be
	AtFile     = "file"      // there is a file where a folder is to be
	AtNoRight  = "no-right"  // nothing may be written into the folder
)

// DetailCertificate is the Detail of a KindNetwork error: nobody vouches for who answers, so nothing was said to them.
const DetailCertificate = "certificate"

// Why a file of our own cannot be used: the Detail of a KindData error.
const (
	DataMissing = "missing" // it is not where it was made, or nothing is in it
	DataLost    = "lost"    // so is a company's; Field is the folder of its backups
	DataDamaged = "damaged" // it is no whole database
	DataNewer   = "newer"   // a newer program has made or changed it
	DataForeign = "foreign" // it is a database of something else
)

// IsMissing tells whether err is of a file of our own that is not where it was made, or empty.
func IsMissing(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == KindData && (e.Detail == DataMissing || e.Detail == DataLost)
}

// Error is an error with a kind. Op names what was being done ("read products, page 12"), Detail is
// text from outside that a person may want to see (İşbaşı's own message, a column name); it never
// holds a secret.
type Error struct {
	Kind   Kind
	Op     string
	Field  string
	Detail string
	Err    error
}

func (e *Error) Error() string {
	s := string(e.Kind)
	if e.Op != "" {
		s = e.Op + ": " + s
	}
	if e.Field != "" {
		s += " (" + e.Field + ")"
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// E makes an Error around err, which may be nil.
func E(kind Kind, op string, err error) *Error { return &Error{Kind: kind, Op: op, Err: err} }

// Invalid makes the error of a refused input; detail says why, as a translation key.
func Invalid(field, detail string) *Error {
	return &Error{Kind: KindInvalid, Field: field, Detail: detail}
}

// Kept makes an error again of what is kept of one that İşbaşı was the reason of.
func Kept(kind Kind, detail string) *Error {
	e := &Error{Kind: kind, Detail: detail}
	if kind == KindNotFound {
		e.Field = AtIsbasi
	}
	return e
}

// KindOf finds the outermost kind in err: KindInternal when there is none, "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// Wrap adds what was being done to err and keeps its kind; nil stays nil.
func Wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}
