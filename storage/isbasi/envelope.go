package isbasi

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// answer is what came back, before anybody has judged it.
type answer struct {
	status int
	body   []byte
}

// envelope is the wrapping of every answer (isbasi-api.md §3.1).
type envelope struct {
	Code    text    `json:"code"`
	Message text    `json:"message"`
	IsError flag    `json:"isError"`
	Data    content `json:"data"`
}

// content is what an envelope wraps.
type content struct {
	into any  // where it goes; nil: nowhere
	came bool // there is some
}

// UnmarshalJSONFrom implements json.UnmarshalerFrom: a page of a list is gone over once.
func (c *content) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if c.came = d.PeekKind() != jsontext.KindNull; !c.came || c.into == nil {
		return d.SkipValue()
	}
	return json.UnmarshalDecode(d, c.into)
}

// envelope gives the wrapping; ok = false when the answer is none: a gateway's page, foreign JSON.
func (a answer) envelope() (e envelope, ok bool) {
	e, ok, _ = a.unwrap(nil)
	return e, ok
}

// unwrap gives the wrapping, and puts what it wraps into out, which may be nil; the error is of what does not fit there.
func (a answer) unwrap(out any) (e envelope, ok bool, unfit error) {
	body := bytes.TrimSpace(bytes.TrimPrefix(a.body, []byte("\xef\xbb\xbf")))
	if !bytes.HasPrefix(body, []byte("{")) {
		return envelope{}, false, nil
	}
	e.Data.into = out
	switch err := unmarshal(body, &e); {
	case err == nil:
		return e, e.IsError.set || e.Code != "", nil
	case out == nil:
		return envelope{}, false, nil
	default:
		e, ok = a.envelope()
		return e, ok, err
	}
}

// failed tells whether the envelope reports an error: isError first, then the code, of which 0 and 200
// are good (isbasi-api.md §3.1).
func (e envelope) failed() bool {
	return e.IsError.on || (e.Code != "" && e.Code != "0" && e.Code != "200")
}

// errNoEnvelope is in the error of an answer that is none of İşbaşı's: a gateway's page, half a text, nothing.
var errNoEnvelope = errors.New("without an envelope")

// decode judges the answer and puts its data into out, which may be nil. Whatever is wrong has a kind.
func (a answer) decode(op string, out any) error {
	if out != nil { // as it was before another answer did not fit
		reflect.ValueOf(out).Elem().SetZero()
	}
	e, ok, unfit := a.unwrap(out)
	if kind := a.kind(e, ok); kind != "" {
		err := &domain.Error{Kind: kind, Op: op, Detail: transport.Message(string(e.Message))}
		if kind == domain.KindNotFound {
			err.Field = domain.AtIsbasi
		}
		if !ok {
			err.Err = fmt.Errorf("HTTP %d: %w", a.status, errNoEnvelope)
		}
		return err
	}
	switch {
	case out == nil:
		return nil
	case unfit != nil:
		return domain.E(domain.KindBadAnswer, op, unfit)
	case !e.Data.came:
		return domain.E(domain.KindBadAnswer, op, errors.New("the envelope holds no data"))
	default:
		return nil
	}
}

// kind says what is wrong with the answer, "" when nothing is. The status decides where it is plain;
// the same numbers also come as the envelope's code under HTTP 200.
func (a answer) kind(e envelope, ok bool) domain.Kind {
	failed := e.failed()
	status := a.status
	if status < http.StatusMultipleChoices && len(e.Code) == 3 {
		_, _ = fmt.Sscanf(string(e.Code), "%3d", &status)
	}
	switch {
	case status == http.StatusUnauthorized:
		return domain.KindNeedsSignIn
	case status == http.StatusForbidden:
		return domain.KindForbidden
	case status == http.StatusConflict:
		return domain.KindState
	case status == http.StatusTooManyRequests:
		return domain.KindSlowDown // that the month is used up, the ledger says
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
		return domain.KindNotFound
	case status >= 300 && status < 400:
		return domain.KindHost
	case failed && rejected(e, status):
		if mentions(string(e.Message), "kayıt numarası bulunamadı", "UBL bulunamadı", "UBL dosyası bulunamadı") {
			return domain.KindNotFound
		}
		return domain.KindRejected
	case status >= 500:
		return domain.KindUnavailable
	case !ok:
		return domain.KindBadAnswer
	case status >= 300: // a failed one below is rejected
		return domain.KindRejected
	default:
		return ""
	}
}

// rejected tells a business error (599, 400) from an İşbaşı that is out of order. What is missing in a record it
// also says under 500, where nobody knows how far it came before (isbasi-api.md §12 "To §3.1").
func rejected(e envelope, status int) bool {
	return status < 500 || status == 599 || e.Code == "599" || e.Code == "400"
}

// detailOf is what İşbaşı has said, of an error.
func detailOf(err error) string {
	var e *domain.Error
	if errors.As(err, &e) {
		return e.Detail
	}
	return ""
}

// statusOf is the answer's status, or 401 and 429 where only the envelope says so.
func statusOf(resp *http.Response) int {
	const longest = 8 << 10 // an envelope with an error is short; a list page is not looked at twice
	body, ok := transport.Text(resp)
	if !ok || resp.StatusCode != http.StatusOK || len(body) > longest {
		return resp.StatusCode
	}
	a := answer{status: resp.StatusCode, body: body}
	e, ok := a.envelope()
	switch a.kind(e, ok) {
	case domain.KindNeedsSignIn:
		return http.StatusUnauthorized
	case domain.KindSlowDown:
		return http.StatusTooManyRequests
	default:
		return resp.StatusCode
	}
}

// secretsOf lists what must not be seen of s.
func secretsOf(s domain.Session) []domain.Secret {
	return []domain.Secret{s.APIKey, s.Password, s.UserKey, s.Token}
}
