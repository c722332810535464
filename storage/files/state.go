package files

import (
	"maps"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// stateHeaders are the names of columns that tell whether a product is on sale, as headerKey makes them. Those that say
// it of nothing else come first.
func stateHeaders() []string {
	return slices.Concat([]string{
		"aktif", "aktifmi", "aktiflik", "aktifpasif", "aktifdurum", "aktifdurumu", "urunaktif", "urunaktifmi", "isactive", "active", "active01", "productactive",
		"satista", "satistami", "satisaacik", "satisaacikmi", "satisdurumu", "yayinda", "yayindami", "yayindurumu", "published", "ispublished",
		"onlinestoredurumu", "enabled", "isenabled",
	}, passiveHeaders(), []string{"durum", "durumu", "urundurumu", "urundurum", "listelemedurumu", "statu", "status", "state", "productstatus", "itemstatus", "listingstatus"})
}

// passiveHeaders are those of columns that say the contrary.
func passiveHeaders() []string {
	return []string{"pasif", "pasifmi", "ispassive", "passive", "disabled", "isdisabled", "inactive", "satisakapali", "discontinued"}
}

// statesOf gives what the cells of f's column of states mean, by their headerKey.
func statesOf(f *File, cols map[listing.Field]int) map[string]domain.ProductState {
	i, ok := cols[listing.State]
	if !ok || i < 0 || i >= len(f.header) {
		return nil
	}
	words := map[domain.ProductState][]string{
		domain.ProductActive: {
			"aktif", "active", "etkin", "satista", "satisaacik", "satisacik", "yayinda", "acik", "onsale", "insale", "forsale", "published", "publish", "enabled", "enable", "live", "listed", "visible",
		},
		domain.ProductPassive: {
			"pasif", "passive", "inactive", "etkindegil", "deaktif", "deactive", "aktifdegil", "notactive", "satistadegil", "satisdisi", "satisakapali", "satiskapali",
			"satistankaldirildi", "satistankalkti", "satilmiyor", "kapali", "yayindadegil", "yayindisi", "yayindankaldirildi", "unpublished", "private", "gizli", "hidden",
			"disabled", "disable", "kullanimdisi", "discontinued", "suspended", "delisted", "offsale", "outofsale", "notforsale", "durduruldu", "askida",
		},
		domain.ProductDraft:    {"taslak", "draft"},
		domain.ProductArchived: {"arsiv", "arsivde", "arsivlendi", "arsivlenmis", "archived", "archive"},
	}
	yes, no := domain.ProductActive, domain.ProductPassive
	key := headerKey(f.header[i])
	if slices.Contains(passiveHeaders(), key) {
		yes, no = no, yes
	}
	words[yes] = append(words[yes], "1", "true", "dogru", "evet", "e", "yes", "y", "var")
	words[no] = append(words[no], "0", "false", "yanlis", "hayir", "h", "no", "n", "yok")
	states := map[string]domain.ProductState{}
	for state, of := range words {
		for _, w := range of {
			states[w] = state
		}
	}
	if key == "published" { // WooCommerce's: 1, 0 for private, -1 for a draft
		states[minusOne] = domain.ProductDraft
	}
	return states
}

// minusOne is what stateKey makes of -1.
const minusOne = "-1"

func stateKey(cell string) string {
	if cell == minusOne {
		return cell
	}
	return headerKey(cell)
}

// state reads the column of states; "" leaves a product's state as it is.
func (r *rowReader) state() domain.ProductState {
	s := r.text(listing.State)
	if s == "" {
		return ""
	}
	state, ok := r.states[stateKey(s)]
	if !ok {
		r.problem(listing.State, s, listing.UnknownState)
	}
	return state
}

// withoutIdleState gives cols without a column of states that holds none in its first rows: what is called "Durum" may
// just as well be new or used, or a message.
func withoutIdleState(f *File, cols map[listing.Field]int) (map[listing.Field]int, error) {
	i, ok := cols[listing.State]
	if !ok || i < 0 {
		return cols, nil
	}
	states, filled, n := statesOf(f, cols), false, 0
	for row, err := range f.Rows() {
		if err != nil {
			return nil, err
		}
		r := rowReader{row: row, cols: cols}
		if s := r.text(listing.State); s != "" {
			filled = true
			if _, known := states[stateKey(s)]; known {
				return cols, nil
			}
		}
		if n++; n == markSample {
			break
		}
	}
	if !filled {
		return cols, nil
	}
	cols = maps.Clone(cols)
	delete(cols, listing.State)
	return cols, nil
}
