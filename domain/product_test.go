package domain

import "testing"

func TestRemoteID_number(t *testing.T) {
	for id, want := range map[RemoteID]int64{
		"7": 7, "007": 7, "9007199254740993": 9007199254740993, "0": 0, "": 0, "-7": 0, "7a": 0, " 7": 0, "99999999999999999999": 0,
	} {
		if n := id.Number(); n != want {
			t.Errorf("%q: %d, want %d", id, n, want)
		}
	}
}
