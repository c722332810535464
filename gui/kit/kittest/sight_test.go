package kittest_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// faultsOf shows objects that stand where they are in a window of 600 by 300.
func faultsOf(t *testing.T, objects ...fyne.CanvasObject) []string {
	t.Helper()
	w := test.NewTempWindow(t, container.NewWithoutLayout(objects...))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 300))
	return kittest.Faults(w.Canvas())
}

func dress(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewLook(kit.ThemeLight))
}

// placed puts o somewhere, as large as it wants to be unless a width is given.
func placed(o fyne.CanvasObject, x, y, width float32) fyne.CanvasObject {
	o.Move(fyne.NewPos(x, y))
	size := o.MinSize()
	if width > 0 {
		size.Width = width
	}
	o.Resize(size)
	return o
}

func TestFaults_findsACutWordAnOverlapAndAWidgetOutside(t *testing.T) {
	dress(t)
	cut := placed(widgets.NewBody("Entegrasyon Kapalı").OneLine(), 10, 10, 60)
	under := placed(widgets.NewEntry("Ara"), 10, 100, 200)
	over := placed(widgets.NewBody("Pazaryeri").OneLine(), 100, 105, 0)
	outside := placed(widgets.NewButton("Kaydet", nil), 560, 200, 0)
	found := faultsOf(t, cut, under, over, outside)
	for _, want := range []string{`"Entegrasyon Kapalı" needs`, `"Pazaryeri" at 108,113`, `Button "Kaydet`} {
		n := 0
		for _, f := range found {
			if strings.HasPrefix(f, want) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s … was told %d times of:\n%s", want, n, strings.Join(found, "\n"))
		}
	}
}

func TestFaults_findsWordsThatAreShortenedSqueezedOrBehindAnEdge(t *testing.T) {
	dress(t)
	label := widget.NewLabel("Fiyat Kurallarını Belirle")
	label.Truncation = fyne.TextTruncateEllipsis
	flat := widgets.NewBody("Bağlantı korunmuyor")
	for name, o := range map[string]fyne.CanvasObject{
		"shortened":      placed(label, 10, 10, 80),
		"without height": flat,
		"in a field":     placed(widgets.NewEntry("örneğin 1.234,50 ya da 12,5"), 10, 10, 80),
		"beside a scroll": func() fyne.CanvasObject {
			s := container.NewVScroll(widgets.FixedWidth(300, widgets.NewBody("Seçilen ürünler marketlere gider").OneLine()))
			s.Resize(fyne.NewSize(100, 60))
			s.Content.Resize(fyne.NewSize(300, 60))
			return s
		}(),
	} {
		flat.Resize(fyne.NewSize(300, 0))
		if found := faultsOf(t, o); len(found) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
	}
}

func TestFaults_leavesAloneWhatIsInOrder(t *testing.T) {
	dress(t)
	row := widgets.NewRow("Sunucu", widgets.NewEntry("smtp.example.com"), "Postanızı gönderen sunucu.")
	row.SetError("Bir sunucu adı yazın.")
	long := container.NewVScroll(container.NewVBox(row, widgets.NewBody(strings.Repeat("Uzun bir açıklama. ", 60)), widgets.NewButton("Devam", nil)))
	long.Resize(fyne.NewSize(580, 100))
	counter := placed(widgets.NewCounter("Aktarılan", theme.ConfirmIcon(), widgets.ColorBlue, nil), 10, 150, 200)
	item := placed(widgets.NewItem("1", "Rehber", nil, nil), 300, 150, 200)
	if found := faultsOf(t, long, counter, item); len(found) > 0 {
		t.Errorf("%s", strings.Join(found, "\n"))
	}
}

// scrolled puts objects where they are on a page of 300 by 400 that is looked at through a scroll of 300 by 100.
func scrolled(objects ...fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(container.New(fixed{300, 400}, objects...))
	s.Resize(fyne.NewSize(300, 100))
	return s
}

// fixed is as large as it says and moves nothing.
type fixed fyne.Size

func (f fixed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size(f) }
func (fixed) Layout([]fyne.CanvasObject, fyne.Size)   {}

