package transport

import (
	"strings"
	"testing"
)

func TestMessage_isFitToBeShown(t *testing.T) {
	for in, want := range map[string]string{
		"  a\x00b\x1b[31m\u202e\r\nc ": "a b [31m \nc", "": "", " \n ": "", "a\nb": "a\nb", "a\tb\rc": "a b c",
		strings.Repeat("ş", messageLimit):   strings.Repeat("ş", messageLimit),
		strings.Repeat("ş", messageLimit+1): strings.Repeat("ş", messageLimit) + "…",
	} {
		if got := Message(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
	if messageLimit != 500 {
		t.Errorf("%d characters are shown", messageLimit)
	}
}

func TestImpersonal_hidesWhatNamesAPerson(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "olmaz": "olmaz", "satır 12345678 olmaz": "satır 12345678 olmaz", "123456789": "•••", "a123456789b": "a•••b", "no:123456789012,1": "no:•••,1",
		"12345678 123456789": "12345678 •••", "1\xff234567890123": "1 •••", "ş123456789ş": "ş•••ş", "a@b.c yazdı": "••• yazdı", "x @": "x •••", "@": "•••", "a @b c@ d": "a ••• ••• d",
		"Bearer eyJ": "••• eyJ", "xBearerx": "x•••x", "12345678": "12345678", "0123456789/0123456789": "•••/•••", "/0:9": "/0:9", "١٢٣٤٥٦٧٨٩٠": "١٢٣٤٥٦٧٨٩٠",
	} {
		if got := Impersonal(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
