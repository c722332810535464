package isbasi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

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
			c, server := against(t, Options{Log: log.log(), CallbackAddr: freeAddr(t)}, func(w http.ResponseWriter, r *http.Request) {
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
