package sandbox_test

import (
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// faulty is a signed-in caller of a server with ten products and the fault.
func faulty(t *testing.T, f sandbox.Fault) *caller {
	t.Helper()
	now := time.Date(2026, 11, 23, 21, 0, 0, 0, time.UTC)
	c := start(t, sandbox.Options{Products: sandbox.Products(10, 6), Now: func() time.Time { return now }})
	c.signIn()
	f.Route = sandbox.RouteProducts
	c.s.Fault(f)
	return c
}

func TestFault_answers(t *testing.T) {
	for _, tt := range []struct {
		name   string
		fault  sandbox.Fault
		status int
		header [2]string
		body   string
	}{
		{"status", sandbox.Fault{Kind: sandbox.FaultStatus}, 500, [2]string{}, `"code":500`},
		{"forbidden", sandbox.Fault{Kind: sandbox.FaultStatus, Status: 403, Message: "API yetkilendirilmedi"}, 403, [2]string{}, "API yetkilendirilmedi"},
		{"page", sandbox.Fault{Kind: sandbox.FaultHTML}, 502, [2]string{"Content-Type", "text/html; charset=utf-8"}, "<html>"},
		{"page with 200", sandbox.Fault{Kind: sandbox.FaultHTML, Status: 200}, 200, [2]string{}, "<html>"},
		{"foreign body", sandbox.Fault{Kind: sandbox.FaultBody, Message: `{"ok":true}`}, 200, [2]string{}, `{"ok":true}`},
		{"rate in seconds", sandbox.Fault{Kind: sandbox.FaultRate, RetryAfter: 1500 * time.Millisecond}, 429, [2]string{"Retry-After", "2"}, `"code":429`},
		{"rate till a date", sandbox.Fault{Kind: sandbox.FaultRate, RetryAfter: time.Minute, RetryDate: true}, 429, [2]string{"Retry-After", "Mon, 23 Nov 2026 21:01:00 GMT"}, ""},
		{"rate without a word", sandbox.Fault{Kind: sandbox.FaultRate}, 429, [2]string{"Retry-After", ""}, ""},
		{"redirect", sandbox.Fault{Kind: sandbox.FaultRedirect, Location: "http://127.0.0.1:1/x"}, 307, [2]string{"Location", "http://127.0.0.1:1/x"}, ""},
		{"token", sandbox.Fault{Kind: sandbox.FaultToken}, 401, [2]string{}, "Oturum"},
		{"delay", sandbox.Fault{Kind: sandbox.FaultDelay, Delay: time.Millisecond}, 200, [2]string{}, `"count":10`},
		{"count too high", sandbox.Fault{Kind: sandbox.FaultCount}, 200, [2]string{}, `"count":11`},
		{"count too low", sandbox.Fault{Kind: sandbox.FaultCount, By: -3}, 200, [2]string{}, `"count":7`},
		{"list grows", sandbox.Fault{Kind: sandbox.FaultGrow, By: 2}, 200, [2]string{}, `"count":12`},
		{"list shrinks", sandbox.Fault{Kind: sandbox.FaultShrink}, 200, [2]string{}, `"count":9`},
		{"list shrinks to nothing", sandbox.Fault{Kind: sandbox.FaultShrink, By: 99}, 200, [2]string{}, `"count":0`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := faulty(t, tt.fault).list(productsBody(1, 100))
			if r.Status != tt.status || !strings.Contains(r.Raw, tt.body) {
				t.Errorf("HTTP %d %s", r.Status, r.Raw)
			}
			if name := tt.header[0]; name != "" && r.Header.Get(name) != tt.header[1] {
				t.Errorf("%s: %q", name, r.Header.Get(name))
			}
		})
	}
}

func TestFault_breaksTheConnection(t *testing.T) {
	for _, kind := range []sandbox.FaultKind{sandbox.FaultCut, sandbox.FaultDrop, sandbox.FaultLost} {
		t.Run(string(kind), func(t *testing.T) {
			c := faulty(t, sandbox.Fault{Kind: kind, Nth: 1})
			if r, err := c.try(http.MethodPost, base+"products/products", productsBody(1, 100)); err == nil {
				t.Errorf("HTTP %d %s", r.Status, r.Raw)
			}
			if l := c.mustList(productsBody(1, 100)); len(l.Data) != 10 {
				t.Errorf("%d rows afterwards", len(l.Data))
			}
			if n := c.s.Count(sandbox.RouteProducts); n != 2 {
				t.Errorf("%d calls in the log", n)
			}
		})
	}
}

