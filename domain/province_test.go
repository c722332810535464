package domain

import "testing"

func TestFindProvince(t *testing.T) {
	for text, want := range map[string]Province{
		"Adana": {"01", "Adana"}, "DÜZCE": {"81", "Düzce"}, "istanbul": {"34", "İstanbul"}, "ISTANBUL ": {"34", "İstanbul"},
		"Mugla": {"48", "Muğla"}, "ŞIRNAK": {"73", "Şırnak"}, "igdir": {"76", "Iğdır"},
		"TR-48": {"48", "Muğla"}, "TR34": {"34", "İstanbul"}, "tr6": {"06", "Ankara"}, "06": {"06", "Ankara"}, "1": {"01", "Adana"}, "81": {"81", "Düzce"},
	} {
		if got, ok := FindProvince(text); !ok || got != want {
			t.Errorf("%q is %v (%v), want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", " ", "0", "00", "82", "034", "+6", "-6", "TR", "TR-", "Kadıköy", "34710", "US-34"} {
		if got, ok := FindProvince(text); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
	if len(provinces) != 81 {
		t.Errorf("%d provinces", len(provinces))
	}
}
