package assets

import (
	_ "embed"
	"strings"
)

//go:generate go run ../cmd/internal/notices

//go:embed notices/notices.txt
var notices string

// Notices are the licences of all works of others in the programs, as one text: for packages, and to be printed.
func Notices() string { return notices }

// Notice is one work of others and the licences it is under.
type Notice struct {
	Name string // of the module and its version, or of the font or list
	Text string // of all its licence files, each behind a line with its name
}

// Works are the same one by one, in the order of the text.
func Works() []Notice {
	var all []Notice
	for _, part := range strings.Split("\n"+notices, "\n==== ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		all = append(all, Notice{Name: name, Text: strings.TrimSpace(text)})
	}
	return all
}
