package domain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// provinces are what Provinces gives.
var provinces = []string{
	"Adana", "Adıyaman", "Afyonkarahisar", "Ağrı", "Amasya", "Ankara", "Antalya", "Artvin", "Aydın", "Balıkesir",
	"Bilecik", "Bingöl", "Bitlis", "Bolu", "Burdur", "Bursa", "Çanakkale", "Çankırı", "Çorum", "Denizli",
	"Diyarbakır", "Edirne", "Elazığ", "Erzincan", "Erzurum", "Eskişehir", "Gaziantep", "Giresun", "Gümüşhane", "Hakkari",
	"Hatay", "Isparta", "Mersin", "İstanbul", "İzmir", "Kars", "Kastamonu", "Kayseri", "Kırklareli", "Kırşehir",
	"Kocaeli", "Konya", "Kütahya", "Malatya", "Manisa", "Kahramanmaraş", "Mardin", "Muğla", "Muş", "Nevşehir",
	"Niğde", "Ordu", "Rize", "Sakarya", "Samsun", "Siirt", "Sinop", "Sivas", "Tekirdağ", "Tokat",
	"Trabzon", "Tunceli", "Şanlıurfa", "Uşak", "Van", "Yozgat", "Zonguldak", "Aksaray", "Bayburt", "Karaman",
	"Kırıkkale", "Batman", "Şırnak", "Bartın", "Ardahan", "Iğdır", "Yalova", "Karabük", "Kilis", "Osmaniye", "Düzce",
}

// Provinces are the names of the 81, in the order of their plates.
func Provinces() []string { return slices.Clone(provinces) }

// Province is one of Turkey's.
type Province struct {
	Plate string // 01 to 81
	Name  string
}

// FindProvince knows a province by its name, however it is spelled, by its plate (6, 06), and by its code
// (TR06, TR-06).
func FindProvince(text string) (Province, bool) {
	key := Fold(text)
	if key == "" {
		return Province{}, false
	}
	if p, ok := provinceNames()[key]; ok {
		return p, true
	}
	digits := key
	if code, ok := strings.CutPrefix(key, "tr"); ok {
		digits = strings.TrimPrefix(code, "-")
	}
	plate, err := strconv.ParseUint(digits, 10, 8) // refuses signs
	if err != nil || len(digits) > 2 || plate < 1 || int(plate) > len(provinces) {
		return Province{}, false
	}
	return province(int(plate)), true
}

// provinceNames are the provinces by their folded names.
var provinceNames = sync.OnceValue(func() map[string]Province {
	names := map[string]Province{}
	for i, name := range provinces {
		names[Fold(name)] = province(i + 1)
	}
	return names
})

func province(plate int) Province {
	return Province{Plate: fmt.Sprintf("%02d", plate), Name: provinces[plate-1]}
}
