package consent

import (
	"bytes"
	"crypto/rand"
	_ "embed" // the page
	"html/template"
	"net/http"
)

//go:embed page.html
var pageHTML string

var page = template.Must(template.New("page").Parse(pageHTML))

// outcome is what the browser's last page says.
type outcome int

const (
	pageDone     outcome = iota
	pageDoneKept         // the address with the key stays in the browser's history
	pageRefused
	pageStray
	pageBadKey
	pageWrongKey
	pageNoAnswer
)

// pageText is one page's words.
type pageText struct{ Title, Text string }

// words gives the page in Turkish, or in English where lang is "en".
func (o outcome) words(lang string) pageText {
	texts := [...]struct{ turkish, english pageText }{
		pageDone: {
			pageText{"İşbaşı izni alındı", "Bu sayfayı kapatıp Sopyo penceresine dönebilirsiniz. Bağlanılan firmayı orada onaylayın."},
			pageText{"İşbaşı has given its permission", "You can close this page and go back to the Sopyo window. Confirm the company there."},
		},
		pageDoneKept: {
			pageText{"İşbaşı izni alındı, geçmişte bir anahtar kaldı", "Bu sayfayı kapatıp Sopyo’ya dönebilirsiniz; bağlanılan firmayı orada onaylayın. Tarayıcı geçmişinde bir anahtar kaldı: kullanıldı, ama paylaşılan bir bilgisayarda geçmişten silin."},
			pageText{"İşbaşı has given its permission; a key is left in the history", "You can close this page and go back to Sopyo; confirm the company there. A key stays in the history of the browser: it is spent, but on a shared computer delete it from there."},
		},
		pageRefused: {
			pageText{"İzin verilmedi", "İşbaşı bağlantısı kurulmadı, hiçbir şey değişmedi. Yeniden denemek için Sopyo penceresine dönün."},
			pageText{"Permission was refused", "İşbaşı was not connected and nothing has changed. Go back to the Sopyo window to try again."},
		},
		pageStray: {
			pageText{"Bu adres bir yetkilendirme yanıtı değil", "Sopyo beklemeyi sürdürüyor. Sopyo penceresinden izin sayfasını yeniden açın."},
			pageText{"This address is no answer to the permission page", "Sopyo is still waiting. Open the permission page again from the Sopyo window."},
		},
		pageBadKey: {
			pageText{"İşbaşı bu anahtarı kabul etmedi", "Sopyo beklemeyi sürdürüyor. Sopyo penceresinden izin sayfasını yeniden açın."},
			pageText{"İşbaşı did not accept this key", "Sopyo is still waiting. Open the permission page again from the Sopyo window."},
		},
		pageWrongKey: {
			pageText{"İşbaşı bu API anahtarını tanımıyor", "İşbaşı bağlantısı kurulmadı. API anahtarını Sopyo penceresinde düzeltip yeniden deneyin."},
			pageText{"İşbaşı does not know this API key", "İşbaşı was not connected. Correct the API key in the Sopyo window and try again."},
		},
		pageNoAnswer: {
			pageText{"İşbaşı şu an yanıt vermiyor", "Sopyo beklemeyi sürdürüyor. Birkaç saniye sonra Sopyo penceresinden izin sayfasını yeniden açın."},
			pageText{"İşbaşı does not answer at the moment", "Sopyo is still waiting. In a few seconds open the permission page again from the Sopyo window."},
		},
	}[o]
	if lang == "en" {
		return texts.english
	}
	return texts.turkish
}

// plain sets the headers of every answer: nothing is kept, nothing is passed on, nothing is loaded.
func plain(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

// writePage writes an embedded page without any outside resource, in Turkish unless lang is "en".
func writePage(w http.ResponseWriter, lang string, status int, o outcome) {
	if lang != "en" {
		lang = "tr"
	}
	nonce := rand.Text()
	var b bytes.Buffer
	if err := page.Execute(&b, struct {
		pageText
		Lang, Nonce string
		Good        bool
	}{o.words(lang), lang, nonce, o == pageDone || o == pageDoneKept}); err != nil {
		http.Error(w, "Sopyo", http.StatusInternalServerError)
		return
	}
	plain(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; style-src 'nonce-"+nonce+"'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a browser that went away is no error of ours
}
