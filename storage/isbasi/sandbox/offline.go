package sandbox

import (
	"bytes"
	"io"
	"net/http"
)

// RoundTrip answers in the caller's goroutine, without a connection between them. Where one would end, its error is
// io.ErrUnexpectedEOF, or the body's.
func (s *Server) RoundTrip(req *http.Request) (*http.Response, error) {
	in := req.Clone(req.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer in.Body.Close() //nolint:errcheck // whoever sends it wants an answer, not this
	out := &written{header: http.Header{}}
	whole := out.by(s.serve, in)
	if out.status == 0 {
		if err := req.Context().Err(); err != nil {
			return nil, err
		}
		return nil, io.ErrUnexpectedEOF
	}
	var body io.Reader = bytes.NewReader(out.body.Bytes())
	if !whole {
		body = io.MultiReader(body, cutOff{})
	}
	return &http.Response{
		Status: http.StatusText(out.status), StatusCode: out.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: out.header, Body: io.NopCloser(body), ContentLength: -1, Request: req,
	}, nil
}

// written is an answer as a handler has written it.
type written struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// by lets a handler write it, and tells whether it came to its end.
func (w *written) by(serve http.HandlerFunc, r *http.Request) (whole bool) {
	defer func() {
		if cause := recover(); cause != nil && cause != http.ErrAbortHandler { //nolint:errorlint // the very value is panicked with
			panic(cause)
		}
	}()
	serve(w, r)
	return true
}

func (w *written) Header() http.Header { return w.header }

func (w *written) WriteHeader(status int) { w.status = status }

func (w *written) Write(b []byte) (int, error) { return w.body.Write(b) }

// cutOff is where a connection has ended.
type cutOff struct{}

func (cutOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
