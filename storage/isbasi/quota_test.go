package isbasi

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/transport/transporttest"
)

func TestQuota_signInsAreBookedApart(t *testing.T) {
	l := &transporttest.Ledger{}
	c, _ := against(t, Options{Ledger: l}, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(loginAnswer("t")))
	})
	if _, err := c.SignIn(t.Context(), testSession().Credentials); err != nil {
		t.Fatal(err)
	}
	if reads, writes := c.Calls(); reads != 0 || writes != 0 || !slices.Equal(l.Taken, []quota.Kind{quota.SignIn}) {
		t.Errorf("counted %d and %d, booked %v", reads, writes, l.Taken)
	}
}

func TestQuota_usedUpInTheEnvelope(t *testing.T) {
	l := &transporttest.Ledger{Exhausted: true}
	c, n := over(t, Options{Ledger: l}, func(req *http.Request) (*http.Response, error) {
		return reply(req, http.StatusOK, refusal(429, "Kullanım limiti aşıldı.")), nil
	})
	err := c.Ping(t.Context())
	wantKind(t, err, domain.KindQuota)
	if len(n.sent) != 1 || !slices.Equal(l.Pauses, []time.Duration{-1}) || len(l.Told) != 1 {
		t.Errorf("%d calls, refused %v, told %v", len(n.sent), l.Pauses, l.Told)
	}
	if detailOf(err) != "2026-12-01 00:00" {
		t.Errorf("the ledger's word is lost: %v", err)
	}
}

func TestQuota_tellsTheKindThatIsUsedUp(t *testing.T) {
	for kind, do := range map[quota.Kind]func(*Client) error{
		quota.Read:   func(c *Client) error { return c.Ping(t.Context()) },
		quota.Write:  func(c *Client) error { return c.ActivateProducts(t.Context(), matara) },
		quota.SignIn: func(c *Client) error { _, err := c.SignIn(t.Context(), testSession().Credentials); return err },
	} {
		l := &transporttest.Ledger{Exhausted: true}
		c, n := over(t, Options{Ledger: l, Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, func(req *http.Request) (*http.Response, error) {
			return reply(req, 429, "", "Retry-After", "30"), nil
		})
		wantKind(t, do(c), domain.KindQuota)
		if !slices.Equal(l.Told, []quota.Kind{kind}) || !slices.Equal(l.Pauses, []time.Duration{30 * time.Second}) || len(n.sent) != 1 {
			t.Errorf("%v: told %v %v", kind, l.Told, l.Pauses)
		}
	}
}
