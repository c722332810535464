package matching

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// catalogues is how many random catalogues each property is tried on.
const catalogues = 20_000 / thinned

// The alphabets are small, so that everything collides with everything.
var (
	codes = []domain.Code{"", " ", "a", "a", "A", "A ", "b", "B", "kı-1", "KI–1", "Kİ-1", "ç", "c"}
	// GTINs, one of them three ways, with and without its zero; two that are no GTIN; in-store; spoilt.
	barcodes = []domain.Barcode{
		"", "0000", "8690524165235", "08690524165235", "86919937", "036000291452", "36000291452", "0036000291452",
		"8690524165234", "EVK-1", "2000000000015", "8,69E+12",
	}
	skips = []Reason{"", "", "", "", "", ReasonPassive}
)

func pick[T any](r *rand.Rand, all []T) T { return all[r.IntN(len(all))] }

func random(r *rand.Rand) Input {
	in := Input{ByBarcode: r.IntN(8) > 0, ByCode: r.IntN(8) > 0}
	codes, barcodes := few(r, codes), few(r, barcodes)
	for i := range r.IntN(8) {
		in.Remotes = append(in.Remotes, Remote{
			ID: domain.RemoteID(fmt.Sprint("r", i)), Code: pick(r, codes), Barcode: pick(r, barcodes), Skip: pick(r, skips),
		})
	}
	for i := range r.IntN(8) {
		in.Locals = append(in.Locals, Local{ID: domain.ProductID(i + 1), Code: pick(r, codes), Barcode: pick(r, barcodes)})
	}
	pair := func() Pair {
		return Pair{domain.RemoteID(fmt.Sprint("r", r.IntN(9))), domain.ProductID(r.IntN(9) + 1)}
	}
	for r.IntN(3) == 0 {
		in.Bound = append(in.Bound, pair())
	}
	for r.IntN(3) > 0 {
		in.Separated = append(in.Separated, pair())
	}
	return in
}

// few takes some of all, so that small catalogues have long groups too.
func few[T any](r *rand.Rand, all []T) []T {
	all = slices.Clone(all)
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+r.IntN(len(all))]
}

// each runs f on many random catalogues; the seed is the same every time.
func each(t *testing.T, f func(t *testing.T, r *rand.Rand, in Input)) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for range catalogues {
		in := random(r)
		if f(t, r, in); t.Failed() {
			t.Fatalf("input: %+v", in)
		}
	}
}

func TestMatch_agreesWithTheReference(t *testing.T) {
	t.Parallel()
	seen := map[any]int{}
	each(t, func(t *testing.T, _ *rand.Rand, in Input) {
		t.Helper()
		got, want := Match(in), referenceMatch(in)
		if !slices.Equal(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		for _, d := range got {
			seen[d.Tier]++
			seen[d.Reason]++
			seen[d.Flag]++
		}
	})
	for _, v := range []any{
		TierNone, TierKnown, TierBarcode, TierCode, TierSpelling,
		ReasonPassive, ReasonBoundElsewhere, ReasonRepeatedRemote, ReasonRepeatedLocal, ReasonConflict, ReasonAmbiguous,
		ReasonInvalidBarcode, ReasonNothingToGoBy, ReasonNoCandidate,
		FlagNone, FlagNotGTIN, FlagRestored, FlagSpelling, FlagSeparated, FlagVetoed, FlagRestricted,
	} {
		if seen[v] < 100/thinned {
			t.Errorf("%q came up %d times: the catalogues do not try it", v, seen[v])
		}
	}
}

func TestMatch_ignoresTheOrder(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, r *rand.Rand, in Input) {
		t.Helper()
		in.Remotes = append(in.Remotes, repeat(r, in.Remotes)...)
		in.Locals = append(in.Locals, repeat(r, in.Locals)...)
		want := byRemote(Match(in))
		shuffle(r, in.Remotes)
		shuffle(r, in.Locals)
		shuffle(r, in.Bound)
		shuffle(r, in.Separated)
		got := Match(in)
		for i, d := range got {
			if d.Remote != in.Remotes[i].ID {
				t.Errorf("decision %d is about %s, not %s", i, d.Remote, in.Remotes[i].ID)
			}
			if d != want[d.Remote] {
				t.Errorf("got %+v, before %+v", d, want[d.Remote])
			}
		}
	})
}

func TestMatch_pairsNothingTwice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ *rand.Rand, in Input) {
		t.Helper()
		at := map[domain.ProductID]domain.RemoteID{}
		for _, d := range Match(in) {
			if (d.Tier == TierNone) != (d.Local == 0) || (d.Reason == "") != (d.Tier != TierNone) {
				t.Errorf("%+v is neither paired nor explained", d)
			}
			if (d.Reason == ReasonAmbiguous) != (d.Candidates > 1) {
				t.Errorf("%+v: ambiguous means several candidates", d)
			}
			if d.Tier == TierNone {
				continue
			}
			if other, twice := at[d.Local]; twice {
				t.Errorf("product %d is paired with %s and %s", d.Local, other, d.Remote)
			}
			at[d.Local] = d.Remote
			separated := slices.Contains(in.Separated, Pair{d.Remote, d.Local})
			if separated && d.Tier != TierKnown {
				t.Errorf("%+v was taken apart by a person", d)
			}
		}
	})
}

func TestMatch_changesNothingWhenRunAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ *rand.Rand, in Input) {
		t.Helper()
		first := Match(in)
		for _, d := range first {
			if d.Tier != TierNone && d.Tier != TierKnown {
				in.Bound = append(in.Bound, Pair{d.Remote, d.Local})
			}
		}
		for i, d := range Match(in) {
			want := first[i]
			if want.Tier != TierNone {
				want.Tier, want.Flag = TierKnown, FlagNone
			}
			if d != want {
				t.Errorf("first %+v\nthen  %+v", first[i], d)
			}
		}
	})
}

func repeat[T any](r *rand.Rand, all []T) []T {
	if len(all) == 0 || r.IntN(4) > 0 {
		return nil
	}
	return []T{pick(r, all)}
}

func shuffle[T any](r *rand.Rand, all []T) {
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
}

func byRemote(all []Decision) map[domain.RemoteID]Decision {
	out := make(map[domain.RemoteID]Decision, len(all))
	for _, d := range all {
		out[d.Remote] = d
	}
	return out
}
