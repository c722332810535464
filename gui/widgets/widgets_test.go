package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestChoice_arrowsMoveAndSpaceTakesTheFirst(t *testing.T) {
	test.NewTempApp(t)
	var told []int
	c := NewRowChoice([]string{"Evet", "Hayır"}, func(i int) { told = append(told, i) })
	w := test.NewTempWindow(t, c)
	w.Canvas().Focus(c)
	c.TypedRune(' ')
	c.TypedKey(key(fyne.KeyRight))
	c.TypedKey(key(fyne.KeyRight)) // there is no third
	c.TypedKey(key(fyne.KeyLeft))
	if want := []int{0, 1, 0}; len(told) != 3 || told[0] != want[0] || told[1] != want[1] || told[2] != want[2] {
		t.Errorf("told %v, want %v", told, want)
	}
	c.SetSelected(1)
	if len(told) != 3 {
		t.Error("showing a choice counts as choosing")
	}
	c.Disable()
	c.TypedKey(key(fyne.KeyLeft))
	if c.Selected() != 1 {
		t.Error("a disabled choice moves")
	}
}

func TestChoice_tapFindsTheOption(t *testing.T) {
	test.NewTempApp(t)
	c := NewChoice([]string{"Sadece Stok Güncellensin", "Sadece Fiyat Güncellensin"}, nil)
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(400, 200))
	for i, p := range c.places() {
		test.TapAt(c, fyne.NewPos(p.pos.X+p.size.Width/2, p.pos.Y+p.size.Height/2))
		if c.Selected() != i {
			t.Errorf("a tap on option %d chose %d", i, c.Selected())
		}
	}
	test.TapAt(c, fyne.NewPos(399, 0))
	if c.Selected() != 1 {
		t.Error("a tap beside the options chose one")
	}
}

func TestButton_enterAndEscape(t *testing.T) {
	test.NewTempApp(t)
	pressed, escaped := 0, 0
	b := NewButton("Tamam", func() { pressed++ })
	b.SetEscape(func() { escaped++ })
	test.NewTempWindow(t, b)
	b.TypedKey(key(fyne.KeyReturn))
	b.TypedKey(key(fyne.KeyEnter))
	b.TypedKey(key(fyne.KeySpace))
	b.TypedKey(key(fyne.KeyEscape))
	b.Disable()
	b.TypedKey(key(fyne.KeyReturn))
	if pressed != 3 || escaped != 1 {
		t.Errorf("pressed %d times, escaped %d", pressed, escaped)
	}
}

func TestRow_fieldIs360WideWhereThereIsRoom(t *testing.T) {
	test.NewTempApp(t)
	field := NewEntry("")
	r := NewRow("Site Tarafında Yapılan Stok ve Fiyat Güncellemelerin Sopyo Paneline Gelmesi", field, "Ne işe yarar.")
	for width, want := range map[float32]float32{720: FieldWidth, 480: minFieldWidth} {
		w := test.NewTempWindow(t, r)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(width, 300))
		if got := field.Size().Width; got > FieldWidth || got < want {
			t.Errorf("in %v the field is %v wide", width, got)
		}
		if end := r.mark.Position().X + r.mark.Size().Width; end > width {
			t.Errorf("in %v the help button ends at %v", width, end)
		}
	}
}

func TestRow_saysWhatIsWrongUnderTheField(t *testing.T) {
	test.NewTempApp(t)
	field := NewEntry("")
	r := NewRow("Ek Fiyat", field, "Sonuca eklenir.")
	test.NewTempWindow(t, r)
	before := r.MinSize().Height
	r.SetError("Eksi olamaz.")
	if r.Wrong() != "Eksi olamaz." || r.MinSize().Height <= before {
		t.Error("the error takes no room")
	}
	r.SetError("")
	if r.MinSize().Height != before {
		t.Error("the row keeps the room of an error that is gone")
	}
}

