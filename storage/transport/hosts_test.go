package transport

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func TestHosts_trustOnlyThose(t *testing.T) {
	zone, loopback := Hosts{Zones: []string{"other.example", "remote.example"}}, Hosts{Loopback: true}
	for address, trusted := range map[string]string{ // by the zones, and by the loopback
		"https://api.remote.example": "+-", "HTTPS://A.B.Remote.Example:443/x?y=z": "+-", "https://x.other.example": "+-",
		"https://remote.example": "--", "http://api.remote.example": "--", "http://api.remote.example:443": "--", "https://api.remote.example:8443": "--",
		"https://evilremote.example": "--", "https://remote.example.evil.example": "--", "https://api.remote.example.": "--", "https://api.remote.example@evil.example": "--",
		"https://user:gizli@api.remote.example": "--", "https://evil.example/.remote.example": "--", "https://api.remote\u3002example": "--",
		"http://127.0.0.1:1": "-+", "https://127.9.8.7": "-+", "http://[::1]:8790": "-+", "http://LOCALHOST": "-+",
		"http://127.0.0.1.evil.example": "--", "http://user@127.0.0.1": "--", "ftp://127.0.0.1": "--", "http://10.0.0.1": "--", "": "--", "//api.remote.example": "--", "https:api.remote.example": "--",
	} {
		for i, h := range []Hosts{zone, loopback, {}} {
			base, err := h.Base(" " + address + "\n")
			if ok := i < 2 && trusted[i] == '+'; (err == nil) != ok || (err != nil && (domain.KindOf(err) != domain.KindHost || strings.Contains(err.Error(), "gizli"))) {
				t.Errorf("%s: %q, %v", address, base, err)
			}
		}
	}
	if got, err := zone.Base("https://a.remote.example/api/?x=1#y"); got != "https://a.remote.example" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	for address, trusted := range map[string]bool{
		"https://remote.example": true, "https://REMOTE.example:443/x": true, "https://api.remote.example": false, "http://remote.example": false,
		"https://remote.example:8443": false, "https://user@remote.example": false, "https://evilremote.example": false,
	} {
		if _, err := (Hosts{Names: []string{"remote.example"}}).Base(address); (err == nil) != trusted {
			t.Errorf("by its name, %s: %v", address, err)
		}
	}
	kelvin := Hosts{Zones: []string{"kelvin.example"}}
	for what, u := range map[string]*url.URL{ // written otherwise than the list, or sent otherwise than written
		"a letter that folds": {Scheme: "https", Host: "Api.\u212aelvin.example"}, "opaque": {Scheme: "https", Host: "api.kelvin.example", Opaque: "//Evil.example/x"},
	} {
		want := domain.Error{Kind: domain.KindHost, Op: "check the address", Detail: "api.kelvin.example"}
		if e, ok := kelvin.Check(u).(*domain.Error); !ok || *e != want { //nolint:errorlint // that very one
			t.Errorf("%s: %+v, want %+v", what, e, want)
		}
	}
	if _, err := zone.Base("::"); domain.KindOf(err) != domain.KindHost {
		t.Errorf("no address: %v", err)
	}
}

func TestSend_goesNowhereElse(t *testing.T) {
	for _, address := range []string{"https://evil.example/x", "http://api.remote.example/x", "https://api.remote.example:1/x"} {
		c, n := over(answerAll("ok"))
		_, err := to(t.Context(), c, address, quota.Read)
		if wantKind(t, err, domain.KindHost); len(n.sent) != 0 || strings.Contains(err.Error(), "://") {
			t.Errorf("%s: %v after %d calls", address, err, len(n.sent))
		}
	}
	c, n := over(answerAll("ok"))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, remote, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Send(req, Call{Op: "ask", Kind: quota.Read})
	if wantKind(t, err, domain.KindHost); len(n.sent) != 0 {
		t.Error("a call that names no hosts has left")
	}
}

func TestSend_followsNoRedirect(t *testing.T) {
	stolen := false
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { stolen = true }))
	defer thief.Close()
	for _, status := range []int{301, 302, 303, 307, 308, 300, 399} {
		for _, kind := range []quota.Kind{quota.Read, quota.Write} {
			calls := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				calls++
				w.Header().Set("Location", thief.URL+"/steal?x=secret")
				w.WriteHeader(status)
			}))
			_, err := to(t.Context(), New(options(nil)), server.URL, kind)
			server.Close()
			wantKind(t, err, domain.KindHost)
			u, _ := url.Parse(thief.URL)
			if detailOf(err) != u.Hostname() || strings.Contains(err.Error(), "secret") || calls != 1 || stolen {
				t.Errorf("%d: %v after %d calls, followed %v", status, err, calls, stolen)
			}
		}
	}
}
