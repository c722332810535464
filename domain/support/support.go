// Package support is the file that a person sends to whoever helps: versions, counts, and a log without anything that is
// theirs. What may be in it is named, everything else is left out.
package support

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Report is what the file says.
type Report struct {
	MadeAt  time.Time // UTC
	Program []Fact
	Files   []DataFile
	Logs    []Log
}

// Fact is something about the program or the machine.
type Fact struct{ Name, Value string }

// DataFile is a file of our own data.
type DataFile struct {
	Name    string // sopyo.db, or the random id of a company
	Size    int64  // bytes
	Version int    // of its tables
	Counts  []Count
	Wrong   domain.Kind // why it cannot be looked into, "" for nothing
}

// Count is how many rows a table has, in all or in one state.
type Count struct {
	What string // product, transfer_row failed
	Rows int
}

// Log is a log or crash file as it may be sent.
type Log struct {
	Name  string
	Lines []string
	// LeftOut are the lines that nobody knows, which may hold anything.
	LeftOut int
}

// Write writes the report as text.
func (r Report) Write(out io.Writer) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "Sopyo, support file of %s\nNames, prices, secrets and addresses are not in it; read it before you send it.\n\n", r.MadeAt.Format(time.RFC3339))
	for _, f := range r.Program {
		fmt.Fprintf(w, "%s: %s\n", f.Name, f.Value)
	}
	for _, f := range r.Files {
		fmt.Fprintf(w, "\n== %s: %d bytes, version %d\n", f.Name, f.Size, f.Version)
		if f.Wrong != "" {
			fmt.Fprintf(w, "it cannot be looked into: %s\n", f.Wrong)
		}
		for _, c := range f.Counts {
			fmt.Fprintf(w, "%s %d\n", c.What, c.Rows)
		}
	}
	for _, l := range r.Logs {
		fmt.Fprintf(w, "\n== %s: %d lines, %d left out\n", l.Name, len(l.Lines), l.LeftOut)
		for _, line := range l.Lines {
			fmt.Fprintln(w, line)
		}
	}
	return w.Flush()
}
