package consent

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
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

	listener net.Listener

	once  sync.Once
	shown chan struct{} // closed when the success page has been sent

	// open shows the clean page in the person's browser; nil: there is none that this program opens.
	open   func(address string) error
	closed atomic.Bool // no browser can be opened
	mu     sync.Mutex
	last   outcome
	opened int
}

// maxOpened is how often the clean page is opened: whoever sends keys must not fill a screen with pages.
const maxOpened = 4

// listen starts the server; an address that is not free is KindPortTaken.
func listen(ctx context.Context, addr string, b domain.Browser, g *grant) (*callback, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp4", addr)
	if err != nil {
		return nil, domain.E(domain.KindPortTaken, "listen for the callback", err)
	}
	s := &callback{grant: g, lang: b.Lang, host: l.Addr().String(), shown: make(chan struct{}), open: b.Open, last: pageStray}
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // its lines may hold addresses with keys
	}
	s.listener = l
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
	_ = s.listener.Close() // which the server does not know yet if it is closed right after its start; the next try needs the port
}

func (s *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	stray := func(status int, detail string) {
		s.grant.tell(domain.Invalid(callbackField, detail))
		writePage(w, s.lang, status, pageStray)
	}
	mode, dest := r.Header.Get("Sec-Fetch-Mode"), r.Header.Get("Sec-Fetch-Dest")
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
	case mode != "" && mode != "navigate" || dest != "" && dest != "document": // a frame, a picture, a script
		stray(http.StatusForbidden, strayFetch)
	default:
		s.answer(w, r)
	}
}

// answer takes the callback proper. Its address holds a key, and a redirect does not keep it out of the browser's history
// (measured in Chromium); an answer without content does. The clean page, at another address, is opened by the program
// then. Where it opens no browser the redirect is all there is, and the page says so: the key is spent by then.
func (s *callback) answer(w http.ResponseWriter, r *http.Request) {
	status, o := s.judge(r)
	switch {
	case s.opens():
		s.mu.Lock()
		s.last = o
		show := s.opened < maxOpened
		s.opened++
		s.mu.Unlock()
		plain(w)
		w.WriteHeader(http.StatusNoContent)
		if show {
			go func() { _ = s.open("http://" + s.host + donePath) }() // some systems' openers return when the browser is closed
		}
	case o == pageDone:
		plain(w)
		http.Redirect(w, r, donePath, http.StatusSeeOther)
	default:
		writePage(w, s.lang, status, o)
	}
}

func (s *callback) opens() bool { return s.open != nil && !s.closed.Load() }

// judge has the grant take the answer, and gives the page to show.
func (s *callback) judge(r *http.Request) (status int, o outcome) {
	err := s.grant.take(r.URL.Query())
	var e *domain.Error
	switch kind := domain.KindOf(err); {
	case err == nil:
		return http.StatusOK, pageDone
	case kind == domain.KindConsentRefused:
		return http.StatusOK, pageRefused
	case errors.As(err, &e) && e.Field == callbackField:
		return http.StatusBadRequest, pageStray
	case kind == domain.KindRejected:
		return http.StatusBadRequest, pageBadKey
	case kind == domain.KindWrongKey:
		return http.StatusBadRequest, pageWrongKey
	default:
		return http.StatusBadGateway, pageNoAnswer
	}
}

// done is the clean page: what became of the last answer. Where the program has opened none it is there after a success
// only, and says that the key stays in the history.
func (s *callback) done(w http.ResponseWriter) {
	s.mu.Lock()
	o := s.last
	s.mu.Unlock()
	if key, _ := s.grant.result(); !key.Empty() {
		if o = pageDone; !s.opens() {
			o = pageDoneKept
		}
	}
	if o == pageStray {
		writePage(w, s.lang, http.StatusNotFound, pageStray)
		return
	}
	writePage(w, s.lang, http.StatusOK, o)
	if o == pageDone || o == pageDoneKept {
		_ = http.NewResponseController(w).Flush()
		s.once.Do(func() { close(s.shown) })
	}
}
