package sandbox

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"strings"
)

const consentPath = "/sso/izin"

// The person's answers on the consent page: the ids and values of its buttons.
const (
	buttonAllow = "allow"
	buttonDeny  = "deny"
)

//go:embed consent.html
var consentSource string

// consent is step 2, İşbaşı's own page in the person's browser. The request's key and whatever state
// the application added stand in the address, so the form goes to the page's own address.
func (s *Server) consent(c *call) answer {
	q := c.r.URL.Query()
	owner, known := s.keys.requests[q.Get("key")]
	if !known {
		return s.consentPage(http.StatusNotFound, true)
	}
	decision := ""
	switch {
	case s.o.AutoConsent:
		decision = buttonAllow
	case c.r.Method == http.MethodPost:
		form, err := url.ParseQuery(string(c.body))
		if err != nil {
			return s.consentPage(http.StatusBadRequest, true)
		}
		decision = form.Get("decision")
	}
	back := url.Values{}
	switch decision {
	case buttonAllow:
		back.Set("appUserKey", issue(s.keys.first, owner))
	case buttonDeny:
		back.Set("error", "access_denied")
	default:
		return s.consentPage(http.StatusOK, false)
	}
	if state := q.Get("state"); state != "" && !s.o.DropState {
		back.Set("state", state)
	}
	return answer{status: http.StatusSeeOther, header: map[string]string{"Location": s.o.Callback + "?" + back.Encode()}}
}

func (s *Server) consentPage(status int, unknown bool) answer {
	t, err := template.New("consent").Parse(consentSource)
	if err != nil {
		panic(err) // the page is embedded: a defect of the stand-in
	}
	var b bytes.Buffer
	if err := t.Execute(&b, map[string]any{"App": s.o.AppName, "Unknown": unknown}); err != nil {
		panic(err)
	}
	a := page(status, b.String())
	a.header = map[string]string{"Cache-Control": "no-store"}
	return a
}

// Consent does what a person does in the browser, without one: opens the consent page at address,
// presses İzin ver (allow) or Reddet, and follows to the application's callback. It is an error when a
// page on the way answers with an error.
func Consent(ctx context.Context, address string, allow bool) error {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	page, err := visit(ctx, client, http.MethodGet, address, "")
	if err != nil || !strings.Contains(page, `id="`+buttonAllow+`"`) { // allowed by itself: nothing to press
		return err
	}
	decision := buttonDeny
	if allow {
		decision = buttonAllow
	}
	_, err = visit(ctx, client, http.MethodPost, address, url.Values{"decision": {decision}}.Encode())
	return err
}

// visit navigates as a browser does and gives the page it ends on.
func visit(ctx context.Context, client *http.Client, method, address, form string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form))
	if err != nil {
		return "", err
	}
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	r.Header.Set("Sec-Fetch-Dest", "document")
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := client.Do(r)
	if err != nil {
		return "", err
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	if err := res.Body.Close(); err != nil {
		return "", err
	}
	if err != nil {
		return "", err
	}
	if res.StatusCode >= http.StatusBadRequest {
		return "", fmt.Errorf("%s%s answers %s", res.Request.URL.Host, res.Request.URL.Path, res.Status)
	}
	return string(body), nil
}
