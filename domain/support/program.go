package support

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
)

// Program tells of this program, of that version, and the machine it runs on; named: its data folder is one that a person has named.
func Program(version string, named bool) []Fact {
	folder := "the user's own"
	if named {
		folder = "a named one"
	}
	facts := []Fact{
		{Name: "version", Value: version},
		{Name: "go", Value: runtime.Version()},
		{Name: "system", Value: runtime.GOOS + "/" + runtime.GOARCH},
		{Name: "processors", Value: strconv.Itoa(runtime.NumCPU())},
		{Name: "data folder", Value: folder},
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return facts
	}
	for _, s := range info.Settings {
		if slices.Contains([]string{"vcs.revision", "vcs.modified", "CGO_ENABLED", "-tags"}, s.Key) {
			facts = append(facts, Fact{Name: s.Key, Value: s.Value})
		}
	}
	for _, m := range info.Deps {
		facts = append(facts, Fact{Name: m.Path, Value: m.Version})
	}
	return facts
}
