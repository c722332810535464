package sandbox

import (
	"fmt"
	"hash/crc32"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
)

// cities are the provinces of Türkiye; the place in the list, from 1, is the plate number, which serves
// as the city's code here.
func cities() []string { return domain.Provinces() }

// plateOf gives the plate number of a city, or 0. İ and ı are one letter (isbasi-api.md §8.7).
func plateOf(city string) int {
	return 1 + slices.IndexFunc(cities(), func(name string) bool { return upper(name) == upper(city) })
}

// placeCodes resolves the codes from the names (isbasi-api.md §7); an unknown city has none.
func placeCodes(city, district string) (cityCode, districtCode string) {
	plate := plateOf(city)
	if plate == 0 {
		return "", ""
	}
	cityCode = fmt.Sprintf("%02d", plate)
	if district == "" {
		return cityCode, ""
	}
	return cityCode, fmt.Sprintf("%s%02d", cityCode, crc32.ChecksumIEEE([]byte(upper(district)))%90+10)
}