// A lost answer is that of a call that was carried out; a dropped one was not.
func TestFault_lostIsDoneAndDroppedIsNot(t *testing.T) {
	for kind, spent := range map[sandbox.FaultKind]bool{sandbox.FaultLost: true, sandbox.FaultDrop: false} {
		cb := listen(t)
		c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback"})
		body := object{"key": consent(t, cb, c.address(), true).Get("appUserKey")}
		c.s.Fault(sandbox.Fault{Kind: kind, Route: sandbox.RouteUserKey, Nth: 1})
		if r, err := c.try(http.MethodPost, base+"user/getuserappkey", body); err == nil {
			t.Errorf("%s: HTTP %d", kind, r.Status)
		}
		if r := c.call(http.MethodPost, base+"user/getuserappkey", body); r.IsError != spent {
			t.Errorf("%s: then %s", kind, r.Raw)
		}
	}
}

func TestFault_repeatsTheFirstPage(t *testing.T) {
	c := faulty(t, sandbox.Fault{Kind: sandbox.FaultRepeat})
	first, second := c.mustList(productsBody(1, 4)), c.mustList(productsBody(2, 4))
	if !slices.Equal(first.ids(), second.ids()) {
		t.Errorf("%v, then %v", first.ids(), second.ids())
	}
	if log := c.s.Log(); log[len(log)-1].Page != 2 {
		t.Errorf("page %d was asked for", log[len(log)-1].Page)
	}
}

// Between two pages the first product goes: what was to begin page 2 now ends page 1, and is missed.
func TestFault_shrinkMovesTheRowsUp(t *testing.T) {
	c := faulty(t, sandbox.Fault{Kind: sandbox.FaultShrink, Page: 2, Times: 1})
	whole := c.mustList(productsBody(1, 10)).ids()
	second := c.mustList(productsBody(2, 4)).ids()
	if !slices.Equal(second, whole[5:9]) {
		t.Errorf("page 2 is %v of %v", second, whole)
	}
}

func TestFault_strikesWhatItSelects(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault sandbox.Fault
		want  string // by call: x = struck; pages 1, 2, 1, 2 …
	}{
		{"always", sandbox.Fault{}, "xxxxxx"},
		{"third", sandbox.Fault{Nth: 3}, "..x..."},
		{"every other", sandbox.Fault{Every: 2}, ".x.x.x"},
		{"twice", sandbox.Fault{Times: 2}, "xx...."},
		{"every other, once", sandbox.Fault{Every: 2, Times: 1}, ".x...."},
		{"page two", sandbox.Fault{Page: 2}, ".x.x.x"},
		{"second of page two", sandbox.Fault{Page: 2, Nth: 2}, "...x.."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.fault.Kind = sandbox.FaultStatus
			c := faulty(t, tt.fault)
			got := ""
			for i := range 6 {
				if c.list(productsBody(i%2+1, 5)).IsError {
					got += "x"
				} else {
					got += "."
				}
			}
			if got != tt.want {
				t.Errorf("strikes %s, want %s", got, tt.want)
			}
		})
	}
}

func TestFault_isMended(t *testing.T) {
	c := faulty(t, sandbox.Fault{Kind: sandbox.FaultStatus})
	c.list(productsBody(1, 1)).refused(t, 500, "")
	c.s.Mend()
	c.mustList(productsBody(1, 1))
	log := c.s.Log()
	if struck := log[len(log)-2]; !slices.Equal(struck.Faults, []sandbox.FaultKind{sandbox.FaultStatus}) || struck.Status != 500 {
		t.Errorf("logged as %+v", struck)
	}
}

