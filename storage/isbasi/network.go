package isbasi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

const (
	// bodyLimit ends an answer that is no list page any more.
	bodyLimit = 32 << 20
	// attemptLimit is how long one attempt may take, body included.
	attemptLimit = time.Minute
)

// networkLayer is the innermost one: it sends, and hands answers up only when they have arrived whole,
// so that a cut body is an error that the layers above can repeat. It logs every attempt.
type networkLayer struct {
	next  http.RoundTripper
	log   *slog.Logger
	limit time.Duration
}

func newTransport() http.RoundTripper {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 45 * time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   4,
		ForceAttemptHTTP2:     true,
	}
}

func (l *networkLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	began := time.Now()
	resp, err := l.whole(req)
	attrs := []slog.Attr{
		slog.String("method", req.Method), slog.String("path", req.URL.Path),
		slog.Duration("took", time.Since(began).Round(time.Millisecond)),
	}
	if err != nil {
		attrs = append(attrs, slog.String("kind", string(domain.KindOf(err))))
	} else {
		attrs = append(attrs, slog.Int("status", resp.StatusCode))
	}
	l.log.LogAttrs(req.Context(), slog.LevelInfo, "isbasi call", attrs...)
	return resp, err
}

func (l *networkLayer) whole(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), l.limit)
	defer cancel()
	resp, err := l.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return nil, failure(req.Context(), err)
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, bodyLimit+1))
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		return nil, failure(req.Context(), err)
	}
	if len(text) > bodyLimit {
		return nil, domain.E(domain.KindBadAnswer, "read the answer", errors.New("larger than 32 MiB"))
	}
	resp.Body, resp.ContentLength = &wholeBody{Reader: bytes.NewReader(text), text: text}, int64(len(text))
	return resp, nil
}

// failure tells a caller that went away from a network that did.
func failure(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return domain.E(domain.KindCancelled, "wait for the answer", ctx.Err())
	}
	return domain.E(domain.KindNetwork, "wait for the answer", err)
}

// wholeBody is an answer in memory, which a layer can look at without reading it away.
type wholeBody struct {
	*bytes.Reader
	text []byte
}

func (*wholeBody) Close() error { return nil }
