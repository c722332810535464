package isbasi

import (
	"testing"
	"time"
)

func TestNew_takesItsOwnWhereNothingIsGiven(t *testing.T) {
	c := open(t, Options{})
	if c.callbackAddr != "127.0.0.1:47813" || c.consentLimit != 5*time.Minute || c.pageGrace != 2*time.Second {
		t.Errorf("%+v", c)
	}
	c = open(t, Options{CallbackAddr: "127.0.0.1:1", Now: func() time.Time { return time.Unix(5, 0) }})
	if c.callbackAddr != "127.0.0.1:1" || c.now().Unix() != 5 {
		t.Errorf("%+v", c)
	}
}
