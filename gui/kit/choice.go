package kit

// Pick gives what a choice stands on; the first while it stands on nothing (-1).
func Pick[T any](all []T, i int) T { return all[max(i, 0)] }

// Yes is where a choice of yes and no stands.
func Yes(on bool) int {
	if on {
		return 0
	}
	return 1
}
