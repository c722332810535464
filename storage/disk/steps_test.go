package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Every change is asked for before it is made, in the order by which a cut at any moment leaves the old file or the new one.
func TestWrite_asksBeforeEachStep(t *testing.T) {
	defer func(was func(Op, string, string) error) { step = was }(step)
	cut := errors.New("power cut")
	write := func(path string) error {
		return Write(path, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err })
	}
	want := []Op{OpCreate, OpWrite, OpSync, OpRename, OpSettle}
	for taken := range len(want) + 1 {
		path := filepath.Join(t.TempDir(), "rapor.html")
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		var asked []Op
		step = func(op Op, _, _ string) error {
			if len(asked) == taken {
				return cut // and nothing behind it is taken either
			}
			asked = append(asked, op)
			return nil
		}
		err := write(path)
		text, read := os.ReadFile(path)
		holds := "old"
		if taken > 3 {
			holds = "new"
		}
		if !slices.Equal(asked, want[:taken]) || string(text) != holds || read != nil || (err == nil) != (taken == len(want)) || err != nil && !errors.Is(err, cut) {
			t.Errorf("%v: %v, it holds %q, %v", asked, err, text, read)
		}
	}
}

// A name is given and taken away by steps too, and what is refused has not happened.
func TestSteps_ofNames(t *testing.T) {
	defer func(was func(Op, string, string) error) { step = was }(step)
	refused := errors.New("refused")
	for _, c := range []struct {
		do   func(path string) error
		want Op
	}{
		{func(path string) error { return Rename(path, path+".2") }, OpRename},
		{Remove, OpRemove},
		{RemoveAll, OpRemove},
	} {
		path := filepath.Join(t.TempDir(), "a")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		var asked []Op
		step = func(op Op, _, _ string) error { asked = append(asked, op); return refused }
		if err := c.do(path); !errors.Is(err, refused) || !slices.Equal(asked, []Op{c.want}) {
			t.Errorf("%s: %v, %v", c.want, asked, err)
		}
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("%s: refused, and it has happened", c.want)
		}
		step = func(Op, string, string) error { return nil }
		if err := c.do(path); err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s has not happened", c.want)
		}
	}
}
