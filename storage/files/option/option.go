// Package option is the words of sizes, colours and the like, by which variants of a product are told apart: as columns of a table and as
// elements of a feed.
package option

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// optionName knows the name of a column that holds a size, a colour or the like: "beden", "renk 2", "option1 value", "varyant
// degeri". What is about options and is none, as "varyant fiyati" or "option1 name", is not among them.
var optionName = regexp.MustCompile(`^(urun )?(` +
	`(beden|bedeni|renk|rengi|numara|numarasi|ayakkabi numarasi|olcu|olcusu|boyut|boyutu|ebat|ebadi|boyut ebat|beden numara|desen|deseni` +
	`|koku|aroma|tat|hacim|kapasite|gramaj|size|colou?r|web color|shade|flavou?r|scent|pattern)( ?[0-9]+)?( (adi|degeri|secimi|secenegi|name|value))?` +
	`|(secenek|secenegi|varyant|varyasyon|variant|variation|option|ozellik)( ?[0-9]+)?( (deger|degeri|degerleri|value|values))?` +
	`|attribute ?[0-9]+ values?( s)?)$`)

// Labels and values of options as feeds write them: <Ozellik Tanim="Beden" Deger="S"/>, <option><name/><value/></option>.
var (
	optionGroup  = regexp.MustCompile(`^(ek ?secenek ?ozellik|(secenek|ozellik|varyant|varyasyon|option|variant|variation|attribute|spec)(ler|leri|lar|s|i)?)$`)
	variantGroup = regexp.MustCompile(`^(varyant|varyasyon|variant|variation|secenek)(lar|ler|s|i)?$`)
	optionValue  = regexp.MustCompile(`^(deger|degeri|value|val|text)$`)
	optionText   = regexp.MustCompile(`^(ad|adi|isim|name|label|title|deger|degeri|value|val|text)$`)
	optionSort   = regexp.MustCompile(`^(beden|renk|numara|olcu|desen|koku|aroma|size|colou?r|flavou?r|scent|pattern)( ?[0-9]+)?$`)
)

// partWords folds a name and leaves blanks between its words, also where only letters of another size are: "RenkKodu".
func partWords(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		if lower && r >= 'A' && r <= 'Z' {
			b.WriteByte(' ')
		}
		lower = r >= 'a' && r <= 'z'
		b.WriteRune(r)
	}
	return strings.Join(strings.FieldsFunc(domain.Fold(b.String()), func(r rune) bool { return strings.ContainsRune(" _-/.()[]:@", r) }), " ")
}

// Columns are those that tell sizes, colours and the like apart, but for the columns that are something else.
func Columns(header []string, cols listing.Columns) (columns []int) {
	taken := map[int]bool{}
	for _, all := range cols {
		for _, i := range all {
			taken[i] = true
		}
	}
	for i, h := range header {
		if !taken[i] && Is(h) {
			columns = append(columns, i)
		}
	}
	return columns
}

// Is tells it of a header, or of a path in a feed: its last part decides, or that it is the value in a group of options, or
// the name of a size or colour.
func Is(header string) bool {
	path, _, _ := strings.Cut(header, "[")
	parts := strings.Split(path, "/")
	last := partWords(parts[len(parts)-1])
	if len(parts) == 1 {
		return optionName.MatchString(partWords(path))
	}
	around := partWords(parts[len(parts)-2])
	if optionSort.MatchString(last) || optionSort.MatchString(around) && optionText.MatchString(last) {
		return true
	}
	in := slices.ContainsFunc(parts[:len(parts)-1], func(p string) bool { return optionGroup.MatchString(partWords(p)) })
	if in && (optionValue.MatchString(last) || optionName.MatchString(last)) {
		return true
	}
	return optionGroup.MatchString(last) && optionGroup.MatchString(around) &&
		slices.ContainsFunc(parts[:len(parts)-2], func(p string) bool { return variantGroup.MatchString(partWords(p)) })
}

// IsGroup knows elements around options: <Ozellikler>, <variants>.
func IsGroup(name string) bool { return optionGroup.MatchString(partWords(name)) }

// IsSort knows elements that are called after one option: <beden>, <color>.
func IsSort(name string) bool { return optionSort.MatchString(partWords(name)) }

// IsText knows what names or holds an option within one: <ad>, <value>.
func IsText(name string) bool { return optionText.MatchString(partWords(name)) }
