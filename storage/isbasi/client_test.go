package isbasi

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/consent"
)

func TestNew_takesItsOwnWhereNothingIsGiven(t *testing.T) {
	c := open(t, Options{})
	if c.callback != (consent.Options{Addr: "127.0.0.1:47813", Limit: 5 * time.Minute, Grace: 2 * time.Second}) {
		t.Errorf("%+v", c)
	}
	c = open(t, Options{CallbackAddr: "127.0.0.1:1", Now: func() time.Time { return time.Unix(5, 0) }})
	if c.callback.Addr != "127.0.0.1:1" || c.now().Unix() != 5 {
		t.Errorf("%+v", c)
	}
}
