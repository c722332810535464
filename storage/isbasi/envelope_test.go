package isbasi

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

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
		"error beside other data": {200, `{"data":{"x":"text"},"code":599,"isError":true,"message":"olmadı"}`, domain.KindRejected, "olmadı"},
		"401 behind other data":   {200, `{"data":[{"x":1}],"message":"x","code":401}`, domain.KindNeedsSignIn, "x"},
		"other data, and broken":  {200, `{"code":0,"data":{"x":"text"},"message":"x}`, domain.KindBadAnswer, ""},
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
		"429 page":                {429, gatewayPage, domain.KindSlowDown, ""},
		"429 in the envelope":     {200, refusal(429, "kota"), domain.KindSlowDown, "kota"},
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
		"good body, 299":          {299, good(`{}`), "", ""},
		"good body, 300":          {300, good(`{}`), domain.KindHost, ""},
		"399":                     {399, refusal(400, "x"), domain.KindHost, "x"},
		"good body, 400":          {400, good(`{}`), domain.KindRejected, ""},
		"good body, 500":          {500, good(`{}`), domain.KindUnavailable, ""},
		"good body, 599":          {599, good(`{}`), domain.KindUnavailable, ""},
		"499":                     {499, refusal(1, "x"), domain.KindRejected, "x"},
		"499 empty":               {499, ``, domain.KindBadAnswer, ""},
		"400 under 500":           {500, refusal(400, "x"), domain.KindRejected, "x"},
		"598":                     {598, refusal(598, "x"), domain.KindUnavailable, "x"},
		"another code under 599":  {599, refusal(1, "x"), domain.KindRejected, "x"},
		"599 empty":               {599, ``, domain.KindUnavailable, ""},
		"600":                     {600, refusal(7, "x"), domain.KindUnavailable, "x"},
		"598 in the envelope":     {200, refusal(598, "x"), domain.KindUnavailable, "x"},
		"499 in the envelope":     {200, refusal(499, "x"), domain.KindRejected, "x"},
		"404 in the envelope":     {299, refusal(404, "x"), domain.KindNotFound, "x"},
		"409 in the envelope":     {200, refusal(409, "x"), domain.KindState, "x"},
		"302 in the envelope":     {200, refusal(302, "x"), domain.KindHost, "x"},
		"403 and no error":        {200, `{"code":403,"isError":false,"message":"x"}`, domain.KindForbidden, "x"},
		"403 and not said":        {200, `{"code":"403","message":"x"}`, domain.KindForbidden, "x"},
		"403 in four digits":      {200, refusal(1403, "x"), domain.KindRejected, "x"},
		"403 and one more":        {200, refusal(4031, "x"), domain.KindRejected, "x"},
		"40 is no status":         {200, refusal(40, "x"), domain.KindRejected, "x"},
		"letters for a code":      {200, `{"code":"abc","isError":true,"message":"x"}`, domain.KindRejected, "x"},
		"error of code 200":       {200, `{"code":200,"isError":true,"message":"x"}`, domain.KindRejected, "x"},
		"error without a code":    {200, `{"isError":true,"message":"x"}`, domain.KindRejected, "x"},
		"code 201":                {200, `{"code":201,"isError":false,"data":{}}`, domain.KindRejected, ""},
		"code 201 under 201":      {201, `{"code":201,"isError":false,"data":{}}`, domain.KindRejected, ""},
		"its 500 under 400":       {400, refusal(500, "x"), domain.KindRejected, "x"},
		"401 under 400":           {400, refusal(401, "x"), domain.KindRejected, "x"},
		"not found under 500":     {500, refusal(500, "Kayıt Numarası Bulunamadı!"), domain.KindUnavailable, "Kayıt Numarası Bulunamadı!"},
		"blanks around it":        {200, " \r\n" + good(`{}`) + "\n ", "", ""},
		"text before it":          {200, "x" + good(`{}`), domain.KindBadAnswer, ""},
		"neither code nor error":  {200, `{"message":"x","data":{}}`, domain.KindBadAnswer, "x"},
	} {
		t.Run(name, func(t *testing.T) {
			var out struct{ X int }
			err := answer{status: tc.status, body: []byte(tc.body)}.decode("ask", &out)
			wantKind(t, err, tc.want)
			if got := detailOf(err); got != tc.detail {
				t.Errorf("detail %q, want %q", got, tc.detail)
			}
			if e, ok := (answer{status: tc.status, body: []byte(tc.body)}).envelope(); !ok && !strings.Contains(err.Error(), strconv.Itoa(tc.status)) || ok && e.failed() && errors.Unwrap(err) != nil {
				t.Errorf("only where İşbaşı says nothing itself the status is told: %v", err)
			}
		})
	}
}

// An answer that is asked for again finds the place of its data as new.
func TestAnswer_leavesNothingToTheNext(t *testing.T) {
	var list listAnswer[productRow]
	first := answer{status: 200, body: []byte(good(`{"count":2,"data":[{"id":1,"name":"Matara","stock":5},{"id":2,"name":"Fener"},7]}`))}
	wantKind(t, first.decode("ask", &list), domain.KindBadAnswer)
	next := answer{status: 200, body: []byte(good(`{"data":[{"id":3},{}]}`))}
	if err := next.decode("ask", &list); err != nil || list.Count.Valid || len(list.Rows) != 2 || list.Rows[0] != (productRow{ID: "3"}) || list.Rows[1] != (productRow{}) {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestAnswer_withoutAPlaceForItsData(t *testing.T) {
	for body, want := range map[string]domain.Kind{good(`null`): "", good(`{"x":"y"}`): "", `{"code":0}`: "", refusal(599, "x"): domain.KindRejected, "x": domain.KindBadAnswer} {
		if err := (answer{status: 200, body: []byte(body)}).decode("ask", nil); domain.KindOf(err) != want {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// statusSeen is what statusOf makes of an answer where the session's layer asks it.
func statusSeen(t *testing.T, status int, body string) (got int) {
	t.Helper()
	c, _ := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, func(req *http.Request) (*http.Response, error) {
		return reply(req, status, body), nil
	})
	below := c.session.next
	c.session.next = asking(func(req *http.Request) (*http.Response, error) {
		resp, err := below.RoundTrip(req)
		if err == nil && got == 0 {
			got = statusOf(resp)
		}
		return resp, err
	})
	_ = c.ActivateProducts(t.Context(), matara) // what it comes to does not matter here
	return got
}

type asking func(*http.Request) (*http.Response, error)

func (f asking) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestStatusOf_looksIntoShortAnswersThatAreCalledGood(t *testing.T) {
	long := func(n int) string {
		text := refusal(401, "")
		return strings.Replace(text, `""`, `"`+strings.Repeat("x", n-len(text))+`"`, 1)
	}
	for name, tc := range map[string]struct {
		status int
		body   string
		want   int
	}{
		"401": {200, refusal(401, "x"), 401}, "429": {200, refusal(429, "x"), 429}, "403 is none of them": {200, refusal(403, "x"), 200}, "good": {200, good(`{}`), 200},
		"not called good": {201, refusal(401, "x"), 201}, "worse": {503, refusal(401, "x"), 503}, "page": {200, gatewayPage, 200},
		"as long as errors are": {200, long(8192), 401}, "as long as a list": {200, long(8193), 200},
	} {
		if got := statusSeen(t, tc.status, tc.body); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
		}
	}
	stream := reply(nil, 200, refusal(401, "x"))
	if got := statusOf(stream); got != 200 {
		t.Errorf("a body that is still to come: %d", got)
	}
	_ = stream.Body.Close()
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
