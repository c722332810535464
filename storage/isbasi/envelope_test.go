package isbasi

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
)

const gatewayPage = "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"

func TestAnswer_kinds(t *testing.T) {
	for name, tc := range map[string]struct {
		status int
		body   string
		want   domain.Kind
		detail string
	}{
		"code 0":                  {200, good(`{"x":1}`), "", ""},
		"code 200":                {200, `{"code":200,"isError":false,"message":null,"data":{}}`, "", ""},
		"code as text":            {200, `{"code":"0","isError":"false","data":{}}`, "", ""},
		"byte order mark":         {200, "\xef\xbb\xbf" + good(`{}`), "", ""},
		"no code":                 {200, `{"isError":false,"data":{}}`, "", ""},
		"isError wins over code":  {200, `{"code":0,"isError":true,"message":"olmadı","data":{}}`, domain.KindRejected, "olmadı"},
		"odd code without error":  {200, `{"code":7,"isError":false,"data":{}}`, domain.KindRejected, ""},
		"no data":                 {200, `{"code":0,"isError":false}`, domain.KindBadAnswer, ""},
		"null data":               {200, good(`null`), domain.KindBadAnswer, ""},
		"other data":              {200, good(`"text"`), domain.KindBadAnswer, ""},
		"page with 200":           {200, gatewayPage, domain.KindBadAnswer, ""},
		"empty with 200":          {200, ``, domain.KindBadAnswer, ""},
		"foreign JSON":            {200, `{"hello":1}`, domain.KindBadAnswer, ""},
		"JSON array":              {200, `[1]`, domain.KindBadAnswer, ""},
		"half an envelope":        {200, `{"code":0,"isError":fal`, domain.KindBadAnswer, ""},
		"401":                     {401, ``, domain.KindNeedsSignIn, ""},
		"401 in the envelope":     {200, refusal(401, "x"), domain.KindNeedsSignIn, "x"},
		"403":                     {403, refusal(403, "API yetkilendirilmedi"), domain.KindForbidden, "API yetkilendirilmedi"},
		"403 in the envelope":     {200, refusal(403, "y"), domain.KindForbidden, "y"},
		"404 page":                {404, gatewayPage, domain.KindNotFound, ""},
		"405":                     {405, ``, domain.KindNotFound, ""},
		"409":                     {409, refusal(409, "taslak değil"), domain.KindState, "taslak değil"},
		"429 page":                {429, gatewayPage, domain.KindQuota, ""},
		"429 in the envelope":     {200, refusal(429, "kota"), domain.KindQuota, "kota"},
		"400":                     {400, refusal(400, "Adres zorunludur.\r\nPosta kodu zorunludur."), domain.KindRejected, "Adres zorunludur.\nPosta kodu zorunludur."},
		"400 without an envelope": {400, `no`, domain.KindBadAnswer, ""},
		"599":                     {200, refusal(599, "olmaz"), domain.KindRejected, "olmaz"},
		"599 under 500":           {500, refusal(599, "olmaz"), domain.KindRejected, "olmaz"},
		"599 as status":           {599, refusal(599, "olmaz"), domain.KindRejected, "olmaz"},
		"599 gone":                {400, refusal(599, "KAYIT NUMARASI BULUNAMADI!"), domain.KindNotFound, "KAYIT NUMARASI BULUNAMADI!"},
		"500 in an envelope":      {500, refusal(500, "hata"), domain.KindUnavailable, "hata"},
		"500 in the envelope":     {200, refusal(500, "hata"), domain.KindUnavailable, "hata"},
		"502 page":                {502, gatewayPage, domain.KindUnavailable, ""},
		"503 empty":               {503, ``, domain.KindUnavailable, ""},
		"302":                     {302, ``, domain.KindHost, ""},
		"418":                     {418, ``, domain.KindBadAnswer, ""},
		"good body, 418":          {418, good(`{}`), domain.KindRejected, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var out struct{ X int }
			err := answer{status: tc.status, body: []byte(tc.body)}.decode("ask", &out)
			wantKind(t, err, tc.want)
			if got := detailOf(err); got != tc.detail {
				t.Errorf("detail %q, want %q", got, tc.detail)
			}
		})
	}
}

func TestMessage_isFitToBeShown(t *testing.T) {
	if got := message("  a\x00b\x1b[31m\u202e\r\nc "); got != "a b [31m \nc" {
		t.Errorf("%q", got)
	}
	if got := message(strings.Repeat("ş", 2*messageLimit)); utf8.RuneCountInString(got) != messageLimit+1 {
		t.Errorf("%d characters", utf8.RuneCountInString(got))
	}
}

func TestMask_takesSecretsOut(t *testing.T) {
	key, token := domain.NewSecret("k-123456"), domain.NewSecret("t-987654")
	err := domain.Wrap(&domain.Error{
		Kind: domain.KindRejected, Op: "ask", Detail: "key k-123456 is bad", Err: errors.New("t-987654"),
	}, "outer t-987654")
	got := mask(err, key, domain.Secret{}, token)
	wantKind(t, got, domain.KindRejected)
	if s := got.Error(); strings.Contains(s, "k-123456") || strings.Contains(s, "t-987654") || detailOf(got) != "key ••• is bad" {
		t.Errorf("%s", s)
	}
	if plain := domain.E(domain.KindQuota, "ask", nil); !errors.Is(mask(plain, key), plain) {
		t.Error("an error without secrets was changed")
	}
	if mask(nil, key) != nil {
		t.Error("no error became one")
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(200, good(`{"x":1}`))
	f.Add(500, refusal(599, "olmaz"))
	f.Add(200, gatewayPage)
	f.Add(200, `{"code":1e999,"isError":[],"message":{},"data":3}`)
	f.Fuzz(func(t *testing.T, status int, body string) {
		var out struct{ X text }
		err := answer{status: status, body: []byte(body)}.decode("ask", &out)
		if err == nil && status >= http.StatusMultipleChoices {
			t.Errorf("status %d is no error", status)
		}
		if err != nil && domain.KindOf(err) == domain.KindInternal {
			t.Errorf("an error without a kind: %v", err)
		}
	})
}
