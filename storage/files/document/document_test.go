package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

const (
	mostPart  = 16 << 20
	mostSheet = 2 << 30
)

// What is wrong with a file that changed meanwhile is that; a person who stops hears that they did.
func TestDocument_excusesWhatAChangeHasDone(t *testing.T) {
	changed := Of(t.Context(), filestest.Faulty("abc", 0), 2, time.Time{})
	stopped := domain.E(domain.KindCancelled, "read", nil)
	if got := changed.Excuse(stopped); !errors.Is(got, stopped) {
		t.Errorf("a person who stopped hears %v", got)
	}
	if got := changed.Excuse(filestest.ErrDisk); filestest.Detail(got) != "file.changed" {
		t.Errorf("the reason is %v", got)
	}
	changed.Size = 3
	if got := changed.Excuse(filestest.ErrDisk); got != filestest.ErrDisk { //nolint:errorlint // that very one
		t.Errorf("the reason is %v", got)
	}
}

func TestUnpacked_onEachSideOfItsBounds(t *testing.T) {
	const mega = 1 << 20
	for _, c := range []struct{ packed, says, most, want uint64 }{
		{0, 0, mostSheet, alwaysTaken},                                             // little is always taken
		{1, alwaysTaken, mostSheet, alwaysTaken},                                   // however small it was packed
		{1, alwaysTaken + 1, mostSheet, 0},                                         // and no more than that
		{mega, 200 * mega, mostSheet, 200 * mega},                                  // much is what shrinks so far
		{mega, 200*mega + 1, mostSheet, 0},                                         // and no further
		{mega, 1, mostSheet, 200 * mega},                                           // what it says is no promise
		{mega, mostPart, mostPart, mostPart},                                       // nothing is more than the most
		{mega, mostPart + 1, mostPart, 0},                                          //
		{1 << 62, mostSheet, mostSheet, mostSheet},                                 // whatever it says
		{1 << 62, mostSheet + 1, mostSheet, 0},                                     //
		{mostSheet / 200, mostSheet / 200 * 200, mostSheet, mostSheet / 200 * 200}, // the product decides
	} {
		part := &zip.File{FileHeader: zip.FileHeader{CompressedSize64: c.packed, UncompressedSize64: c.says}}
		got, err := unpacked(part, c.most)
		if got != int64(c.want) || (filestest.Detail(err) == "file.too-large") != (c.want == 0) {
			t.Errorf("%+v: %d, %v", c, got, err)
		}
	}
}

func TestBudget_givesToTheLastByte(t *testing.T) {
	for left, want := range map[int64]string{0: "", 1: "a", 4: "abcd", 5: "abcde", 6: "abcde"} {
		b := &budget{in: strings.NewReader("abcde"), left: left}
		got, err := io.ReadAll(b)
		if string(got) != want || (filestest.Detail(err) == "file.too-large") != (left <= 5) {
			t.Errorf("%d: %q, %v", left, got, err)
		}
	}
}

// A piece of XML may be as long as it may be, and not a byte longer.
func TestXMLReader_boundsAToken(t *testing.T) {
	for size, want := range map[int]string{MaxToken: "", MaxToken + 1: "file.too-large"} {
		x := NewXMLReader(strings.NewReader("<!--" + strings.Repeat("x", size-len("<!---->")) + "-->"))
		if token, err := x.Next(); filestest.Detail(err) != want || (token == nil) != (want != "") {
			t.Errorf("%d bytes: %T, %v, want %q", size, token, err, want)
		}
	}
}

// A part of a workbook is read to its bound and no further.
func TestUnpack_isBounded(t *testing.T) {
	for size, want := range map[int]string{mostPart - 1: "", mostPart: "file.too-large"} {
		content := filestest.ArchiveOf(t, "a.xml", "<a>"+strings.Repeat(" ", size-len("<a></a>"))+"</a>")
		archive, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		var into struct{ XMLName xml.Name }
		if err := Unpack(archive.File[0], mostPart, func(in io.Reader) error { return xml.NewDecoder(in).Decode(&into) }); filestest.Detail(err) != want || want == "" && (err != nil || into.XMLName.Local != "a") {
			t.Errorf("%d bytes: %v, want %q", size, err, want)
		}
	}
}
