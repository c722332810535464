package pricing

import (
	"errors"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// refused tells whether err refuses that field for that reason.
func refused(err error, field, detail string) bool {
	var e *domain.Error
	return errors.As(err, &e) && e.Kind == domain.KindInvalid && e.Field == field && e.Detail == detail
}

func TestParseRate_takesBothMarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"41,2537": "41.2537", "41.2537": "41.2537", " 48 ": "48", "1.234": "1.234", "1,234": "1.234",
		"0,0271":                   "0.0271",
		"123456789012345678901234": "123456789012345678901234", "1234567890123456789012345": "", "12345678901234567890123.4": "", "1234567890123456789012.4": "1234567890123456789012.4",
		"1.234,5": "", "1,234.5": "", "-4": "", "": "", "abc": "", "41,25,37": "", "4e1": "", "41,": "", ",5": "", "1234567890123456789012345.1": "",
	} {
		d, err := ParseRate(text)
		if want == "" {
			if !refused(err, "rate", "number") || !d.IsZero() {
				t.Errorf("%q: %v, %v", text, d, err)
			}
			continue
		}
		if err != nil || !d.Equal(dec(want)) {
			t.Errorf("%q: %v, %v, want %q", text, d, err, want)
		}
	}
}

func TestParseDay_takesBothWaysOfWriting(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Day{
		"23.11.2026": "2026-11-23", "3.1.2026": "2026-01-03", "03/01/2026": "2026-01-03", " 2026-11-23 ": "2026-11-23",
		"": "", "30.02.2026": "", "11.23.2026": "", "yarın": "", "23.11.26": "",
	} {
		d, err := ParseDay(text)
		if d != want || (want == "") != refused(err, "date", "date") || want != "" && err != nil {
			t.Errorf("%q: %q, %v, want %q", text, d, err, want)
		}
	}
}
