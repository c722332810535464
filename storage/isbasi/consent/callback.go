package consent

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

const (
	callbackPath = "/isbasi/callback"
	donePath     = "/isbasi/done"
)

// callback is the little server on this machine that İşbaşı's page sends the browser back to
// (architecture.md "Authorisation in the browser").
type callback struct {
	grant *grant
	lang  string
	host  string // the only Host it answers to
	http  *http.Server

	once  sync.Once
	shown chan struct{} // closed when the success page has been sent
}

// listen starts the server; an address that is not free is KindPortTaken.
func listen(ctx context.Context, addr, lang string, g *grant) (*callback, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp4", addr)
	if err != nil {
		return nil, domain.E(domain.KindPortTaken, "listen for the callback", err)
	}
	s := &callback{grant: g, lang: lang, host: l.Addr().String(), shown: make(chan struct{})}
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // its lines may hold addresses with keys
	}
	go func() { _ = s.http.Serve(l) }() // ends with ErrServerClosed
	return s, nil
}

// close ends the server. After a success it first lets the browser fetch the page, for grace at most.
func (s *callback) close(ctx context.Context, grace time.Duration) {
	if key, _ := s.grant.result(); !key.Empty() {
		t := time.NewTimer(grace)
		defer t.Stop()
		select {
		case <-s.shown:
		case <-t.C:
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		_ = s.http.Close()
	}
}

func (s *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	stray := func(status int, detail string) {
		s.grant.tell(domain.Invalid(callbackField, detail))
		writePage(w, s.lang, status, pageStray)
	}
	mode := r.Header.Get("Sec-Fetch-Mode")
	switch {
	case r.Host != s.host:
		stray(http.StatusMisdirectedRequest, strayHost)
	case r.URL.Path == "/favicon.ico":
		w.WriteHeader(http.StatusNoContent) // browsers ask by themselves
	case r.URL.Path == donePath:
		s.done(w)
	case r.URL.Path != callbackPath:
		stray(http.StatusNotFound, strayPath)
	case r.Method != http.MethodGet:
		stray(http.StatusMethodNotAllowed, strayMethod)
	case mode != "" && mode != "navigate":
		stray(http.StatusForbidden, strayFetch)
	default:
		s.answer(w, r)
	}
}

// answer takes the callback proper. The clean page stands at another address, so that no key stays in
// the browser's history.
func (s *callback) answer(w http.ResponseWriter, r *http.Request) {
	err := s.grant.take(r.URL.Query())
	var e *domain.Error
	switch kind := domain.KindOf(err); {
	case err == nil:
		plain(w)
		http.Redirect(w, r, donePath, http.StatusSeeOther)
	case kind == domain.KindConsentRefused:
		writePage(w, s.lang, http.StatusOK, pageRefused)
	case errors.As(err, &e) && e.Field == callbackField:
		writePage(w, s.lang, http.StatusBadRequest, pageStray)
	case kind == domain.KindRejected:
		writePage(w, s.lang, http.StatusBadRequest, pageBadKey)
	case kind == domain.KindWrongKey:
		writePage(w, s.lang, http.StatusBadRequest, pageWrongKey)
	default:
		writePage(w, s.lang, http.StatusBadGateway, pageNoAnswer)
	}
}

func (s *callback) done(w http.ResponseWriter) {
	if key, _ := s.grant.result(); key.Empty() {
		writePage(w, s.lang, http.StatusNotFound, pageStray)
		return
	}
	writePage(w, s.lang, http.StatusOK, pageDone)
	_ = http.NewResponseController(w).Flush()
	s.once.Do(func() { close(s.shown) })
}