func TestFaults_findsWordsThatAreShortenedInAScroll(t *testing.T) {
	dress(t)
	label := widget.NewLabel("Fiyat Kurallarını Belirle")
	label.Truncation = fyne.TextTruncateEllipsis
	if found := faultsOf(t, scrolled(placed(label, 10, 300, 80))); len(found) != 1 {
		t.Errorf("found: %s", strings.Join(found, "\n"))
	}
}

func TestFaults_looksIntoWhatScrolls(t *testing.T) {
	dress(t)
	planted := func() []fyne.CanvasObject { // in view, and where one has to scroll to
		var all []fyne.CanvasObject
		for _, y := range []float32{0, 200} {
			all = append(all, placed(widgets.NewBody("Entegrasyon Kapalı").OneLine(), 10, y, 60),
				placed(widgets.NewEntry("Ara"), 10, y+40, 100), placed(widgets.NewBody("Pazaryeri").OneLine(), 80, y+45, 0),
				placed(widgets.NewButton("Kaydet", nil), 270, y, 0))
		}
		return all
	}
	within := container.NewVScroll(container.NewVBox(widgets.FixedHeight(300, widgets.NewBody("Üstte")), widgets.FixedHeight(100, scrolled(planted()...))))
	within.Resize(fyne.NewSize(300, 100))
	net := container.NewScroll(container.New(fixed{300, 400}, planted()...))
	net.Resize(fyne.NewSize(300, 100))
	for name, o := range map[string]fyne.CanvasObject{"a scroll": scrolled(planted()...), "a scroll in one": within, "what scrolls both ways": net} {
		found := faultsOf(t, o)
		for _, want := range []string{`"Entegrasyon Kapalı" needs`, `"Pazaryeri" at`, `Button "Kaydet`} {
			n := 0
			for _, f := range found {
				if strings.HasPrefix(f, want) {
					n++
				}
			}
			if n != 2 {
				t.Errorf("%s: %s … was told %d times of:\n%s", name, want, n, strings.Join(found, "\n"))
			}
		}
	}
}

func TestFaults_knowsWhatAScrollHides(t *testing.T) {
	dress(t)
	wide := scrolled(placed(widgets.NewPanel(widgets.NewBody("Geniş")), 0, 300, 0))
	wide.Content = container.New(fixed{420, 400}, placed(widgets.NewButton("Çok Geniş", nil), 0, 300, 420))
	wide.Refresh()
	if found := faultsOf(t, wide); len(found) == 0 {
		t.Error("nothing was found in a page that is wider than what scrolls it downwards")
	}
	sideways := container.NewHScroll(container.New(fixed{600, 60}, placed(widgets.NewButton("Çok Geniş", nil), 0, 0, 600)))
	sideways.Resize(fyne.NewSize(300, 60))
	below := placed(widgets.NewButton("Devam", nil), 10, 110, 0) // where what is scrolled out of view would be
	if found := faultsOf(t, scrolled(placed(widgets.NewBody("Altta"), 10, 110, 200)), below); len(found) > 0 {
		t.Errorf("%s", strings.Join(found, "\n"))
	}
	if found := faultsOf(t, sideways); len(found) > 0 {
		t.Errorf("%s", strings.Join(found, "\n"))
	}
}

func TestFaults_findsTwoBlueButtons(t *testing.T) {
	dress(t)
	off := widgets.NewButton("Sil", nil).Primary()
	off.Disable()
	hidden := widgets.NewButton("Durdur", nil).Primary()
	hidden.Hide()
	one := []fyne.CanvasObject{
		placed(widgets.NewButton("Kaydet", nil).Primary(), 10, 10, 0), placed(widgets.NewButton("Vazgeç", nil), 150, 10, 0),
		placed(off, 300, 10, 0), placed(hidden, 450, 10, 0),
	}
	if found := faultsOf(t, one...); len(found) > 0 {
		t.Errorf("one blue button is too many: %v", found)
	}
	two := append(one, placed(widgets.NewButton("Onayla", nil).Primary(), 10, 100, 0))
	if found := faultsOf(t, two...); len(found) != 1 || !strings.Contains(found[0], `"Kaydet", "Onayla"`) {
		t.Errorf("of two blue buttons was told: %v", found)
	}
}
