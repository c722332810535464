package isbasi

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestTaxpayer_answers(t *testing.T) {
	const route = "GET user/gibUser?tcknVkn=10000000146"
	for name, tc := range map[string]struct {
		answer     reaction
		want       domain.Kind
		registered bool
	}{
		"registered":             {says(fixture(t, "gib_user")), "", true},
		"sender only":            {says(good(`{"pkList":null,"gbList":[{"alias":"urn:mail:gb"}]}`)), "", true},
		"no address of either":   {says(good(`{"pkList":[],"gbList":null,"dispatchPkList":[{"alias":"urn:mail:irs"}]}`)), "", false},
		"404":                    {saysStatus(404, ""), "", false},
		"404 in an envelope":     {saysStatus(404, refusal(404, "Mükellef bulunamadı")), "", false},
		"404 as the code":        {says(refusal(404, "Mükellef bulunamadı")), "", false},
		"599 not found":          {saysStatus(400, refusal(599, "Kayıt Numarası Bulunamadı!")), "", false},
		"a web server's 404":     {saysStatus(404, gatewayPage), domain.KindNotFound, false},
		"wrong verb":             {saysStatus(405, ""), domain.KindNotFound, false},
		"something else":         {says(good(`null`)), domain.KindBadAnswer, false},
		"refused":                {saysStatus(400, refusal(599, "GİB yanıt vermiyor")), domain.KindRejected, false},
		"not allowed":            {saysStatus(403, ""), domain.KindForbidden, false},
		"a list of none":         {says(good(`{"gbList":[]}`)), "", false},
		"no list":                {says(good(`{}`)), domain.KindBadAnswer, false},
		"no list but null":       {says(good(`{"pkList":null,"gbList":null,"dispatchPkList":null,"dispatchGbList":null}`)), domain.KindBadAnswer, false},
		"list of something odd":  {says(good(`{"pkList":[1,"x"]}`)), domain.KindBadAnswer, false},
		"no list but an object":  {says(good(`{"pkList":{"alias":"urn:mail:pk"}}`)), domain.KindBadAnswer, false},
		"out of order":           {saysStatus(503, ""), domain.KindUnavailable, false},
		"out of order, in words": {saysStatus(503, refusal(503, "GİB servisi yanıt vermiyor")), domain.KindUnavailable, false},
		"gateway":                {saysStatus(502, gatewayPage), domain.KindUnavailable, false},
		"limit":                  {saysStatus(429, ""), domain.KindSlowDown, false},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := scripted(t, map[string][]reaction{route: {tc.answer}})
			got, err := c.Taxpayer(t.Context(), " 10000000146 ")
			wantKind(t, err, tc.want)
			if got.Registered != tc.registered || (err == nil && got.Number != "10000000146") {
				t.Errorf("%+v", got)
			}
		})
	}
	c, d := scripted(t, nil)
	for _, number := range []string{"", "123", "12345678901a", "123456789012", "１２３４５６７８９０"} {
		_, err := c.Taxpayer(t.Context(), number)
		wantKind(t, err, domain.KindInvalid)
	}
	d.was()
}
