package main

import (
	"bytes"
	_ "embed"
	"errors"
	"html/template"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

//go:embed page.html
var pageSource string

// page shows a browser on this machine what the server holds, and does what a person does at İşbaşı's own
// screen: cancels an e-Arşiv, issues an invoice by hand; and what a buyer does, who rejects one.
type page struct {
	server *sandbox.Server
	hosts  []string // that a browser may have asked for
	shown  *template.Template
}

func newPage(server *sandbox.Server) *page {
	port := server.URL()[strings.LastIndex(server.URL(), ":"):]
	return &page{server, []string{"127.0.0.1" + port, "[::1]" + port, "localhost" + port}, template.Must(template.New("page").Parse(pageSource))}
}

// ServeHTTP implements http.Handler.
func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	w.Header().Set("Referrer-Policy", "same-origin") // with none at all the buttons would come without an Origin
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	if !p.isLocal(r) {
		http.Error(w, "This page is for a browser on the same machine, at its own address.", http.StatusForbidden)
		return
	}
	if r.URL.Path == "/" {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		p.show(w, http.StatusOK, p.view(r.URL.Query().Get("all") != ""))
		return
	}
	press, known := p.buttons()[strings.TrimPrefix(r.URL.Path, sandbox.HomePath)]
	switch {
	case !known:
		http.NotFound(w, r)
	case r.Method != http.MethodPost:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case r.Header.Get("Origin") != "http://"+r.Host || !slices.Contains([]string{"", "same-origin"}, r.Header.Get("Sec-Fetch-Site")):
		http.Error(w, "Only the buttons of this page do that.", http.StatusForbidden)
	default:
		r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
		if err := press(r); err != nil {
			p.show(w, http.StatusConflict, view{Problem: err.Error()})
			return
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}
}

// isLocal tells whether the call comes from this machine and was meant for it: a name of somebody else's that
// points here would open the page to his scripts.
func (p *page) isLocal(r *http.Request) bool {
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(from)
	return err == nil && ip != nil && ip.IsLoopback() && slices.Contains(p.hosts, r.Host)
}

func (p *page) show(w http.ResponseWriter, status int, v view) {
	var b bytes.Buffer
	if err := p.shown.Execute(&b, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the browser may be gone
}

// buttons are what the page's forms do, by the ends of their addresses.
func (p *page) buttons() map[string]func(*http.Request) error {
	return map[string]func(*http.Request) error{"cancel": p.cancel, "reject": p.reject, "issue": p.issue}
}

func (p *page) cancel(r *http.Request) error {
	id, err := strconv.ParseInt(r.PostFormValue("id"), 10, 64)
	if err != nil {
		return errors.New("no such invoice")
	}
	return p.server.CancelInvoice(id)
}

func (p *page) reject(r *http.Request) error {
	id, err := strconv.ParseInt(r.PostFormValue("id"), 10, 64)
	if err != nil {
		return errors.New("no such invoice")
	}
	return p.server.RejectInvoice(id, "Alıcı reddetti")
}

// An amount of lira as a person types it, and a tax number.
var (
	typedAmount = regexp.MustCompile(`^\d{1,12}([.,]\d{1,2})?$`)
	typedNumber = regexp.MustCompile(`^(\d{10,11})?$`)
)

func (p *page) issue(r *http.Request) error {
	h := sandbox.ByHand{
		Buyer: r.PostFormValue("buyer"), TaxNumber: strings.TrimSpace(r.PostFormValue("number")),
		Description: r.PostFormValue("description"), Draft: r.PostFormValue("draft") != "",
	}
	total := strings.TrimSpace(r.PostFormValue("total"))
	rate, rateErr := strconv.Atoi(r.PostFormValue("rate"))
	var dateErr, kindErr error
	h.Date, dateErr = time.ParseInLocation("2006-01-02T15:04", r.PostFormValue("date"), domain.Istanbul)
	h.Kind, kindErr = strconv.Atoi(r.PostFormValue("kind"))
	switch {
	case !typedAmount.MatchString(total):
		return errors.New("the total is no amount of lira: 699,80")
	case !typedNumber.MatchString(h.TaxNumber):
		return errors.New("a tax number has 10 digits, a person's 11")
	case rateErr != nil || rate < 0 || rate > 100 || dateErr != nil || kindErr != nil || h.Kind != sandbox.KindEInvoice && h.Kind != sandbox.KindEArchive:
		return errors.New("date, kind or VAT rate cannot be read")
	}
	h.Total = decimal.RequireFromString(strings.ReplaceAll(total, ",", "."))
	h.VATRate = decimal.NewNullDecimal(decimal.NewFromInt(int64(rate)))
	_, err := p.server.IssueByHand(h)
	return err
}
