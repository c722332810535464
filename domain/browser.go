package domain

// Browser is what a browser sign-in needs of the person's surroundings (architecture.md
// "Authorisation in the browser").
type Browser struct {
	// Open shows address in the person's browser; nil: it is not opened. An error is not the end: the
	// address was also given to Address.
	Open func(address string) error
	// ConsentHost is a host outside Logo's that the person has agreed to go to, after KindConsentHost; may
	// be "".
	ConsentHost string
	// Address is told the address once it is known, for "open again" and "copy the address". May be nil.
	Address func(address string)
	// Pasted carries keys that the person typed by hand. May be nil.
	Pasted <-chan Secret
	// Note is told, without ending the waiting, of a callback that did not count. May be nil.
	Note func(err error)
	// Lang is the language of the page the browser ends on, "tr" or "en".
	Lang string
}
