package matching

// What matchingtest has, which imports this package: it is given to these tests from outside.
var (
	referenceMatch    func(Input) []Decision
	sameBarcode, veto func(Remote, Local) bool
)

// HoldAgainst says what Match and Suggest are held against.
func HoldAgainst(match func(Input) []Decision, same, vetoed func(Remote, Local) bool) {
	referenceMatch, sameBarcode, veto = match, same, vetoed
}
