package kit

import "testing"

func TestCleanPath(t *testing.T) {
	for pasted, want := range map[string]string{
		" /a/b.csv \n":                       "/a/b.csv",
		`"C:\Users\Ayşe\ürün listesi.xlsx"`:  `C:\Users\Ayşe\ürün listesi.xlsx`,
		"file:///home/a/%C3%BCr%C3%BCn.csv":  "/home/a/ürün.csv",
		"file:///C:/Users/a/liste%20(1).csv": "C:/Users/a/liste (1).csv",
		"'/a/it''s.csv'":                     "/a/it''s.csv",
		"":                                   "",
		`"`:                                  `"`,
		"/a.csv\n/b.csv":                     "/a.csv",
	} {
		if got := cleanPath(pasted); got != want {
			t.Errorf("%q became %q, want %q", pasted, got, want)
		}
	}
}
