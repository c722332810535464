package transport

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
	next   http.RoundTripper
	remote string
	log    *slog.Logger
	limit  time.Duration
}

// NewNetwork makes the machine's way out: with its proxy, see proxies, and time-outs.
func NewNetwork() *http.Transport {
	return &http.Transport{
		Proxy:                 newProxies(proxyOfSystem, time.Now).of,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 45 * time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   mostAbreast,
		ForceAttemptHTTP2:     true,
	}
}

func (l *networkLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	began := time.Now()
	resp, err := l.whole(req)
	attrs := []slog.Attr{
		slog.String("remote", l.remote), slog.String("method", req.Method), slog.String("path", req.URL.Path),
		slog.Duration("took", time.Since(began).Round(time.Millisecond)),
	}
	if err != nil {
		attrs = append(attrs, slog.String("kind", string(domain.KindOf(err))))
	} else {
		attrs = append(attrs, slog.Int("status", resp.StatusCode))
	}
	l.log.LogAttrs(req.Context(), slog.LevelInfo, "remote call", attrs...)
	return resp, err
}

func (l *networkLayer) whole(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), l.limit)
	defer cancel()
	resp, err := l.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return nil, Failure(req.Context(), err)
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, bodyLimit+1))
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		return nil, Failure(req.Context(), err)
	}
	if len(text) > bodyLimit {
		return nil, domain.E(domain.KindBadAnswer, "read the answer", errors.New("larger than 32 MiB"))
	}
	resp.Body, resp.ContentLength = &wholeBody{Reader: bytes.NewReader(text), text: text}, int64(len(text))
	return resp, nil
}
