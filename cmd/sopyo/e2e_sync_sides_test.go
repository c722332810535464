//go:build e2e && linux

package main_test

import (
	"fmt"
	"maps"
	"strconv"
)

// What the two sides have, and what is told of it.

func (s *syncTest) ctl(args ...string) map[string]any {
	s.t.Helper()
	return s.world.ctl(s.world.data, args...)
}

// objects gives a list of an answer of sopyoctl.
func objects(answer map[string]any, name string) (all []map[string]any) {
	list, _ := answer[name].([]any)
	for _, o := range list {
		if o, ok := o.(map[string]any); ok {
			all = append(all, o)
		}
	}
	return all
}

// catalogue gives what the catalogue has now, by code.
func (s *syncTest) catalogue() map[string]value {
	s.t.Helper()
	all := map[string]value{}
	for _, p := range objects(s.ctl("catalogue", "list"), "products") {
		all[fmt.Sprint(p["code"])] = value{fmt.Sprint(p["price"]), fmt.Sprint(p["stock"])}
	}
	return all
}

// holds checks that a side has the values wanted.
func (s *syncTest) holds(side string, has, want map[string]value) {
	s.t.Helper()
	for code, v := range want {
		if has[code] != v {
			s.t.Errorf("%s: %s has %v, want %v", side, code, has[code], v)
		}
	}
}

// same checks that both sides have the same sixty products.
func (s *syncTest) same(when string) {
	s.t.Helper()
	ours, theirs := s.catalogue(), s.clerk.products()
	if len(ours) != 60 || len(theirs) != 60 {
		s.t.Errorf("%s: %d products here, %d there", when, len(ours), len(theirs))
	}
	s.holds(when, ours, theirs)
}

// tells checks what is told of the last sync, by code and field.
func (s *syncTest) tells(want map[string]string) {
	s.t.Helper()
	run := s.ctl("sync", "show")
	if run["state"] != "done" || run["occasion"] != "person" || run["conflicts"] != 1.0 || run["held"] != 1.0 || run["failed"] != 0.0 {
		s.t.Errorf("the sync: %v", run)
	}
	got := map[string]string{}
	for _, c := range objects(run, "changes") {
		got[fmt.Sprint(c["code"], " ", c["field"])] = fmt.Sprintf("%v %v %v > %v, conflict %v, loser %v", c["way"], c["why"], c["base"], c["value"], c["conflict"], c["loser"])
	}
	if !maps.Equal(got, want) {
		s.t.Errorf("told: %s\nwant: %s", strconv.Quote(fmt.Sprint(got)), strconv.Quote(fmt.Sprint(want)))
	}
}

// changed checks what has come of it on either side.
func (s *syncTest) changed() {
	s.t.Helper()
	want := map[string]value{
		"URN-0001": {"54.5", "5"}, "URN-0002": {"59.9", "11"}, "URN-0003": {"75", "7"}, "URN-0004": {"79.9", "14"},
		"URN-0005": {"97.25", "9"}, "URN-0006": {"99.9", "10"},
	}
	s.holds("the catalogue", s.catalogue(), want)
	want["URN-0006"] = value{"999", "10"}
	s.holds("İşbaşı", s.clerk.products(), want)
	s.tells(map[string]string{
		"URN-0001 price": "push ours_changed 49.9 > 54.5, conflict false, loser <nil>",
		"URN-0002 stock": "push ours_changed 6 > 11, conflict false, loser <nil>",
		"URN-0003 price": "pull theirs_changed 69.9 > 75, conflict false, loser <nil>",
		"URN-0004 stock": "pull theirs_changed 8 > 14, conflict false, loser <nil>",
		"URN-0005 price": "push both_changed 89.9 > 97.25, conflict true, loser 95",
	})
	if kept := s.ctl("sync", "settings"); kept["owner_price"] != "later" || kept["owner_stock"] != "default" {
		s.t.Errorf("kept: %v", kept)
	}
}
