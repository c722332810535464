package isbasi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// TestSecrets_inNoErrorAndNoLog plays an İşbaşı that quotes everything it was sent, in every kind of
// failure, and looks for secrets in what comes out.
func TestSecrets_inNoErrorAndNoLog(t *testing.T) {
	const first = "first-key-1"
	secrets := []string{testKey, testPassword, testUserKey, testToken, first}
	failures := map[string]func(w http.ResponseWriter, quoted string){
		"business error": func(w http.ResponseWriter, q string) { fmt.Fprint(w, refusal(599, q)) },
		"unauthorised": func(w http.ResponseWriter, q string) {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, refusal(401, q))
		},
		"forbidden": func(w http.ResponseWriter, q string) {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, refusal(403, q))
		},
		"wrong key": func(w http.ResponseWriter, q string) {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, refusal(401, "API anahtarı: "+q))
		},
		"wrong password": func(w http.ResponseWriter, q string) { fmt.Fprint(w, refusal(400, "Şifre: "+q)) },
		"out of order": func(w http.ResponseWriter, q string) {
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, refusal(500, q))
		},
		"page":  func(w http.ResponseWriter, q string) { fmt.Fprint(w, "<html>"+q) },
		"wrong": func(w http.ResponseWriter, q string) { fmt.Fprintf(w, `{"code":0,"isError":false,"data":%q}`, q) },
		"redirect": func(w http.ResponseWriter, _ string) {
			w.Header().Set("Location", "https://evil.example/"+testToken)
			w.WriteHeader(http.StatusFound)
		},
		"gone": func(http.ResponseWriter, string) { panic(http.ErrAbortHandler) },
	}
	for name, fail := range failures {
		t.Run(name, func(t *testing.T) {
			log := &capture{}
			var base string
			var noConsent atomic.Bool
			c, server := against(t, Options{Log: log.log()}, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if !noConsent.Load() && strings.HasSuffix(r.URL.Path, "ssorequesturl") {
					fmt.Fprint(w, good(`{"redirectUrl":"`+base+`/izin"}`))
					return
				}
				fail(w, r.Header.Get("apiKey")+" "+r.Header.Get("Authorization")+" "+string(body))
			})
			base = server.URL

			var errs []error
			errs = append(errs, c.Ping(t.Context()))
			cr := testSession().Credentials
			_, err := c.SignIn(t.Context(), cr)
			errs = append(errs, err)
			cr.UserName = ""
			_, err = c.SignIn(t.Context(), cr)
			errs = append(errs, err)
			pasted := make(chan domain.Secret, 1)
			pasted <- domain.NewSecret(first)
			ctx, cancel := context.WithCancel(t.Context())
			_, err = c.SignInBrowser(ctx, testSession().Credentials, domain.Browser{
				Pasted: pasted,
				Note: func(err error) { // the key did not count: nobody waits for another
					errs = append(errs, err)
					cancel()
				},
			})
			cancel()
			errs = append(errs, err)
			noConsent.Store(true)
			_, err = c.SignInBrowser(t.Context(), testSession().Credentials, domain.Browser{})
			errs = append(errs, err)

			for i, err := range errs {
				if err == nil {
					t.Errorf("call %d succeeded", i)
					continue
				}
				for _, form := range []string{err.Error(), fmt.Sprintf("%+v %#v", err, err)} {
					for _, s := range secrets {
						if strings.Contains(form, s) {
							t.Errorf("error %d holds %s: %s", i, s, form)
						}
					}
				}
			}
			text := log.text()
			if !strings.Contains(text, "path=/api/v1.0/user/integrationLogin") || !strings.Contains(text, "method=POST") {
				t.Errorf("the calls are not in the log: %s", text)
			}
			for _, s := range append(secrets, "Bearer", "owner@example.com") {
				if strings.Contains(text, s) {
					t.Errorf("the log holds %s", s)
				}
			}
		})
	}
}

