package isbasi

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/consent"
)

func TestNew_waitsWhereIsbasiSendsTheBrowser(t *testing.T) {
	c, err := New(Options{})
	if err != nil || c.callback != (consent.Options{Addr: "127.0.0.1:47813", Limit: 5 * time.Minute, Pause: time.Second, Grace: 2 * time.Second}) {
		t.Errorf("%+v, %v", c, err)
	}
}
