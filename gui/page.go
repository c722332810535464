package gui

import (
	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The numbers of the six sections of Logo İşbaşı Ayarları, as they stand in the section list.
const (
	sectionGuide = iota + 1
	sectionAPI
	sectionProcess
	sectionPrice
	sectionTransfer
	sectionCounters
)

// pageControl is what a section may ask of the page around it. Its methods are called on the
// interface's thread.
type pageControl interface {
	// setBusy hides every section but 5 (Aktarım Durumu) while a transfer works, and brings them back.
	setBusy(busy bool)
	// open brings a section (1–6) into view; a form with changes asks first.
	open(section int)
	// openProduct shows a product of the catalogue in Ürünler.
	openProduct(id domain.ProductID)
	// refreshFrame fetches anew what stands around the sections: the connection light, the quota meter,
	// the last transfer and the state icons of the section list.
	refreshFrame()
	// openScreen puts a screen in the place of the whole page; what is edited in the section stays as it is.
	openScreen(s screen)
	// closeScreen brings the section back that was in view before.
	closeScreen()
}

// screen is what a section opens in place of the page, such as the price laboratory. Leaving it by the menu
// asks for the section's changes. One with a method left is told when it goes out of view.
type screen interface {
	content() fyne.CanvasObject
	// show is called when it has come into view.
	show()
}

// keyed is what a section may also be: it is given Enter, Esc and the other keys that no field took,
// and tells whether it used them.
type keyed interface{ typedKey(k *fyne.KeyEvent) bool }

// searcher is what a section with a list may also be: F puts the cursor into its search box; false when
// there is none in view.
type searcher interface{ focusSearch() bool }

// undoer is what a section or screen may also be: Ctrl+Z takes back what was done last in it.
type undoer interface{ undo() }

// saver is what a form may also be: saving before leaving goes on with then if it succeeds.
type saver interface{ saveThen(then func()) }

// state is how far a section has come: the icon beside its name in the section list.
type state int

const (
	stateNone  state = iota // nothing to tell
	stateTodo               // waits for the person
	stateDone               // done
	stateAlert              // something is wrong
)
