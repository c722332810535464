package sandbox

import (
	"fmt"
	"hash/crc32"
	"slices"
)

// cities are the provinces of Türkiye; the place in the list, from 1, is the plate number, which serves
// as the city's code here.
func cities() []string {
	return []string{
		"Adana", "Adıyaman", "Afyonkarahisar", "Ağrı", "Amasya", "Ankara", "Antalya", "Artvin", "Aydın", "Balıkesir",
		"Bilecik", "Bingöl", "Bitlis", "Bolu", "Burdur", "Bursa", "Çanakkale", "Çankırı", "Çorum", "Denizli",
		"Diyarbakır", "Edirne", "Elazığ", "Erzincan", "Erzurum", "Eskişehir", "Gaziantep", "Giresun", "Gümüşhane", "Hakkâri",
		"Hatay", "Isparta", "Mersin", "İstanbul", "İzmir", "Kars", "Kastamonu", "Kayseri", "Kırklareli", "Kırşehir",
		"Kocaeli", "Konya", "Kütahya", "Malatya", "Manisa", "Kahramanmaraş", "Mardin", "Muğla", "Muş", "Nevşehir",
		"Niğde", "Ordu", "Rize", "Sakarya", "Samsun", "Siirt", "Sinop", "Sivas", "Tekirdağ", "Tokat",
		"Trabzon", "Tunceli", "Şanlıurfa", "Uşak", "Van", "Yozgat", "Zonguldak", "Aksaray", "Bayburt", "Karaman",
		"Kırıkkale", "Batman", "Şırnak", "Bartın", "Ardahan", "Iğdır", "Yalova", "Karabük", "Kilis", "Osmaniye",
		"Düzce",
	}
}

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
