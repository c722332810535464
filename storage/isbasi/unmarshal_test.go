package isbasi

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// plainAnswer is read by encoding/json as well: it has no object.
type plainAnswer struct {
	Code  text   `json:"code"`
	Error flag   `json:"isError"`
	Count number `json:"count"`
	Rows  []struct {
		ID       text   `json:"id"`
		Name     text   `json:"name"`
		Old      text   `json:"BASE_URL"`
		Active   flag   `json:"isActive"`
		Price    number `json:"price"`
		Brand    named  `json:"brand"`
		Modified moment `json:"modificationDate"`
		Units    many[struct {
			Name text `json:"name"`
		}] `json:"units"`
	} `json:"data"`
}

// What is read is what encoding/json reads, also of what nobody should send.
func TestUnmarshal_isThatOfEncodingJSON(t *testing.T) {
	pages := []string{
		`{"code":0,"isError":false,"count":"2","data":[{"id":1,"name":"ÇİKOLATA \u015e\ud83d\ude00 \"x\"\/\n","BASE_URL":"a","isActive":1,"price":12.50,"brand":{"name":"M"},"modificationDate":"2026-10-01T12:30:11.123","units":[{"name":"KG"},null,7]},{"id":"2"}]}`,
		`{"CODE":"7","Code":"8","iserror":"true","data":[{"ID":1,"id":2,"Id":3,"base_url":"x","baseurl":"y","base-url":"z","NAME":null,"brand":"B","brand":null,"price":"1e3"}],"data":[{"name":"n"}]}`,
		`{"data":[{"name":"\ud800","id":"\udc00\ud83d","brand":["x"],"price":1E400,"units":{"name":"x"},"modificationDate":"2026-10-01T12:30:11+03:00"},null,{"isActive":"True","modificationDate":"2026-10-01"}]}`,
		`{"data":null,"count":12345678901234567890.123456789}`, `{"data":{}}`, `{"data":"x"}`, `{"data":[[]]}`, `{"data":[{"id":{"id":1},"price":true,"name":[1]}]}`,
		"{\"data\":[{\"name\":\"\xff\xc3\",\"id\":\"\xed\xa0\x80\"}]}", "\xef\xbb\xbf{}", `{} x`, ` {"data":[]} `, `[]`, `null`, ``, `{"data":[{"id":01}]}`, `{"data":[{"id":-0.0e+5}]}`,
		`{"data":[` + strings.Repeat(`[`, 11_000) + strings.Repeat(`]`, 11_000) + `]}`,
	}
	random := rand.New(rand.NewPCG(14, 14))
	const odd = "{}[]\",:\\u0nltfE+-.\x00\x1f\x7f\x80\xff é"
	for range 20_000 {
		page := []byte(pages[random.IntN(3)])
		for range 1 + random.IntN(3) {
			at := random.IntN(len(page))
			switch random.IntN(3) {
			case 0:
				page[at] = odd[random.IntN(len(odd))]
			case 1:
				page = append(page[:at], page[at+1+random.IntN(min(4, len(page)-at)):]...)
			default:
				page = append(page[:at], append([]byte{odd[random.IntN(len(odd))]}, page[at:]...)...)
			}
			if len(page) == 0 {
				break
			}
		}
		pages = append(pages, string(page))
	}
	read := 0
	for _, page := range pages {
		var got, want plainAnswer
		failed, refused := unmarshal([]byte(page), &got), json.Unmarshal([]byte(page), &want)
		if (failed == nil) != (refused == nil) || failed == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("%q:\n%+v, %v,\nwant %+v, %v", page, got, failed, want, refused)
		}
		if failed == nil {
			read++
		}
	}
	if read < 1_000 {
		t.Errorf("%d of %d can be read", read, len(pages))
	}
}
