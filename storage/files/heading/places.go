package heading

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// NamesPlace knows headers of columns that name the place of a stock.
func NamesPlace(header string) bool {
	key := domain.NameKey(header)
	for _, end := range []string{"adi", "ismi", "name", "kodu", "code", "no", "id"} {
		if rest, ok := strings.CutSuffix(key, end); ok && isPlaceWord(rest) {
			return true
		}
	}
	return isPlaceWord(key)
}

// IsNumbered tells whether a header says that its places are numbers.
func IsNumbered(header string) bool {
	key := domain.NameKey(header)
	return !isPlaceWord(key) && !strings.HasSuffix(key, "adi") && !strings.HasSuffix(key, "ismi") && !strings.HasSuffix(key, "name")
}

func isPlaceWord(key string) bool {
	return slices.Contains([]string{"depo", "stokdepo", "stokdeposu", "ambar", "sube", "magaza", "lokasyon", "stoklokasyonu", "stokyeri", "location", "inventorylocation", "stocklocation", "warehouse", "branch", "store"}, key)
}

// SheetOfPlace knows what sheets are called that have the stocks of one place: "Depo 2", "Ankara Deposu".
func SheetOfPlace(name string) bool {
	outside, inside := headerWords(name)
	return containsAny(slices.Concat(outside, inside), []string{
		"depo", "deposu", "ambar", "ambari", "sube", "subesi", "magaza", "magazasi", "lokasyon", "location", "warehouse", "branch", "store",
	})
}
