package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

const base = "/api/v1.0/"

// caller is a client as plain as can be: what it sends and decodes is written here, not taken from
// storage/isbasi, so that the two do not share a mistake.
type caller struct {
	t      *testing.T
	s      *sandbox.Server
	key    string
	token  string
	tenant string
	person string // of the headers UserId, UserEmail and UserName
	device string // of the header DeviceType
	lacks  string // a header that is left out
}

// reply is an answer with its envelope, as far as it has one.
type reply struct {
	Status  int
	Header  http.Header
	Raw     string
	Code    int             `json:"code"`
	Message *string         `json:"message"`
	IsError bool            `json:"isError"`
	Data    json.RawMessage `json:"data"`
	isJSON  bool
}

func start(t *testing.T, o sandbox.Options) *caller {
	t.Helper()
	s, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &caller{t: t, s: s, key: sandbox.DemoKey}
}

// try sends a request; the error is that of the network.
func (c *caller) try(method, path string, body any) (reply, error) {
	c.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	if body == nil {
		raw = nil
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.s.URL()+path, bytes.NewReader(raw))
	if err != nil {
		c.t.Fatal(err)
	}
	for k, v := range map[string]string{"apiKey": c.key, "tenantId": c.tenant, "Lang": "tr-TR", "UserId": c.person, "UserEmail": c.person, "UserName": c.person, "DeviceType": c.device} {
		if v != "" && k != c.lacks {
			r.Header.Set(k, v)
		}
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	client := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(r)
	if err != nil {
		return reply{}, err
	}
	text, err := io.ReadAll(res.Body)
	if closeErr := res.Body.Close(); closeErr != nil {
		c.t.Error(closeErr)
	}
	if err != nil {
		return reply{}, err
	}
	out := reply{}
	out.isJSON = strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") && json.Unmarshal(text, &out) == nil
	out.Status, out.Header, out.Raw = res.StatusCode, res.Header, string(text)
	return out, nil
}

func (c *caller) call(method, path string, body any) reply {
	c.t.Helper()
	r, err := c.try(method, path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// signIn signs in with e-mail and password, and has the headers of the person from then on.
func (c *caller) signIn() {
	c.t.Helper()
	c.person = sandbox.DemoUser
	r := c.call(http.MethodPost, base+"user/integrationLogin", map[string]any{
		"username": sandbox.DemoUser, "password": sandbox.DemoPassword,
	})
	c.take(r)
}

// take keeps the session of a login answer.
func (c *caller) take(r reply) {
	c.t.Helper()
	var data struct{ AccessToken, TokenType, TenantID string }
	r.ok(c.t, &data)
	if data.AccessToken == "" || data.TokenType != "Bearer" || data.TenantID == "" {
		c.t.Fatalf("login answers %s", r.Raw)
	}
	c.token, c.tenant = data.AccessToken, data.TenantID
}

// ok asks for a success and decodes its data.
func (r reply) ok(t *testing.T, data any) {
	t.Helper()
	if r.Status != http.StatusOK || !r.isJSON || r.IsError || r.Code != 0 && r.Code != 200 {
		t.Fatalf("HTTP %d %s", r.Status, r.Raw)
	}
	if err := json.Unmarshal(r.Data, data); err != nil {
		t.Fatal(err)
	}
}

// refused asks for an error envelope.
func (r reply) refused(t *testing.T, code int, message string) {
	t.Helper()
	if !r.isJSON || !r.IsError || r.Code != code || r.Message == nil || !strings.Contains(*r.Message, message) {
		t.Errorf("HTTP %d %s, want code %d and %q", r.Status, r.Raw, code, message)
	}
}

// listing is a list answer.
type listing struct {
	Count *int             `json:"count"`
	Data  []map[string]any `json:"data"`
}

// ids reads the rows' ids, text or number.
func (l listing) ids() []int64 {
	var ids []int64
	for _, row := range l.Data {
		switch v := row["id"].(type) {
		case string:
			n, _ := strconv.ParseInt(v, 10, 64)
			ids = append(ids, n)
		case float64:
			ids = append(ids, int64(v))
		}
	}
	return ids
}

type object = map[string]any

// products asks for a page of the products, sorted by id.
func productsBody(page, size int, filters ...object) object {
	return object{
		"filters": filters, "sorting": object{"id": "Asc"},
		"paging": object{"currentPage": page, "pageSize": size}, "columnNames": nil, "count": true,
	}
}

func (c *caller) list(body object) reply {
	c.t.Helper()
	return c.call(http.MethodPost, base+"products/products", body)
}

func (c *caller) mustList(body object) listing {
	c.t.Helper()
	var l listing
	c.list(body).ok(c.t, &l)
	return l
}

func TestServer_refusesWhatItDoesNotKnow(t *testing.T) {
	for _, tt := range []struct {
		name, method, path string
		status             int
		html               bool
	}{
		{"the panel's address", http.MethodGet, "/Account/Login", http.StatusNotFound, true},
		{"the root", http.MethodGet, "/", http.StatusNotFound, true},
		{"no such call", http.MethodGet, base + "user/permissions", http.StatusNotFound, false},
		{"a list by GET", http.MethodGet, base + "products/products", http.StatusNotFound, false},
		{"a login by GET", http.MethodGet, base + "user/integrationLogin", http.StatusMethodNotAllowed, false},
		{"the address by POST", http.MethodPost, base + "user/ssorequesturl", http.StatusMethodNotAllowed, false},
		{"a product by DELETE", http.MethodDelete, base + "products/1/1", http.StatusMethodNotAllowed, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := start(t, sandbox.Options{})
			r := c.call(tt.method, tt.path, nil)
			if r.Status != tt.status || strings.Contains(r.Raw, "<html") != tt.html || r.isJSON {
				t.Errorf("HTTP %d %q", r.Status, r.Raw)
			}
		})
	}
}

func TestServer_closesTwice(t *testing.T) {
	c := start(t, sandbox.Options{})
	if err := c.s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := c.try(http.MethodGet, "/", nil); err == nil {
		t.Error("a closed server answers")
	}
}

func TestServer_takenAddressIsAnError(t *testing.T) {
	c := start(t, sandbox.Options{})
	second, err := sandbox.New(sandbox.Options{Addr: strings.TrimPrefix(c.s.URL(), "http://")})
	if err == nil {
		t.Errorf("two servers at %s: %v", c.s.URL(), second.Close())
	}
}

func TestServer_closeEndsACallUnderWay(t *testing.T) {
	c := start(t, sandbox.Options{Faults: []sandbox.Fault{{Kind: sandbox.FaultDelay, Delay: 1 << 50}}})
	ended := make(chan error)
	go func() {
		_, err := c.try(http.MethodGet, base+"user/ssorequesturl", nil)
		ended <- err
	}()
	if err := c.s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; err == nil {
		t.Error("the delayed call was answered")
	}
}

func TestServer_changesWhileItRuns(t *testing.T) {
	c := start(t, sandbox.Options{})
	c.signIn()
	c.s.Change(func(o *sandbox.Options) { o.TenantID = "another" })
	c.list(productsBody(1, 10)).refused(t, http.StatusBadRequest, "tenantId")
	c.s.Edit(func(p []sandbox.Product) []sandbox.Product { return p[:3] })
	c.signIn()
	if l := c.mustList(productsBody(1, 10)); len(l.Data) != 3 {
		t.Errorf("%d rows after the edit", len(l.Data))
	}
}
