//go:build e2e && linux

package main_test

import (
	"context"
	"net"
	"net/http"
	"testing"
)

const callback = "http://127.0.0.1:47813/isbasi/callback"

// TestEndToEnd_badSignIn tries everything that goes wrong while a person authorises. Each ends in a
// sentence, and none in the way of the next.
func TestEndToEnd_badSignIn(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		t.Run(lang, func(t *testing.T) {
			emptyAlbum(t, "e2e/bad-sign-in-"+lang)
			world := newWorld(newDesktop(t), demoSupply(t))
			w := world.window("e2e/bad-sign-in-"+lang, lang)

			w.beginSignIn("hicbir-yerin-anahtari")
			w.waitFor(w.say("error.wrong-key.what"))
			w.shot("wrong-key")
			w.tap(w.say("cancel"))

			w.portTaken(world.key)

			w.beginSignIn(world.key)
			address := w.opened()
			for _, stray := range []string{
				callback, callback + "?appUserKey=", callback + "?appUserKey=x&state=wrong", callback + "/x?appUserKey=x",
			} {
				world.get(stray)
			}
			w.waitFor(w.say("wizard.browser.text")) // and the waiting goes on
			w.shot("stray-callbacks")

			page := w.openChromium()
			page.visit(address)
			page.tap("Reddet")
			w.waitFor(w.say("error.consent-refused.what"))
			page.shot(w.album + "/consent-refused.png")
			w.shot("consent-refused")
			if w.sees(w.say("wizard.browser.text")) {
				w.tap(w.say("wizard.again"))
			} else {
				w.tap(w.say("wizard.next"))
			}
			w.consent("İzin ver")
			w.confirmFirm()
			w.close()
		})
	}
}

// portTaken authorises while another program listens where the browser comes back to: the person pastes
// what stands in the browser's address bar.
func (w *window) portTaken(key string) {
	w.t.Helper()
	came := make(chan string, 10)
	listener, err := new(net.ListenConfig).Listen(w.t.Context(), "tcp", "127.0.0.1:47813")
	if err != nil {
		w.t.Fatal(err)
	}
	other := &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("appUserKey") {
			came <- r.URL.Query().Get("appUserKey")
		}
	})}
	go func() { _ = other.Serve(listener) }()
	w.beginSignIn(key)
	w.waitFor(w.say("error.port-taken.what"), w.say("wizard.pasted"))
	w.shot("port-taken")
	w.consent("İzin ver")
	w.typeIn(w.say("wizard.pasted"), <-came)
	w.tap(w.say("wizard.send"))
	w.waitFor(w.say("wizard.this"))
	w.shot("pasted")
	w.tap(w.say("wizard.no"))
	w.waitFor(w.say("api.first"))
	if err := other.Shutdown(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

// get asks as a stray page does: a navigation, but not the one that is waited for.
func (w *world) get(address string) {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Mode", "navigate")
	var answer *http.Response
	w.until("callback server", func() bool {
		answer, err = http.DefaultClient.Do(req)
		return err == nil
	})
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusNoContent && answer.StatusCode < 400 { // nothing is shown at an address that may hold a key
		w.t.Errorf("%s was answered with %s", address, answer.Status)
	}
}