// quotesAll gives all that a request carries.
func quotesAll(t *testing.T, req *http.Request) string {
	t.Helper()
	var b strings.Builder
	for name := range req.Header {
		b.WriteString(name + ": " + req.Header.Get(name) + "\n")
	}
	return b.String() + bodyOf(t, req)
}

// TestSecrets_ofNoCallAreShown lets İşbaşı quote every call at its n-th request, every n, with the session
// as it is and with one that is renewed on the way.
func TestSecrets_ofNoCallAreShown(t *testing.T) {
	const fresh = "fresh-token-1"
	secrets := []string{testKey, testPassword, testUserKey, testToken, fresh}
	quote := map[string]func(req *http.Request, q string) *http.Response{
		"refused":      func(req *http.Request, q string) *http.Response { return reply(req, 400, refusal(599, q)) },
		"state":        func(req *http.Request, q string) *http.Response { return reply(req, 409, refusal(409, q)) },
		"forbidden":    func(req *http.Request, q string) *http.Response { return reply(req, 403, refusal(403, q)) },
		"not there":    func(req *http.Request, q string) *http.Response { return reply(req, 404, refusal(404, q)) },
		"unauthorised": func(req *http.Request, q string) *http.Response { return reply(req, 401, refusal(401, q)) },
		"quota": func(req *http.Request, q string) *http.Response {
			return reply(req, 429, refusal(429, q), "Retry-After", "3600")
		},
		"out of order": func(req *http.Request, q string) *http.Response { return reply(req, 500, refusal(500, q)) },
		"gateway":      func(req *http.Request, q string) *http.Response { return reply(req, 502, "<html>"+q) },
		"page":         func(req *http.Request, q string) *http.Response { return reply(req, 200, "<html>"+q) },
		"cut off": func(req *http.Request, q string) *http.Response {
			return reply(req, 400, refusal(599, strings.Repeat("x", 480)+q[strings.LastIndex(q, "Bearer "):]))
		},
		"redirect": func(req *http.Request, q string) *http.Response {
			return reply(req, 302, "", "Location", "https://evil.example/"+url.PathEscape(q))
		},
		"as data": func(req *http.Request, q string) *http.Response { return reply(req, 200, good(jsonText(q))) },
		"as a number": func(req *http.Request, q string) *http.Response {
			return reply(req, 200, `{"code":0,"isError":false,"data":{"count":`+q+`}}`)
		},
	}
	for name, answer := range quote {
		for call, do := range allCalls() {
			for _, session := range []string{"as it is", "ended", "refused"} {
				for n, most := 1, 1; n <= most; n++ {
					log := &capture{}
					c, b := onHealthy(t, func(o *Options) { o.Log = log.log() })
					if session == "ended" {
						s := testSession()
						s.TokenEndsAt = time.Unix(1, 0)
						c.Use(s)
					}
					before := "" // what the attempt carried that was replayed after the renewal
					b.trouble = func(i int, req *http.Request) (*http.Response, error) {
						q := quotesAll(t, req)
						if i == 3 {
							q += before
						}
						switch {
						case i == 1 && session == "refused" && !strings.HasSuffix(req.URL.Path, loginPath):
							before = q
							return reply(req, 401, refusal(401, q)), nil
						case i < n:
							return nil, nil
						}
						return answer(req, q+" Bearer "+strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer ")), nil
					}
					err := do(t.Context(), c)
					if most = len(b.sent) + 1; len(b.sent) >= n && err == nil && name == "redirect" {
						t.Errorf("%s, %s at request %d: no error", call, name, n)
					}
					text := log.text() + fmt.Sprintf("%v %+v %#v", err, err, err)
					for e := err; e != nil; e = errors.Unwrap(e) {
						text += fmt.Sprintf(" %v %#v", e, e)
					}
					for _, s := range secrets {
						if strings.Contains(text, s[:len(s)-1]) {
							t.Fatalf("%s, %s at request %d, session %s: %s is shown: %s", call, name, n, session, s, text)
						}
					}
				}
			}
		}
	}
}

func jsonText(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}
