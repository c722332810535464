package kit

import "fyne.io/fyne/v2/widget"

// AskLeave goes on with then at once, or, when the page has changes, after the person has said what becomes
// of them; stay, which may be nil, is for who stays.
func (e *Env) AskLeave(p Page, then, stay func()) {
	form, ok := p.(Editor)
	if !ok || !form.Dirty() {
		then()
		return
	}
	e.Ask(e.T("leave.title"), e.T("leave.text"),
		Answer{Label: e.T("leave.stay"), Act: stay},
		Answer{Label: e.T("leave.discard"), Act: func() { p.Show(); then() }},
		Answer{Label: e.T("leave.save"), Importance: widget.HighImportance, Act: func() { form.SaveThen(then) }})
}
