// Package matching decides which İşbaşı product and which catalogue product are the same thing
// (rules.md §2). It is pure: the whole of both sides in, one decision per İşbaşı product out, and the
// answer does not depend on the order of either side.
package matching

import "github.com/sopyo/sopyo-desktop/domain"

// Local is a catalogue product as matching sees it.
type Local struct {
	ID      domain.ProductID
	Code    domain.Code
	Barcode domain.Barcode
}

// Remote is an İşbaşı product as matching sees it. Skip is the reason why the options of the
// transfer exclude it (T0), or empty.
type Remote struct {
	ID      domain.RemoteID
	Code    domain.Code
	Barcode domain.Barcode
	Skip    Reason
}

// Pair is one İşbaşı product and one catalogue product.
type Pair struct {
	Remote domain.RemoteID
	Local  domain.ProductID
}

// Input is the whole of both sides. Bound are the saved bindings of the company, Separated the pairs
// that a person took apart.
type Input struct {
	Locals    []Local
	Remotes   []Remote
	Bound     []Pair
	Separated []Pair
	ByBarcode bool // tier T3
	ByCode    bool // tiers T4 and T5
}

// Tier is the rule that made a pair.
type Tier string

// The tiers, strongest first (rules.md §2).
const (
	TierNone     Tier = ""
	TierKnown    Tier = "known"    // T1 a saved binding
	TierBarcode  Tier = "barcode"  // T3
	TierCode     Tier = "code"     // T4 equal K0
	TierSpelling Tier = "spelling" // T5 equal K1
)

// Reason says why a product was skipped or found no partner.
type Reason string

// Reasons of a skipped product (T0).
const (
	ReasonService       Reason = "service"
	ReasonPassive       Reason = "passive"
	ReasonNoStock       Reason = "no-stock"
	ReasonOtherCurrency Reason = "other-currency"
)

// Reasons of an unmatched product, in the order in which the first that holds is given.
const (
	ReasonBoundElsewhere Reason = "bound-elsewhere"
	ReasonRepeatedRemote Reason = "repeated-remote"
	ReasonRepeatedLocal  Reason = "repeated-local"
	ReasonConflict       Reason = "conflict"
	ReasonAmbiguous      Reason = "ambiguous"
	ReasonInvalidBarcode Reason = "invalid-barcode"
	ReasonNothingToGoBy  Reason = "no-code-no-barcode"
	ReasonNoCandidate    Reason = "no-candidate"
)

// Flag marks a pair, or an unmatched product, that a person should look at.
type Flag string

// The flags.
const (
	FlagNone       Flag = ""
	FlagNotGTIN    Flag = "not-gtin"   // paired by equal text in the barcode tier
	FlagRestored   Flag = "lost-zero"  // a leading zero was restored
	FlagSpelling   Flag = "spelling"   // codes differ in spelling
	FlagSeparated  Flag = "separated"  // a person took this pair apart
	FlagVetoed     Flag = "vetoed"     // equal codes, different barcodes
	FlagRestricted Flag = "restricted" // in-store number: means different things in different shops
	FlagRepeated   Flag = "repeated"   // no candidate, and another such İşbaşı product, or one that was left, has its barcode or code
)

// Decision is what matching says about one İşbaşı product. Local is set when Tier is; Candidates is
// the number of candidates of an ambiguous one.
type Decision struct {
	Remote     domain.RemoteID
	Skipped    bool
	Tier       Tier
	Local      domain.ProductID
	Reason     Reason
	Candidates int
	Flag       Flag
}
