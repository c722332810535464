package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// The layout of a form: label, field, "?", and what stands under the field; the foot with its button.
func TestForm_layout(t *testing.T) {
	test.NewTempApp(t)
	row := NewRow("İşlem Miktarı", NewEntry("100 ya da 12,5"), "Uygulanacak miktar.")
	row.SetHint("Boşsa fiyat değişmez.")
	row.SetError("Bir sayı yazın, örneğin 1.234,50.")
	choice := NewRowChoice([]string{"Evet", "Hayır"}, nil)
	choice.SetSelected(1)
	bar := NewSaveBar("Ayarları Kaydet", nil)
	bar.SetDirty(true)
	w := test.NewTempWindow(t, container.NewVBox(row, NewRow("Faturalarınız Otomatik Resmileştirilsin Mi?", choice, "Evet ya da hayır."), bar))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(720, 260))
	test.AssertRendersToMarkup(t, "form.xml", w.Canvas())
}
