package kit

import "testing"

func TestFileAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/home/ali/Belgeler/a.xlsx":          "file:///home/ali/Belgeler/a.xlsx",
		"/home/ayşe kaya/#1?/aktarım 1.xlsx": "file:///home/ay%C5%9Fe%20kaya/%231%3F/aktar%C4%B1m%201.xlsx",
	} {
		if got := fileAddress(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