func TestRow_helpOpensByClickEnterAndF1(t *testing.T) {
	test.NewTempApp(t)
	field := NewEntry("")
	r := NewRow("Ek Fiyat", field, "Sonuca eklenir.")
	test.NewTempWindow(t, r)
	for name, open := range map[string]func(){
		"click": func() { test.Tap(r.mark) }, "enter": func() { r.mark.TypedKey(key(fyne.KeyReturn)) },
		"f1 on the mark": func() { r.mark.TypedKey(key(fyne.KeyF1)) }, "f1 in the field": func() { field.TypedKey(key(fyne.KeyF1)) },
	} {
		open()
		if !r.HelpShown() {
			t.Errorf("%s does not open the help", name)
		}
		r.ToggleHelp()
	}
	if r.mark.ToolTip() != "Sonuca eklenir." {
		t.Errorf("hovering says %q", r.mark.ToolTip())
	}
}

func TestSaveBar_isOnOnlyWithChangesAtRest(t *testing.T) {
	test.NewTempApp(t)
	b := NewSaveBar("Ayarları Kaydet", nil)
	test.NewTempWindow(t, b)
	for _, c := range []struct{ dirty, busy, on bool }{{false, false, false}, {true, false, true}, {true, true, false}, {true, false, true}} {
		b.SetDirty(c.dirty)
		b.SetBusy(c.busy)
		if b.Button().Disabled() == c.on {
			t.Errorf("dirty %v, busy %v: on %v", c.dirty, c.busy, !b.Button().Disabled())
		}
	}
	b.SetDirty(false)
	b.SetNote("Kaydedildi 12:41")
	b.SetDirty(true)
	if b.Note() != "" {
		t.Error("a change leaves the old note standing")
	}
	b.SetNote("İlk kayıttan önce: kural yok. Henüz kaydedilmedi.")
	b.SetDirty(false)
	if b.Note() != "" {
		t.Error("what was said of a change stays when it is thrown away")
	}
}

func TestBanner_isThereOnlyWhenItSpeaks(t *testing.T) {
	test.NewTempApp(t)
	b := NewBanner()
	box := MaxWidth(720, b)
	test.NewTempWindow(t, box)
	if b.Visible() || box.MinSize().Height != 0 {
		t.Errorf("a silent banner takes %v", box.MinSize())
	}
	b.Say(BannerError, "Olmadı.")
	if b.Words() != "Olmadı." || box.MinSize().Height == 0 {
		t.Error("it says nothing")
	}
	b.Hide()
	if b.Words() != "" {
		t.Error("a hidden banner still speaks")
	}
}

func TestItem_keysPickIt(t *testing.T) {
	test.NewTempApp(t)
	picked := 0
	i := NewItem("1", "Kurulum Rehberi", nil, func() { picked++ })
	w := test.NewTempWindow(t, i)
	w.Canvas().Focus(i)
	i.TypedKey(key(fyne.KeyReturn))
	i.TypedKey(key(fyne.KeySpace))
	test.Tap(i)
	if picked != 3 {
		t.Errorf("picked %d times", picked)
	}
	i.SetMark(nil, "Tamamlandı")
	if i.ToolTip() != "Tamamlandı" {
		t.Error("the sign has no words")
	}
}

func TestMeter_barStaysInItsTrack(t *testing.T) {
	test.NewTempApp(t)
	m := NewMeter("")
	w := test.NewTempWindow(t, m)
	w.Resize(fyne.NewSize(300, 40))
	r, _ := test.WidgetRenderer(m).(*meterRenderer)
	for ratio, want := range map[float32]float32{0: 0, 0.5: meterWidth / 2, 1.7: meterWidth} {
		m.Set("388 / 3.000", ratio)
		if r.bar.Size().Width != want {
			t.Errorf("%v fills %v, want %v", ratio, r.bar.Size().Width, want)
		}
	}
}

func TestCounter_isPressedByKeyboard(t *testing.T) {
	test.NewTempApp(t)
	pressed := 0
	c := NewCounter("Eşleşen", theme.ConfirmIcon(), ColorGreen, func() { pressed++ })
	test.NewTempWindow(t, c)
	c.SetNumber("38.760")
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeySpace, fyne.KeyEnter, fyne.KeyA} {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
	test.Tap(c)
	if pressed != 4 || c.Number() != "38.760" {
		t.Errorf("pressed %d times, shows %q", pressed, c.Number())
	}
}

func TestSelect_quietlyTellsNothing(t *testing.T) {
	test.NewTempApp(t)
	var told []int
	s := NewSelect("Seçiniz", []string{"Bir", "İki"}, func(i int) { told = append(told, i) })
	s.Quietly(func() { s.SetSelectedIndex(1) })
	if len(told) != 0 || s.SelectedIndex() != 1 {
		t.Errorf("told %v, chosen %d", told, s.SelectedIndex())
	}
	s.SetSelectedIndex(0)
	if len(told) != 1 || told[0] != 0 {
		t.Errorf("told %v afterwards", told)
	}
}

