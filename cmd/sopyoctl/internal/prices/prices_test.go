package prices

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// The list goes out while it is computed.
func TestPricesCompute_saysBehindTheListWhatHasBrokenItOff(t *testing.T) {
	failure := domain.E(domain.KindDisk, "read the catalogue", nil)
	const one, other, broken = `{"barcode":"","code":"A0","id":0,"name":"","prices":[]}`, `{"barcode":"","code":"A1","id":0,"name":"","prices":[]}`, `],"error":{"kind":"disk","message":"SAID"}}`
	for shown, want := range []string{"", `{"products":[` + one + broken, `{"products":[` + one + `,` + other + broken} {
		var out, errs bytes.Buffer
		c := commands{&console.Console{Streams: console.Streams{Out: &out, Err: &errs}}}
		show, finish := c.priceObject(&pricing.Calculator{}, &priceTotals{})
		for i := range shown {
			if err := show(domain.Product{Code: domain.Code(fmt.Sprint("A", i))}, nil); err != nil {
				t.Fatal(err)
			}
		}
		err := finish(failure)
		if got := strings.ReplaceAll(out.String(), "\n", ""); got != strings.ReplaceAll(want, "SAID", failure.Error()) {
			t.Errorf("%d shown: %s", shown, got)
		}
		if shown == 0 {
			if !errors.Is(err, failure) || errs.Len() > 0 {
				t.Errorf("nothing shown: %v, %q", err, errs.String())
			}
		} else if end := console.Ended(0); !errors.As(err, &end) || end != console.ExitError || errs.String() != failure.Error()+"\n" {
			t.Errorf("%d shown: %v, %q", shown, err, errs.String())
		}
	}
}
