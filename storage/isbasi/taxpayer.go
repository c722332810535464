package isbasi

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Taxpayer asks whether a tax number is registered for e-documents (isbasi-api.md §6.8). "Not found" is
// an answer and no error, unless it is a web page: then the address is no İşbaşı API. Whatever else is no plain
// answer is an error, and nobody knows: KindUnavailable while İşbaşı or GİB is out of order, KindBadAnswer for lists
// that cannot be read. It costs one read.
func (c *Client) Taxpayer(ctx context.Context, taxNumber string) (domain.Taxpayer, error) {
	const op = "ask for a taxpayer"
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	taxNumber = strings.TrimSpace(taxNumber)
	if len(taxNumber) != 10 && len(taxNumber) != 11 || strings.Trim(taxNumber, "0123456789") != "" {
		return domain.Taxpayer{}, domain.Wrap(domain.Invalid("tax_number", "number-only"), op)
	}
	t := domain.Taxpayer{Number: taxNumber}
	r := request{op: op, method: http.MethodGet, path: "user/gibUser?tcknVkn=" + url.QueryEscape(taxNumber)}
	err := c.signed(ctx, call{kind: quota.Read, repeat: true}, r, func(a answer) error {
		if a.saysNotFound() {
			return nil
		}
		var w taxpayerWire
		if err := a.decode(op, &w); err != nil {
			return err
		}
		if w.PKList == nil && w.GBList == nil && w.DispatchPKList == nil && w.DispatchGBList == nil {
			return domain.E(domain.KindBadAnswer, op, errors.New("the answer has no list of addresses"))
		}
		w.into(&t)
		return nil
	})
	if err != nil {
		return domain.Taxpayer{}, err
	}
	return t, nil
}

// saysNotFound tells İşbaşı's own "there is none", by status or in the envelope, from a server that is
// not İşbaşı.
func (a answer) saysNotFound() bool {
	e, ok := a.envelope()
	return a.status != http.StatusMethodNotAllowed && a.kind(e, ok) == domain.KindNotFound &&
		(ok || len(bytes.TrimSpace(a.body)) == 0)
}

// taxpayerWire is the data of user/gibUser. A list of something else is an error: read as none it would make an
// e-Arşiv of what has to be an e-Fatura.
type taxpayerWire struct {
	PKList         []aliasWire `json:"pkList"`
	GBList         []aliasWire `json:"gbList"`
	DispatchPKList []aliasWire `json:"dispatchPkList"`
	DispatchGBList []aliasWire `json:"dispatchGbList"`
}

type aliasWire struct {
	Alias             text   `json:"alias"`
	Title             text   `json:"title"`
	FirstCreationTime moment `json:"firstCreationTime"`
	Type              text   `json:"type"`
}

// into fills in what the answer says; without an address of e-Fatura nobody is registered for it.
func (w taxpayerWire) into(t *domain.Taxpayer) {
	t.Inboxes, t.Outboxes = aliases(w.PKList), aliases(w.GBList)
	t.DispatchInboxes, t.DispatchOutboxes = aliases(w.DispatchPKList), aliases(w.DispatchGBList)
	t.Registered = len(t.Inboxes)+len(t.Outboxes) > 0
	for _, a := range append(append([]domain.Alias{}, t.Inboxes...), t.Outboxes...) {
		if t.Title == "" {
			t.Title = a.Title
		}
	}
}

func aliases(wires []aliasWire) []domain.Alias {
	var list []domain.Alias
	for _, w := range wires {
		list = append(list, domain.Alias{
			Name: w.Alias.trim(), Title: w.Title.trim(), Type: w.Type.trim(), RegisteredAt: w.FirstCreationTime.Time,
		})
	}
	return list
}
