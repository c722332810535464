//go:build e2e && linux

package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// clerk is a person at the stand-in İşbaşı's own screen: signed in beside the program, and over HTTP, so that what
// the program has written is seen by other eyes than its own.
type clerk struct {
	t             *testing.T
	url, key      string
	token, tenant string
	ids           map[string]string // of the products, by code
}

// value is what is shared of a product, numbers as decimals without zeros at their end; "" is none.
type value struct{ price, stock string }

// clerk signs one in.
func (w *world) clerk() *clerk {
	w.t.Helper()
	c := &clerk{t: w.t, url: w.url + "/api/v1.0/", key: w.key}
	var in struct {
		Token  string `json:"accessToken"`
		Tenant string `json:"tenantId"`
	}
	c.call(http.MethodPost, "user/integrationLogin", map[string]any{"username": sandbox.DemoUser, "password": sandbox.DemoPassword}, &in)
	c.token, c.tenant = in.Token, in.Tenant
	return c
}

// call does one request and reads the data of its answer into out.
func (c *clerk) call(method, path string, body, out any) {
	c.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, bytes.NewReader(raw))
	if err != nil {
		c.t.Fatal(err)
	}
	for name, value := range map[string]string{
		"apiKey": c.key, "Content-Type": "application/json", "Authorization": "Bearer " + c.token, "tenantId": c.tenant,
	} {
		r.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	envelope := struct {
		IsError bool `json:"isError"`
		Data    any  `json:"data"`
	}{Data: out}
	d := json.NewDecoder(bytes.NewReader(answer))
	d.UseNumber()
	if err := d.Decode(&envelope); err != nil || res.StatusCode != http.StatusOK || envelope.IsError {
		c.t.Fatalf("%s %s: HTTP %d, %v: %s", method, path, res.StatusCode, err, answer)
	}
}

// products gives what İşbaşı has now, by code.
func (c *clerk) products() map[string]value {
	c.t.Helper()
	var list struct {
		Rows []struct {
			ID    any                 `json:"id"`
			Code  string              `json:"code"`
			Price decimal.NullDecimal `json:"salesPriceTaxIncluded"`
			Stock decimal.NullDecimal `json:"stock"`
		} `json:"data"`
	}
	c.call(http.MethodPost, "products/products", map[string]any{"paging": map[string]any{"currentPage": 1, "pageSize": 100}}, &list)
	all := map[string]value{}
	c.ids = map[string]string{}
	for _, p := range list.Rows {
		all[p.Code] = value{written(p.Price), written(p.Stock)}
		c.ids[p.Code] = fmt.Sprint(p.ID)
	}
	return all
}

func written(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

// id finds the product with that code.
func (c *clerk) id(code string) string {
	c.t.Helper()
	if c.ids == nil {
		c.products()
	}
	id, ok := c.ids[code]
	if !ok {
		c.t.Fatalf("İşbaşı has no %s", code)
	}
	return id
}

// price changes the sales price of a product, with VAT.
func (c *clerk) price(code, price string) {
	c.t.Helper()
	var card map[string]any
	c.call(http.MethodGet, "products/"+c.id(code)+"/1", nil, &card)
	prices, _ := card["prices"].([]any)
	for _, p := range prices {
		if p, ok := p.(map[string]any); ok && fmt.Sprint(p["type"]) == "1" {
			p["price"], p["priceTaxIncluded"], p["vatIncluded"] = json.Number(price), json.Number(price), true
			delete(p, "priceTaxExcluded") // the server works it out
		}
	}
	c.call(http.MethodPut, "products", card, nil)
}

// enter books so many pieces of a product into the stock.
func (c *clerk) enter(code string, pieces int) {
	c.t.Helper()
	c.call(http.MethodPut, "stock", map[string]any{
		"type": sandbox.StockEntry, "date": "2026-05-04", "currency": "TL", "exchangeRate": 1,
		"stockTransactionLines": []map[string]any{{"stockRef": c.id(code), "amount": pieces}},
	}, nil)
}
