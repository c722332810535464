package backup

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Removed is a company that was taken off the list and whose file is still here.
type Removed struct {
	domain.Company
	RemovedAt time.Time
	Path      string // of its file
	Size      int64  // in bytes, of the file alone
}

// Erased counts what was erased for good with a company.
type Erased struct {
	Files   int // of its data: the database, its copies and its documents
	Backups int // of the folder of backups
}

// erasureWords are what a person types before a company is erased for good: in Turkish, in English.
var erasureWords = []string{"SİL", "ERASE"}

// ErasureWord is the word to type in a language.
func ErasureWord(lang string) string {
	if lang == "en" {
		return erasureWords[1]
	}
	return erasureWords[0]
}

// CheckErasure refuses any but the words, in whatever case they are typed: KindInvalid, field "word".
func CheckErasure(typed string) error {
	for _, w := range erasureWords {
		if domain.Fold(typed) == domain.Fold(w) {
			return nil
		}
	}
	return domain.Invalid("word", "erasure-word")
}
