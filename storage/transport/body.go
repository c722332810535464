package transport

import (
	"bytes"
	"net/http"
)

// wholeBody is an answer in memory, which a layer can look at without reading it away.
type wholeBody struct {
	*bytes.Reader
	text []byte
}

func (*wholeBody) Close() error { return nil }

// Text is the body of an answer that a layer has in hand, without reading it away. ok = false: it is still
// to come.
func Text(resp *http.Response) (text []byte, ok bool) {
	body, ok := resp.Body.(*wholeBody)
	if !ok {
		return nil, false
	}
	return body.text, true
}

// Discard lets go of an answer that nobody will read; it is in memory already.
func Discard(resp *http.Response) { _ = resp.Body.Close() }
