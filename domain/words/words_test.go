package words_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

func TestT_keepsForeignTextsOnTheirLine(t *testing.T) {
	w := words.New("tr", func(_ string, args ...any) string { return fmt.Sprint(args...) })
	type name string
	for _, c := range []struct {
		foreign any
		want    string
	}{
		{"Çay\nSAHTE\u202Efdp", "Çay SAHTEfdp"},
		{name("a\x1b[2Jb"), "a[2Jb"},
		{domain.RemoteID("7\n8"), "7 8"},
		{errors.New("x\r\ny"), "x  y"},
		{12, "12"},
		{nil, "<nil>"},
	} {
		if got := w.T("key", c.foreign); got != c.want {
			t.Errorf("%q became %q, want %q", c.foreign, got, c.want)
		}
	}
}

func TestListed_leavesZerosOutOfASum(t *testing.T) {
	w, _ := spoken(t, "tr")
	for _, c := range []struct {
		cost quota.Cost
		want string
	}{
		{quota.Cost{Reads: 1388, Writes: 12}, "1.388 okuma, 12 yazma"},
		{quota.Cost{Reads: 388}, "388 okuma"},
		{quota.Cost{Writes: 7}, "7 yazma"},
		{quota.Cost{}, ""},
	} {
		if got := w.Calls(c.cost); got != c.want {
			t.Errorf("%+v became %q, want %q", c.cost, got, c.want)
		}
	}
	if got := words.Listed(" · ", "", "a", "", "b", ""); got != "a · b" {
		t.Errorf("%q", got)
	}
}
