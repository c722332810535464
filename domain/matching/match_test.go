package matching

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// GTINs and other barcodes of the tests.
const (
	gtinA      = "8690524165235"
	gtinB      = "86919937"
	upc        = "036000291452"
	upcLost    = "36000291452" // upc without its leading zero
	wrongCheck = "8690524165234"
	restricted = "2000000000015"
	spoilt     = "8,69E+12"
)

func remotes(all ...Remote) []Remote { return all }

func locals(all ...Local) []Local { return all }

func r(id domain.RemoteID, code domain.Code, barcode domain.Barcode) Remote {
	return Remote{ID: id, Code: code, Barcode: barcode}
}

func l(id domain.ProductID, code domain.Code, barcode domain.Barcode) Local {
	return Local{ID: id, Code: code, Barcode: barcode}
}

func matched(id domain.RemoteID, tier Tier, to domain.ProductID, flag Flag) Decision {
	return Decision{Remote: id, Tier: tier, Local: to, Flag: flag}
}

func left(id domain.RemoteID, why Reason) Decision { return Decision{Remote: id, Reason: why} }

func flagged(id domain.RemoteID, why Reason, flag Flag) Decision {
	return Decision{Remote: id, Reason: why, Flag: flag}
}

func ambiguous(id domain.RemoteID, n int) Decision {
	return Decision{Remote: id, Reason: ReasonAmbiguous, Candidates: n}
}

