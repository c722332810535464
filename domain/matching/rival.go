package matching

import "github.com/sopyo/sopyo-desktop/domain"

// Rivals gives those of the İşbaşı products whose barcode or code leads to one of the catalogue products:
// the other side of a conflict or an ambiguity. It keeps their order.
func Rivals(locals []Local, remotes []Remote) []domain.RemoteID {
	barcodes, codes := map[string]bool{}, map[string]bool{}
	for _, l := range locals {
		if key, class := l.Barcode.Key(); class.Pairs() || class == domain.BarcodeRestricted {
			barcodes[key] = true
		}
		if k1 := l.Code.K1(); k1 != "" {
			codes[k1] = true
		}
	}
	var rivals []domain.RemoteID
	for _, r := range remotes {
		key, _ := r.Barcode.Key()
		if barcodes[key] || codes[r.Code.K1()] {
			rivals = append(rivals, r.ID)
		}
	}
	return rivals
}
