// Package states is the words by which lists say whether a product is on sale: the names of such columns, and what their cells mean, signs among
// them. What a sign means is told by the others of its column.
package states

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Headers are the names of columns that tell whether a product is on sale, as domain.NameKey makes them. Those that say
// it of nothing else come first.
func Headers() []string {
	return slices.Concat(activeHeaders(), publishedHeaders(), passiveHeaders(), standingHeaders())
}

// activeHeaders are those of columns that say it of nothing else.
func activeHeaders() []string {
	return []string{
		"aktif", "aktifmi", "aktiflik", "aktifpasif", "urunaktif", "urunaktifmi", "isactive", "active", "active01", "productactive",
		"satista", "satistami", "satisaacik", "satisaacikmi", "yayinda", "yayindami", "ispublished",
		"onlinestoredurumu", "enabled", "isenabled", "urunkartiaktif", "satisaacikkapali", "satisacikkapali", "issalable", "salable",
		"kullanimda", "kullanimdami", "gorunur", "gorunurmu", "isvisible", "listede", "listedemi",
	}
}

// publishedHeaders are those of WooCommerce's column, in which -1 is a draft.
func publishedHeaders() []string {
	return []string{"published", "yayimlanmis", "yayimlandi", "yayinlanmis", "yayinlandi"}
}

// standingHeaders are those of columns that may hold something else as well.
func standingHeaders() (all []string) {
	for _, of := range []string{"", "urun", "stokkarti", "satis", "satisauygunluk", "yayin", "listeleme", "kullanim", "aktif", "aktiflik", "product", "item", "listing"} {
		for _, word := range []string{"durum", "durumu", "statu", "statusu", "status", "state"} {
			all = append(all, of+word)
		}
	}
	return all
}

// passiveHeaders are those of columns that say the contrary.
func passiveHeaders() []string {
	return []string{"pasif", "pasifmi", "ispassive", "passive", "disabled", "isdisabled", "inactive", "satisakapali", "discontinued", "issuspended", "suspended", "silindi", "silindimi", "isdeleted", "deleted", "kullanimdisi", "iptal", "iptalmi", "iptaledildi", "iptaledildimi", "satistadegil", "satisdisi", "gizli", "gizlimi", "ishidden"}
}

// States are what the cells of a column mean, by their Key.
type States map[string]domain.ProductState

// Of are the words of a column of that header.
func Of(header string) States {
	words := map[domain.ProductState][]string{
		domain.ProductActive: {
			"aktif", "active", "etkin", "satista", "satisaacik", "satisacik", "yayinda", "acik", "onsale", "insale", "forsale", "published", "publish", "enabled", "enable", "live", "listed", "visible", "onayli", "onaylandi", "approved", "kullanimda", "satiliyor", "open", "a", "t",
		},
		domain.ProductPassive: {
			"pasif", "passive", "inactive", "etkindegil", "deaktif", "deactive", "aktifdegil", "notactive", "satistadegil", "satisdisi", "satisakapali", "satiskapali",
			"satistankaldirildi", "satistankalkti", "satilmiyor", "kapali", "yayindadegil", "yayindisi", "yayindankaldirildi", "unpublished", "private", "gizli", "hidden",
			"disabled", "disable", "kullanimdisi", "discontinued", "suspended", "delisted", "offsale", "outofsale", "notforsale", "durduruldu", "askida", "askiyaalindi", "inaktif", "pasifealindi", "devredisi", "kullanilmiyor", "iptal", "silindi", "deleted", "p", "f",
			"iptaledildi", "cancelled", "canceled", "satisidurduruldu", "satisdurduruldu", "satisdurdu", "durdurulmus", "stopped", "paused", "gecicikapali", "geciciolarakkapali", "gecicidurduruldu",
			"satisakapatildi", "kapatildi", "closed", "acikdegil", "satisaacikdegil", "satisacikdegil", "satistancekildi", "listedenkaldirildi", "unlisted", "pasiflestirildi",
		},
		domain.ProductDraft:    {"taslak", "draft"},
		domain.ProductArchived: {"arsiv", "arsivde", "arsivlendi", "arsivlenmis", "archived", "archive"},
	}
	yes, no := yesAndNo(header)
	key := domain.NameKey(header)
	words[yes] = append(words[yes], "1", "true", "dogru", "evet", "e", "yes", "y")
	words[no] = append(words[no], "0", "false", "yanlis", "hayir", "h", "no", "n")
	if !slices.Contains(standingHeaders(), key) { // there it is a stock
		words[yes], words[no] = append(words[yes], "var", "x"), append(words[no], "yok")
	}
	known := States{}
	for state, of := range words {
		for _, w := range of {
			known[w] = state
		}
	}
	if slices.Contains(publishedHeaders(), key) { // 1, 0 for private, -1 for a draft
		known[minusOne] = domain.ProductDraft
	}
	return known
}

// yesAndNo are what yes and no say below a header.
func yesAndNo(header string) (yes, no domain.ProductState) {
	if slices.Contains(passiveHeaders(), domain.NameKey(header)) {
		return domain.ProductPassive, domain.ProductActive
	}
	return domain.ProductActive, domain.ProductPassive
}

// minusOne is what stateKey makes of -1.
const minusOne = "-1"

// Key is what a cell is looked up by in States: its letters and digits, else the sign that it shows.
func Key(cell string) string {
	if cell == minusOne {
		return cell
	}
	if key := domain.NameKey(cell); key != "" {
		if strings.ContainsAny(cell, "☐□") { // a form's word that is not chosen
			return signEmpty + key
		}
		return key
	}
	return signKey(cell)
}
