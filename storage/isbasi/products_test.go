package isbasi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// productLists answers a product list of total rows as the reference says, after change has had its way.
func productLists(t *testing.T, total int, change func(page int, answer string) string) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) {
		page, size := pageOf(t, req), transfer.PageSize
		n := max(0, min(size, total-(page-1)*size))
		answer := good(fmt.Sprintf(`{"count":%d,"extraData":null,"data":%s}`, total, rows((page-1)*size+1, n)))
		if change != nil {
			answer = change(page, answer)
		}
		return reply(req, http.StatusOK, answer), nil
	}
}

// pageOf is the page that a list is asked for.
func pageOf(t *testing.T, req *http.Request) int {
	var q listRequest
	if err := json.Unmarshal([]byte(bodyOf(t, req)), &q); err != nil {
		t.Error(err)
	}
	return q.Paging.CurrentPage
}

func collect(ctx context.Context, c *Client, from int) (pages []transfer.Page, err error) {
	for page, e := range c.Products(ctx, transfer.Range{From: from}) {
		if e != nil {
			return pages, e
		}
		pages = append(pages, page)
	}
	return pages, nil
}

func TestProducts_allPages(t *testing.T) {
	for _, tc := range []struct{ total, from, calls, products int }{
		{0, 1, 1, 0},
		{1, 1, 1, 1},
		{99, 1, 1, 99},
		{100, 1, 1, 100},
		{101, 1, 2, 101},
		{250, 1, 3, 250},
		{250, 3, 1, 50},
		{250, 4, 1, 0},
		{250, 0, 3, 250},
		{300, 2, 2, 200},
	} {
		t.Run(fmt.Sprintf("%d from %d", tc.total, tc.from), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, n := over(t, Options{}, productLists(t, tc.total, nil))
				pages, err := collect(t.Context(), c, tc.from)
				if err != nil {
					t.Fatal(err)
				}
				products := 0
				for i, p := range pages {
					products += len(p.Products)
					if p.Total != tc.total || p.Number != max(tc.from, 1)+i || p.Last != (i == len(pages)-1) {
						t.Errorf("page %d: number %d, total %d, last %v", i, p.Number, p.Total, p.Last)
					}
				}
				if len(n.sent) != tc.calls || products != tc.products {
					t.Errorf("%d calls, %d products", len(n.sent), products)
				}
			})
		})
	}
}

func TestProducts_asksForProductsSortedByID(t *testing.T) {
	c, n := over(t, Options{}, productLists(t, 0, nil))
	if _, err := collect(t.Context(), c, 1); err != nil {
		t.Fatal(err)
	}
	want := `{"filters":[{"columnName":"type","operator":"IsEqualTo","value":1}],"sorting":{"id":"Asc"},` +
		`"paging":{"currentPage":1,"pageSize":100},"columnNames":null,"count":true,` +
		`"excel":{"export":false,"allowedColumns":null,"lucaExport":false}}`
	if got := bodyOf(t, n.sent[0]); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if n.sent[0].Method != http.MethodPost || n.sent[0].URL.Path != "/api/v1.0/products/products" {
		t.Errorf("%s %s", n.sent[0].Method, n.sent[0].URL.Path)
	}
}

func TestProducts_oddLists(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(page int, answer string) string
		want   domain.Kind
		pages  int
	}{
		"first page again and again": {
			func(_ int, _ string) string { return good(`{"count":1000,"data":` + rows(1, 100) + `}`) }, domain.KindCount, 1,
		},
		"count shrinks": {
			func(page int, a string) string {
				if page == 2 {
					return strings.Replace(a, `"count":1000`, `"count":150`, 1)
				}
				return a
			}, "", 2,
		},
		"short page ends": {
			func(page int, a string) string {
				if page == 2 {
					return good(`{"count":1000,"data":` + rows(101, 60) + `}`)
				}
				return a
			}, "", 2,
		},
		"no count, short": {
			func(int, string) string { return good(`{"count":null,"data":` + rows(1, 5) + `}`) }, "", 1,
		},
		"no count, full": {
			func(int, string) string { return good(`{"data":` + rows(1, 100) + `}`) }, domain.KindBadAnswer, 0,
		},
		"negative count": {
			func(int, string) string { return good(`{"count":-5,"data":null}`) }, domain.KindBadAnswer, 0,
		},
		"row without an id": {
			func(int, string) string { return good(`{"count":2,"data":[{"id":1},{"code":"x"}]}`) }, domain.KindBadAnswer, 0,
		},
		"null row": {
			func(int, string) string { return good(`{"count":1,"data":[null]}`) }, domain.KindBadAnswer, 0,
		},
		"page instead of JSON": {
			func(page int, a string) string {
				if page == 2 {
					return gatewayPage
				}
				return a
			}, domain.KindBadAnswer, 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, _ := over(t, Options{}, productLists(t, 1000, tc.change))
				pages, err := collect(t.Context(), c, 1)
				wantKind(t, err, tc.want)
				if len(pages) != tc.pages {
					t.Errorf("%d pages, want %d", len(pages), tc.pages)
				}
			})
		})
	}
}

func TestProducts_endlessListEnds(t *testing.T) {
	page := domain.Page[domain.RemoteProduct]{Number: maxPage, Rows: []domain.RemoteProduct{{ID: "new"}}}
	wantKind(t, products().endless(page, map[domain.RemoteID]bool{}), "")
	page.Number++
	wantKind(t, products().endless(page, map[domain.RemoteID]bool{}), domain.KindCount)
}

func TestProducts_stopAndCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(t, Options{}, productLists(t, 1000, nil))
		for page, err := range c.Products(t.Context(), transfer.Range{From: 1}) {
			if err != nil || page.Number != 1 {
				t.Fatal(page.Number, err)
			}
			break
		}
		if len(n.sent) != 1 {
			t.Errorf("%d calls after the reader has left", len(n.sent))
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := collect(ctx, c, 1)
		wantKind(t, err, domain.KindCancelled)
	})
}
