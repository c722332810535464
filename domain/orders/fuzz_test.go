package orders

import (
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
)

// FuzzRead reads whatever may stand below the header of each profile: nothing is lost, nothing is taken twice,
// and nothing of an order that has no key.
func FuzzRead(f *testing.F) {
	for i, row := range []string{
		"1|9|Teslim Edildi|a|1|5|5|||5", "7|5|a|Tabak|2|1.250,5|Teslim edildi|Hayır|10|Ö İ", "2|Teslim Edildi|T|2|1.807,89|107,89|0,11",
		"5|Serum|=1104|=38.64|=2|2 adet Teslim Edildi", "4|Shipped|T|2|TRY|119.80|10.00|29.90|29.90|5", "#1|paid||K|1|100.00|1.50|20.00|39.90|168.40|",
		"5|Completed|K|1|75.00|15.00|33.25|184.90", "1|Gönderildi|Ödendi|K|1|200.00|25.00|39.90|264.90\n1|||Ç|2|x|||",
	} {
		f.Add(uint8(i), row)
	}
	headers := []string{trendyolHeader, hbHeader, n11Header, pazaramaHeader, amazonHeader, shopifyHeader, wooHeader, ikasHeader}
	f.Fuzz(func(t *testing.T, of uint8, text string) {
		r, err := Read(table(append([]string{headers[int(of)%len(headers)]}, strings.Split(text, "\n")...)...), Profiles(), assets.Districts())
		if err != nil {
			return
		}
		lines, seen := 0, map[Key]bool{}
		for _, o := range r.Orders {
			if seen[o.Key()] || o.Package == "" || o.Number == "" || o.Status == "" || len(o.Fingerprint()) != 64 {
				t.Errorf("order %+v", o)
			}
			seen[o.Key()] = true
			for _, l := range o.Lines {
				if l.Kind == LineGoods {
					lines++
				}
			}
		}
		if r.Rows != r.Taken+r.Repeated+r.NoLine+r.Refused || lines != r.Taken {
			t.Errorf("%d rows, %d taken (%d lines), %d repeated, %d no line, %d refused", r.Rows, r.Taken, lines, r.Repeated, r.NoLine, r.Refused)
		}
		refused := map[int]bool{}
		for _, p := range r.Problems {
			refused[p.Line] = refused[p.Line] || p.Refused
		}
		if r.Refused > 0 && len(refused) == 0 {
			t.Error("rows are refused without a word")
		}
	})
}