func TestParseFaults(t *testing.T) {
	got, err := sandbox.ParseFaults("html route=products/products nth=3 status=503 after=true; rate every=10 retry=2s date=true;" +
		" redirect to=http://127.0.0.1:1/?a=b ; status message=API_yetkilendirilmedi page=2 times=1; delay delay=5ms after=true; count by=-2;" +
		" late status=504 delay=2s; ignore field=prices route=PUT:products")
	want := []sandbox.Fault{
		{Kind: sandbox.FaultHTML, Route: sandbox.RouteProducts, Nth: 3, Status: 503, After: true},
		{Kind: sandbox.FaultRate, Every: 10, RetryAfter: 2 * time.Second, RetryDate: true},
		{Kind: sandbox.FaultRedirect, Location: "http://127.0.0.1:1/?a=b"},
		{Kind: sandbox.FaultStatus, Message: "API yetkilendirilmedi", Page: 2, Times: 1},
		{Kind: sandbox.FaultDelay, Delay: 5 * time.Millisecond, After: true},
		{Kind: sandbox.FaultCount, By: -2},
		{Kind: sandbox.FaultLate, Status: 504, Delay: 2 * time.Second},
		{Kind: sandbox.FaultIgnore, Field: "prices", Route: sandbox.RouteSaveProduct},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"explode", "html nth=x", "html colour=red", "delay delay=5", "rate date=perhaps", "html after=x", "ignore route=PUT:products"} {
		if f, err := sandbox.ParseFaults(bad); err == nil {
			t.Errorf("%q is %+v", bad, f)
		}
	}
}

func TestFaultHelp_tellsEveryKindAndSetting(t *testing.T) {
	for _, kind := range sandbox.FaultKinds() {
		if !strings.Contains(sandbox.FaultHelp, "\n  "+string(kind)+" ") {
			t.Errorf("no line for %s", kind)
		}
	}
	for _, name := range []string{
		"route", "page", "nth", "every", "times", "status", "message", "delay", "retry", "date", "to", "by", "after", "field",
	} {
		if !regexp.MustCompile(`\b` + name + `\b`).MatchString(sandbox.FaultHelp) {
			t.Errorf("no word on %s", name)
		}
		if _, err := sandbox.ParseFaults("html " + name + "=x"); err != nil && strings.Contains(err.Error(), "unknown setting") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFault_isWrittenAsItIsRead(t *testing.T) {
	for _, script := range []string{
		"html", "lost route=PUT:products nth=2", "rate every=10 retry=2s date=true", "status route=PUT:stock page=2 times=1 status=409 message=Çok_geç after=true",
		"ignore field=prices", "redirect to=http://127.0.0.1:1/", "late status=504 delay=1m30s", "grow by=3",
	} {
		faults, err := sandbox.ParseFaults(script)
		if err != nil || len(faults) != 1 {
			t.Fatalf("%s: %v", script, err)
		}
		again, err := sandbox.ParseFaults(faults[0].String())
		if err != nil || len(again) != 1 || again[0] != faults[0] {
			t.Errorf("%s is written %s: %v", script, faults[0], err)
		}
	}
}

func TestFaults_areCounted(t *testing.T) {
	fault := sandbox.Fault{Kind: sandbox.FaultHTML, Route: sandbox.RouteProducts, Every: 2}
	c := signed(t, sandbox.Options{Faults: []sandbox.Fault{fault}})
	for range 3 {
		c.call(http.MethodPost, base+"products/products", object{})
	}
	if got := c.s.Faults(); len(got) != 1 || got[0].Fault != fault || got[0].Seen != 3 || got[0].Struck != 1 {
		t.Errorf("%+v", got)
	}
	if c.s.Mend(); len(c.s.Faults()) != 0 {
		t.Error("still in force")
	}
}

// Without one the address of İşbaşı's API is no page; with one, calls are as before.
func TestHome(t *testing.T) {
	c := signed(t, sandbox.Options{})
	if r := c.call(http.MethodGet, "/", nil); r.Status != http.StatusNotFound {
		t.Errorf("without a page: HTTP %d", r.Status)
	}
	mark := c.s.Mark()
	c.s.Home(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte(r.URL.Path))
	}))
	c.s.Fault(sandbox.Fault{Kind: sandbox.FaultHTML})
	for _, path := range []string{"/", "/panel/cancel"} {
		if r := c.call(http.MethodGet, path, nil); r.Status != http.StatusTeapot || r.Raw != path {
			t.Errorf("%s: HTTP %d %s", path, r.Status, r.Raw)
		}
	}
	if n := len(c.s.Since(mark)); n != 0 {
		t.Errorf("%d calls were logged", n)
	}
	c.s.Mend()
	for _, path := range []string{"/panel", "/index.html"} {
		if r := c.call(http.MethodGet, path, nil); r.Status != http.StatusNotFound {
			t.Errorf("%s: HTTP %d", path, r.Status)
		}
	}
	if r := c.call(http.MethodPost, base+"products/products", object{}); r.Status != http.StatusOK {
		t.Errorf("a call: HTTP %d", r.Status)
	}
}
