package assets

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
)

//go:embed geo/il-ilce.csv
var districts string

// Districts are all of Türkiye's (source and licence: geo/README.md).
func Districts() domain.Districts { return everyDistrict() }

var everyDistrict = sync.OnceValue(func() domain.Districts {
	rows, err := csv.NewReader(strings.NewReader(districts)).ReadAll()
	if err != nil {
		panic("assets: il-ilce.csv: " + err.Error()) // embedded: a defect of the build
	}
	var list []domain.Place
	for _, row := range rows[1:] {
		province, ok := domain.FindProvince(row[0])
		if !ok {
			panic(fmt.Sprintf("assets: il-ilce.csv: no province %s", row[0]))
		}
		list = append(list, domain.Place{Province: province, District: row[1]})
	}
	return domain.NewDistricts(list)
})
