package backup

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Kept is how many of a company's backups stay.
const Kept = 14

// File is a backup as it lies in the folder.
type File struct {
	Path   string
	Stem   string    // the company's name as a file has it
	Day    time.Time // midnight in Istanbul
	Number int       // 1, or 2 and so on of more than one a day
	Size   int64     // bytes
}

// Name is that of a company's backup of that day, without its ending; stem is the company's name as a file may have it.
func Name(stem string, at time.Time) string {
	return stem + " " + at.In(domain.Istanbul).Format(time.DateOnly)
}

var named = regexp.MustCompile(`^(.+) (\d{4}-\d{2}-\d{2})(?: \((\d+)\))?$`)

// ParseName reads what Name has made, ending and number of the day included; ok = false: it is no backup's.
func ParseName(name string) (f File, ok bool) {
	base, ok := strings.CutSuffix(name, Ending)
	if !ok {
		return File{}, false
	}
	found := named.FindStringSubmatch(base)
	if found == nil {
		return File{}, false
	}
	day, err := time.ParseInLocation(time.DateOnly, found[2], domain.Istanbul)
	if err != nil {
		return File{}, false
	}
	number := 1
	if found[3] != "" {
		if number, err = strconv.Atoi(found[3]); err != nil || number < 2 {
			return File{}, false
		}
	}
	return File{Stem: found[1], Day: day, Number: number}, true
}

// NumberedName is the n-th of names that are the same.
func NumberedName(stem string, n int) string {
	if n < 2 {
		return stem
	}
	return fmt.Sprintf("%s (%d)", stem, n)
}

// newest sorts the newest file first.
func newest(a, b File) int {
	return cmp.Or(b.Day.Compare(a.Day), cmp.Compare(b.Number, a.Number), bytes.Compare(domain.SortKey(a.Stem), domain.SortKey(b.Stem)))
}

// Newest sorts files, the newest first, those of a day by the names of their companies.
func Newest(files []File) { slices.SortStableFunc(files, newest) }

// Alone gives the files whose names begin with one of a company's stems, and with none that others have or had: those may be theirs.
func Alone(files []File, stems, others []string) []File {
	in := func(stems []string, f File) bool {
		return slices.ContainsFunc(stems, func(s string) bool { return domain.Fold(s) == domain.Fold(f.Stem) })
	}
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return !in(stems, f) || in(others, f) })
}

// Surplus gives those of one company's files that go when no more than Kept may stay. Of a day's several the last stays
// longest: who presses the button twenty times in an hour keeps the days before.
func Surplus(files []File) []File {
	files = slices.Clone(files)
	Newest(files)
	var lasts, others []File
	for i, f := range files {
		if i > 0 && files[i-1].Day.Equal(f.Day) {
			others = append(others, f)
			continue
		}
		lasts = append(lasts, f)
	}
	// From the front stays what is kept longest: each day's last, then the rest, the newest of both first.
	order := append(lasts, others...)
	if len(order) <= Kept {
		return nil
	}
	return order[Kept:]
}
