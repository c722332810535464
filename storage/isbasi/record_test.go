package isbasi

import (
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// TestSameID_anotherRecordIsNoAnswer asks for a record and is given another one, or none.
func TestSameID_anotherRecordIsNoAnswer(t *testing.T) {
	for call, do := range map[string]func(c *Client, id domain.RemoteID) error{
		"product": func(c *Client, id domain.RemoteID) error {
			_, err := c.Product(t.Context(), domain.ProductRef{ID: id, Type: 1})
			return err
		},
		"invoice": func(c *Client, id domain.RemoteID) error { _, err := c.Invoice(t.Context(), id); return err },
		"save product": func(c *Client, id domain.RemoteID) error {
			_, err := c.SaveProduct(t.Context(), domain.ProductRef{ID: id, Type: 1}, domain.ProductChange{Name: "x"})
			return err
		},
	} {
		for raw, same := range map[string]bool{`101`: true, `"101"`: true, `" 101 "`: true, `102`: false, `"1010"`: false, `10`: false, `0`: false, `null`: false, `""`: false, `"101x"`: false, `{}`: false} {
			c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, answerAll(good(`{"id":`+raw+`,"eStatus":10}`)))
			err := do(c, " 101")
			if (domain.KindOf(err) == domain.KindBadAnswer) == same || (!same && len(n.sent) != 1) || (same && err != nil && !strings.HasPrefix(call, "save")) {
				t.Errorf("%s, answered %s: %v after %d calls", call, raw, err, len(n.sent))
			}
		}
	}
}