// Every sentence of rules.md §2 that speaks of T0–T5.
func TestMatch(t *testing.T) {
	t.Parallel()
	byBoth := func(in Input) Input {
		in.ByBarcode, in.ByCode = true, true
		return in
	}
	for _, tt := range []struct {
		name string
		in   Input
		want []Decision
	}{
		{"nothing on either side", byBoth(Input{}), []Decision{}},

		{"T0: what the options exclude is skipped with its reason, even if bound", byBoth(Input{
			Remotes: remotes(
				Remote{ID: "r1", Code: "a", Barcode: gtinA, Skip: ReasonPassive},
				Remote{ID: "r2", Code: "b", Skip: ReasonNoStock}, Remote{ID: "r3", Code: "c", Skip: ReasonOtherCurrency},
			),
			Locals: locals(l(1, "a", gtinA), l(2, "b", ""), l(3, "c", "")),
			Bound:  []Pair{{"r2", 2}},
		}), []Decision{
			{Remote: "r1", Skipped: true, Reason: ReasonPassive},
			{Remote: "r2", Skipped: true, Reason: ReasonNoStock},
			{Remote: "r3", Skipped: true, Reason: ReasonOtherCurrency},
		}},
		{"T0: what is skipped makes nothing ambiguous", byBoth(Input{
			Remotes: remotes(Remote{ID: "r1", Barcode: gtinA, Skip: ReasonPassive}, r("r2", "", gtinA)),
			Locals:  locals(l(1, "", gtinA)),
		}), []Decision{{Remote: "r1", Skipped: true, Reason: ReasonPassive}, matched("r2", TierBarcode, 1, "")}},
		{"T0: the partner of a skipped product stays its own", byBoth(Input{
			Remotes: remotes(Remote{ID: "r1", Skip: ReasonPassive}, r("r2", "", gtinA)),
			Locals:  locals(l(1, "", gtinA)),
			Bound:   []Pair{{"r1", 1}},
		}), []Decision{{Remote: "r1", Skipped: true, Reason: ReasonPassive}, left("r2", ReasonBoundElsewhere)}},

		{"T1: a binding holds, whatever barcode and code say", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA)),
			Locals:  locals(l(1, "a", gtinA), l(2, "b", gtinB)),
			Bound:   []Pair{{"r1", 2}},
		}), []Decision{matched("r1", TierKnown, 2, "")}},
		{"T1: a binding holds with both tiers off", Input{
			Remotes: remotes(r("r1", "a", "")), Locals: locals(l(1, "b", "")), Bound: []Pair{{"r1", 1}},
		}, []Decision{matched("r1", TierKnown, 1, "")}},
		{"T1: a binding stands twice", byBoth(Input{
			Remotes: remotes(r("r1", "", "")), Locals: locals(l(1, "", "")), Bound: []Pair{{"r1", 1}, {"r1", 1}},
		}), []Decision{matched("r1", TierKnown, 1, "")}},
		{"T1: bound products take no part in the other tiers", byBoth(Input{
			Remotes: remotes(r("r1", "", gtinA), r("r2", "", gtinA)),
			Locals:  locals(l(1, "", gtinA), l(2, "", gtinA)),
			Bound:   []Pair{{"r1", 1}},
		}), []Decision{matched("r1", TierKnown, 1, ""), matched("r2", TierBarcode, 2, "")}},
		{"T1: without a bound candidate the rest is matched", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA), r("r2", "b", gtinA)),
			Locals:  locals(l(1, "a", gtinA), l(2, "b", "")),
			Bound:   []Pair{{"r1", 1}},
		}), []Decision{matched("r1", TierKnown, 1, ""), matched("r2", TierCode, 2, "")}},
		{"T1: the binding to a product that is gone is ignored", byBoth(Input{
			Remotes: remotes(r("r1", "a", "")), Locals: locals(l(1, "a", "")), Bound: []Pair{{"r1", 9}},
		}), []Decision{matched("r1", TierCode, 1, "")}},
		{"T1: the partner of a product that was not read is bound elsewhere", byBoth(Input{
			Remotes: remotes(r("r1", "a", "")), Locals: locals(l(1, "a", "")), Bound: []Pair{{"r9", 1}},
		}), []Decision{left("r1", ReasonBoundElsewhere)}},
		{"T1: bindings that contradict each other hold for nobody", byBoth(Input{
			Remotes: remotes(r("r1", "a", ""), r("r2", "b", ""), r("r3", "a", "")),
			Locals:  locals(l(1, "a", "")),
			Bound:   []Pair{{"r1", 1}, {"r2", 1}},
		}), []Decision{
			left("r1", ReasonBoundElsewhere), left("r2", ReasonBoundElsewhere), left("r3", ReasonBoundElsewhere),
		}},

		{"T2: a separated pair is never paired again, by no tier", byBoth(Input{
			Remotes:   remotes(r("r1", "a", gtinA), r("r2", "b", ""), r("r3", "Ç-1", "")),
			Locals:    locals(l(1, "a", gtinA), l(2, "b", ""), l(3, "ç–1", "")),
			Separated: []Pair{{"r1", 1}, {"r2", 2}, {"r3", 3}, {"r3", 3}},
		}), []Decision{
			flagged("r1", ReasonNoCandidate, FlagSeparated), flagged("r2", ReasonNoCandidate, FlagSeparated),
			flagged("r3", ReasonNoCandidate, FlagSeparated),
		}},
		{"T2: a separated pair is no candidate that would make another ambiguous", byBoth(Input{
			Remotes:   remotes(r("r1", "", gtinA)),
			Locals:    locals(l(1, "", gtinA), l(2, "", gtinA)),
			Separated: []Pair{{"r1", 1}},
		}), []Decision{matched("r1", TierBarcode, 2, "")}},
		{"T2: the same pair made anew by hand holds", byBoth(Input{
			Remotes: remotes(r("r1", "a", "")), Locals: locals(l(1, "a", "")),
			Separated: []Pair{{"r1", 1}}, Bound: []Pair{{"r1", 1}},
		}), []Decision{matched("r1", TierKnown, 1, "")}},
		{"T2: products that are gone are no matter", byBoth(Input{
			Remotes: remotes(r("r1", "a", "")), Locals: locals(l(1, "a", "")), Separated: []Pair{{"r1", 9}, {"r9", 1}},
		}), []Decision{matched("r1", TierCode, 1, "")}},

		{"T3: barcode before code", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA)),
			Locals:  locals(l(1, "x", gtinA)),
		}), []Decision{matched("r1", TierBarcode, 1, "")}},
		{"T3: a GTIN is the same however long it is written", byBoth(Input{
			Remotes: remotes(r("r1", "", upc)), Locals: locals(l(1, "", "00"+upc)),
		}), []Decision{matched("r1", TierBarcode, 1, "")}},
		{"T3: a lost zero is restored and flagged", byBoth(Input{
			Remotes: remotes(r("r1", "", upcLost)), Locals: locals(l(1, "", upc)),
		}), []Decision{matched("r1", TierBarcode, 1, FlagRestored)}},
		{"T3: a lost zero on the catalogue's side", byBoth(Input{
			Remotes: remotes(r("r1", "", upc)), Locals: locals(l(1, "", upcLost)),
		}), []Decision{matched("r1", TierBarcode, 1, FlagRestored)}},
		{"T3: digits with a wrong check digit and shops' own codes pair as text, flagged", byBoth(Input{
			Remotes: remotes(r("r1", "", wrongCheck), r("r2", "", " EVK-1"), r("r3", "", "evk-2")),
			Locals:  locals(l(1, "", wrongCheck), l(2, "", "EVK-1"), l(3, "", "EVK-2")),
		}), []Decision{
			matched("r1", TierBarcode, 1, FlagNotGTIN), matched("r2", TierBarcode, 2, FlagNotGTIN), left("r3", ReasonNoCandidate),
		}},
		{"T3: restricted, spoilt and missing barcodes are no edge", byBoth(Input{
			Remotes: remotes(r("r1", "", restricted), r("r2", "", spoilt), r("r3", "", "0000000000000"), r("r4", "", "")),
			Locals:  locals(l(1, "", restricted), l(2, "", spoilt), l(3, "", "0000000000000"), l(4, "", "")),
		}), []Decision{
			flagged("r1", ReasonNoCandidate, FlagRestricted), left("r2", ReasonInvalidBarcode),
			left("r3", ReasonNothingToGoBy), left("r4", ReasonNothingToGoBy),
		}},
		{"T3: with the barcode tier off, the code decides", Input{
			ByCode:  true,
			Remotes: remotes(r("r1", "a", upcLost)), Locals: locals(l(1, "", upc), l(2, "a", "")),
		}, []Decision{matched("r1", TierCode, 2, "")}},

		{"T4: equal codes", byBoth(Input{
			Remotes: remotes(r("r1", "007 ", ""), r("r2", "7", "")),
			Locals:  locals(l(1, "7", ""), l(2, "007", "")),
		}), []Decision{matched("r1", TierCode, 2, ""), matched("r2", TierCode, 1, "")}},
		{"T4: with the code tiers off, equal codes are nothing", Input{
			ByBarcode: true,
			Remotes:   remotes(r("r1", "a", "")), Locals: locals(l(1, "a", "")),
		}, []Decision{left("r1", ReasonNoCandidate)}},
		{"T4: a code exactly equal goes before one that is spelled alike", byBoth(Input{
			Remotes: remotes(r("r1", "kitap-01", "")),
			Locals:  locals(l(1, "KİTAP-01", ""), l(2, "kitap-01", "")),
		}), []Decision{matched("r1", TierCode, 2, "")}},
		{"T5: codes spelled differently are listed", byBoth(Input{
			Remotes: remotes(r("r1", "kitap-01", ""), r("r2", "ŞAPKA 12", "")),
			Locals:  locals(l(1, "KİTAP–01", ""), l(2, "sapka-12", "")),
		}), []Decision{matched("r1", TierSpelling, 1, FlagSpelling), left("r2", ReasonNoCandidate)}},

		{"veto: equal codes with different GTINs", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA), r("r2", "Ç-1", gtinA)),
			Locals:  locals(l(1, "a", gtinB), l(2, "ç–1", gtinB)),
		}), []Decision{
			flagged("r1", ReasonNoCandidate, FlagVetoed), flagged("r2", ReasonNoCandidate, FlagVetoed),
		}},
		{"veto: it needs a valid GTIN on both sides", byBoth(Input{
			Remotes: remotes(
				r("r1", "a", gtinA), r("r2", "b", upcLost), r("r3", "c", wrongCheck), r("r4", "d", restricted), r("r5", "e", spoilt),
			),
			Locals: locals(l(1, "a", ""), l(2, "b", gtinB), l(3, "c", gtinB), l(4, "d", gtinB), l(5, "e", gtinB)),
		}), []Decision{
			matched("r1", TierCode, 1, ""), matched("r2", TierCode, 2, ""), matched("r3", TierCode, 3, ""),
			matched("r4", TierCode, 4, ""), matched("r5", TierCode, 5, ""),
		}},
		{"veto: it holds with the barcode tier off", Input{
			ByCode:  true,
			Remotes: remotes(r("r1", "a", gtinA)), Locals: locals(l(1, "a", gtinB)),
		}, []Decision{flagged("r1", ReasonNoCandidate, FlagVetoed)}},
		{"veto: it leaves one of several", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA)),
			Locals:  locals(l(1, "a", gtinB), l(2, "a", "")),
		}), []Decision{matched("r1", TierCode, 2, "")}},

		{"exclusive: two İşbaşı products with one barcode", byBoth(Input{
			Remotes: remotes(r("r1", "", gtinA), r("r2", "", gtinA)),
			Locals:  locals(l(1, "", gtinA)),
		}), []Decision{left("r1", ReasonRepeatedRemote), left("r2", ReasonRepeatedRemote)}},
		{"exclusive: two catalogue products with one barcode", byBoth(Input{
			Remotes: remotes(r("r1", "", gtinA)),
			Locals:  locals(l(1, "", gtinA), l(2, "", gtinA)),
		}), []Decision{left("r1", ReasonRepeatedLocal)}},
		{"exclusive: repeated on both sides counts as repeated at İşbaşı", byBoth(Input{
			Remotes: remotes(r("r1", "a", ""), r("r2", "a", "")),
			Locals:  locals(l(1, "a", ""), l(2, "a", "")),
		}), []Decision{left("r1", ReasonRepeatedRemote), left("r2", ReasonRepeatedRemote)}},
		{"exclusive: repeated without a candidate is only without a candidate", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA), r("r2", "a", gtinA)),
		}), []Decision{flagged("r1", ReasonNoCandidate, FlagRepeated), flagged("r2", ReasonNoCandidate, FlagRepeated)}},
		{"exclusive: a contested barcode takes its ends out of the code tiers", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA), r("r2", "b", gtinA)),
			Locals:  locals(l(1, "a", gtinA)),
		}), []Decision{left("r1", ReasonRepeatedRemote), left("r2", ReasonRepeatedRemote)}},
		{"exclusive: what a contested barcode took out is no one's partner", byBoth(Input{
			Remotes: remotes(r("r1", "", gtinA), r("r2", "", gtinA), r("r3", "A", "")),
			Locals:  locals(l(1, "a", gtinA)),
		}), []Decision{left("r1", ReasonRepeatedRemote), left("r2", ReasonRepeatedRemote), ambiguous("r3", 3)}},
		{"exclusive: what is paired by barcode is bound elsewhere for a code", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA), r("r2", "a", "")),
			Locals:  locals(l(1, "a", gtinA)),
		}), []Decision{matched("r1", TierBarcode, 1, ""), left("r2", ReasonBoundElsewhere)}},

		{"conflict: barcode and code lead to two products, and both are out", byBoth(Input{
			Remotes: remotes(r("r1", "b", gtinA)),
			Locals:  locals(l(1, "a", gtinA), l(2, "b", "")),
		}), []Decision{left("r1", ReasonConflict)}},
		{"conflict: also where the code would be vetoed", byBoth(Input{
			Remotes: remotes(r("r1", "b", gtinA)),
			Locals:  locals(l(1, "a", gtinA), l(2, "b", gtinB)),
		}), []Decision{flagged("r1", ReasonConflict, FlagVetoed)}},
		{"conflict: of a catalogue product", byBoth(Input{
			Remotes: remotes(r("r1", "", gtinA), r("r2", "a", "")),
			Locals:  locals(l(1, "a", gtinA)),
		}), []Decision{left("r1", ReasonConflict), left("r2", ReasonConflict)}},
		{"conflict: it takes the ends of its edges out of all tiers", byBoth(Input{
			Remotes: remotes(r("r1", "b", gtinA), r("r2", "B", "")),
			Locals:  locals(l(1, "a", gtinA), l(2, "b", "")),
		}), []Decision{left("r1", ReasonConflict), left("r2", ReasonConflict)}},
		{"conflict: none where they share a product", byBoth(Input{
			Remotes: remotes(r("r1", "a", gtinA)),
			Locals:  locals(l(1, "a", gtinA), l(2, "a", "")),
		}), []Decision{matched("r1", TierBarcode, 1, "")}},
		{"conflict: spelling makes none", byBoth(Input{
			Remotes: remotes(r("r1", "b", gtinA)),
			Locals:  locals(l(1, "a", gtinA), l(2, "B", "")),
		}), []Decision{matched("r1", TierBarcode, 1, "")}},
		{"conflict: a separated pair makes none", byBoth(Input{
			Remotes:   remotes(r("r1", "b", gtinA)),
			Locals:    locals(l(1, "a", gtinA), l(2, "b", "")),
			Separated: []Pair{{"r1", 2}},
		}), []Decision{matched("r1", TierBarcode, 1, "")}},
		{"conflict: a tier that is off makes none", Input{
			ByBarcode: true,
			Remotes:   remotes(r("r1", "b", gtinA)),
			Locals:    locals(l(1, "a", gtinA), l(2, "b", "")),
		}, []Decision{matched("r1", TierBarcode, 1, "")}},

		{"ambiguous: n candidates that are spelled alike", byBoth(Input{
			Remotes: remotes(r("r1", "KI 1", "")),
			Locals:  locals(l(1, "ki 1", ""), l(2, "Kİ 1", ""), l(3, "kı 1", "")),
		}), []Decision{ambiguous("r1", 3)}},
		{"ambiguous: the only candidate has n", byBoth(Input{
			Remotes: remotes(r("r1", "KI 1", ""), r("r2", "ki 1", "")),
			Locals:  locals(l(1, "kı 1", "")),
		}), []Decision{ambiguous("r1", 2), ambiguous("r2", 2)}},

		{"reason: an invalid barcode and no code", byBoth(Input{
			Remotes: remotes(r("r1", " ", spoilt), r("r2", "a", spoilt)),
		}), []Decision{left("r1", ReasonInvalidBarcode), left("r2", ReasonNoCandidate)}},
		{"reason: code and barcode empty", byBoth(Input{
			Remotes: remotes(r("r1", "\u200b", "\u00a0"), r("r2", "", "-")),
		}), []Decision{left("r1", ReasonNothingToGoBy), left("r2", ReasonNothingToGoBy)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Match(tt.in); !slices.Equal(got, tt.want) {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
			if got := referenceMatch(tt.in); !slices.Equal(got, tt.want) {
				t.Errorf("the reference says %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// What an id stands for twice is one product; where the two differ, no order of them matters.
func TestMatch_anIDThatStandsTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	a, b := r("r1", "a", ""), r("r1", "b", "")
	x, y := l(1, "a", ""), l(1, "c", "")
	want := []Decision{matched("r1", TierCode, 1, ""), matched("r1", TierCode, 1, "")}
	for _, remotes := range [][]Remote{{a, b}, {b, a}} {
		for _, locals := range [][]Local{{x, y}, {y, x}} {
			got := Match(Input{Remotes: remotes, Locals: locals, ByCode: true})
			if !slices.Equal(got, want) {
				t.Errorf("%v and %v: %+v", remotes, locals, got)
			}
		}
	}
}
