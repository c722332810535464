package assets

import (
	"bytes"
	"fmt"
	"image/png"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestMarketplaces_areThoseOfTheRules(t *testing.T) {
	want := strings.Fields(`trendyol hepsiburada n11 amazon-tr ciceksepeti pttavm pazarama idefix koctas teknosa beymen boyner lc-waikiki
		modanisa allesgo farmazon pasaj getir-carsi ikas ideasoft ticimax tsoft shopify woocommerce opencart kendi-sitem`)
	list := Marketplaces()
	if len(list) != len(want) {
		t.Fatalf("%d marketplaces, want %d", len(list), len(want))
	}
	names := map[string]bool{}
	for i, m := range list {
		if m.ID != want[i] || m.Name == "" || names[m.Name] {
			t.Errorf("%d: %+v, want id %s and a name of its own", i, m, want[i])
		}
		names[m.Name] = true
	}
}

func TestDistricts_areThoseOfTheProvinces(t *testing.T) {
	rows, all, centers := 0, map[string]bool{}, 0
	for line := range strings.Lines(districts) {
		if plate, name, _ := strings.Cut(strings.TrimSpace(line), ","); rows > 0 {
			if all[plate+name] || name == "" || name != strings.TrimSpace(name) {
				t.Errorf("row %d: %q is nothing, or stands there twice", rows, line)
			}
			all[plate+name] = true
		}
		rows++
	}
	found := 0
	for i, name := range domain.Provinces() {
		list := Districts().Of(fmt.Sprintf("%02d", i+1))
		sorted := slices.IsSortedFunc(list, func(a, b string) int { return bytes.Compare(domain.SortKey(a), domain.SortKey(b)) })
		if len(list) < 3 || !sorted {
			t.Errorf("%s has the districts %v", name, list)
		}
		found += len(list)
		if slices.Contains(list, "Merkez") {
			centers++
		}
	}
	if len(all) != 973 || found != 973 || centers != 51 || len(domain.Provinces()) != 81 {
		t.Errorf("%d rows, %d districts, %d of them Merkez, %d provinces; want 973, 973, 51, 81", len(all), found, centers, len(domain.Provinces()))
	}
}

func TestGuide_saysWhatASetUpNeeds(t *testing.T) {
	for lang, words := range map[string][]string{
		"tr": {
			"Kurulum Rehberi", "API Bilgilerini Tanımlama", "Süreç Seçimleri", "Fiyat Kurallarını Belirle", "Ürün Aktarımları", "Aktarım Detayları",
			"Sitenizde Kullandığınız Para Birimini Seçiniz", "Site Tarafında Yapılan Stok ve Fiyat Güncellemelerin Sopyo Paneline Gelmesi",
			"Faturalarınız Otomatik Resmileştirilsin Mi?", "Fatura Kesim Senaryosu", "Stok ve Fiyat Güncelleme Durumu",
			"Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Kural Tipi", "İşlem Tipi", "İşlem Miktarı", "Ek Fiyat",
			"Logo İşbaşı Aktarım Sihirbazı", "Aktarım Kurallarını İncele", "İşlemi Onayla", "Aktarım Durumu", "Durdur",
		},
		"en": {"Set-up Guide", "API Details", "Process Choices", "Price Rules", "Product Transfers", "Transfer Details"},
	} {
		guide := Guide(lang)
		for _, w := range append(words, "http://127.0.0.1:47813/isbasi/callback", "yardim@isbasi.com") {
			if !strings.Contains(guide, w) {
				t.Errorf("%s: %q is missing", lang, w)
			}
		}
		if n := strings.Count(guide, "\n## "); n != 9 {
			t.Errorf("%s: %d sections, want the six of the page, orders and invoices, backups, and one for trouble", lang, n)
		}
		if !utf8.ValidString(guide) || strings.ContainsAny(guide, "→▲▼✓▸☐") {
			t.Errorf("%s: a character the window's font does not have", lang)
		}
	}
	if Guide("de") != Guide("tr") {
		t.Error("another language does not get the Turkish guide")
	}
}

func TestVideoURL_isASearchForTheIntegration(t *testing.T) {
	u, err := url.Parse(VideoURL())
	if err != nil || u.Scheme != "https" || u.Host != "www.youtube.com" {
		t.Fatalf("%v %v", u, err)
	}
	if got := u.Query().Get("search_query"); got != "Sopyo Logo İşbaşı entegrasyonu" {
		t.Errorf("search for %q", got)
	}
}

func TestIcon_isASquareNoLargerThanIsShown(t *testing.T) {
	picture, err := png.DecodeConfig(bytes.NewReader(Icon()))
	if err != nil || picture.Width != 128 || picture.Height != 128 {
		t.Errorf("%+v %v", picture, err)
	}
}