// A window that becomes narrower makes a text higher: what stands under it moves down at once.
func TestSettled_movesWhatStandsUnderATextThatWraps(t *testing.T) {
	test.NewTempApp(t)
	text, under := NewBody("Bir iki üç dört beş altı yedi sekiz dokuz on on bir on iki on üç"), Gap(10)
	w := test.NewTempWindow(t, NewSettled(NewBorder(container.NewVBox(text, under), nil, nil, nil)))
	for _, width := range []float32{600, 140, 300} {
		w.Resize(fyne.NewSize(width, 400))
		if bottom := text.Position().Y + text.MinSize().Height; under.Position().Y < bottom {
			t.Errorf("%v wide: the text ends at %v, what stands under it begins at %v", width, bottom, under.Position().Y)
		}
	}
}

func TestMaxHeight_growsToItsHeightAndScrollsThen(t *testing.T) {
	test.NewTempApp(t)
	tall := Gap(30)
	box := MaxHeight(100, tall)
	for side, want := range map[float32]float32{30: 30, 100: 100, 170: 100} {
		tall.(*canvas.Rectangle).SetMinSize(fyne.NewSquareSize(side))
		if got := box.MinSize(); got.Height != want || got.Width != side {
			t.Errorf("%v: asks for %v", side, got)
		}
	}
}

func TestWrap_goesOnBelowWhereThereIsNoMoreRoom(t *testing.T) {
	test.NewTempApp(t)
	a, hidden, b, low := Gap(100), Gap(300), Gap(100), Gap(40)
	hidden.Hide()
	box := Wrap(a, hidden, b, low)
	for _, c := range []struct {
		width      float32
		b, low     fyne.Position
		wantHeight float32
	}{
		{300, fyne.NewPos(108, 0), fyne.NewPos(216, 30), 100},
		{230, fyne.NewPos(108, 0), fyne.NewPos(0, 104), 144},
		{150, fyne.NewPos(0, 104), fyne.NewPos(108, 134), 204},
		{60, fyne.NewPos(0, 104), fyne.NewPos(0, 208), 248},
	} {
		box.Resize(fyne.NewSize(c.width, 400))
		if a.Position() != (fyne.Position{}) || b.Position() != c.b || low.Position() != c.low {
			t.Errorf("%v wide: %v, %v, %v", c.width, a.Position(), b.Position(), low.Position())
		}
		if m := box.MinSize(); m != fyne.NewSize(100, c.wantHeight) {
			t.Errorf("%v wide: needs %v", c.width, m)
		}
	}
}

// The foot of a form stands at its end, and at the edge of the window once the form scrolls.
func TestFooted_followsTheForm(t *testing.T) {
	test.NewTempApp(t)
	bar, text := NewSaveBar("Ayarları Kaydet", nil), NewBody("")
	rows := make([]fyne.CanvasObject, 4)
	for i := range rows {
		rows[i] = NewRow("Ek Fiyat", NewEntry(""), "Kısa.")
	}
	form := Footed(bar, append(rows, text)...)
	w := test.NewTempWindow(t, NewSteady(form))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1100, 500))
	w.Content().MinSize()
	driver := fyne.CurrentApp().Driver()
	foot := func() float32 { return driver.AbsolutePositionForObject(bar).Y }
	under := driver.AbsolutePositionForObject(rows[3]).Y + rows[3].Size().Height
	if foot() < under || foot() > under+60 || bar.Size().Width > MaxRowWidth {
		t.Errorf("the form ends at %v, its foot begins at %v and is %v wide", under, foot(), bar.Size().Width)
	}
	before := foot()
	text.SetText(strings.Repeat("Bir satır daha. ", 120))
	w.Content().MinSize()
	if after := foot(); after < before+30 {
		t.Errorf("the form grew, its foot went from %v to %v", before, after)
	}
	text.SetText(strings.Repeat("Bir satır daha. ", 2000))
	w.Content().MinSize()
	if end := foot() + bar.Size().Height; end > 501 || end < 490 {
		t.Errorf("the foot of a long form ends at %v of 500", end)
	}
}
