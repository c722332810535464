package issuing

import "testing"

func TestLooksLikeCompany(t *testing.T) {
	for name, want := range map[string]bool{
		"Deniz Ltd. Şti.": true, "DENİZ LTD.ŞTİ.": true, "Deniz Gıda Limited Şirketi": true, "Örnek Gıda A.Ş.": true, "ÖRNEK A. Ş.": true, "Örnek AŞ": true,
		"Örnek Anonim Şirketi": true, "S.S. Köy Kalkınma Kooperatifi": true,
		"Deniz Örnekoğlu": false, "Asım As Yılmaz": false, "Ayşe A. Yılmaz": false, "As": false, "Ali Şti̇l": false, "": false,
	} {
		if got := looksLikeCompany(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
