package signin

import (
	"errors"

	"fyne.io/fyne/v2/layout"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// askHost asks whether to go to a consent page that lies outside Logo's hosts; Enter does not say yes, and
// the round begins anew.
func (a *authorisation) askHost(err error) {
	var refused *domain.Error
	errors.As(err, &refused)
	e, c, host := a.e, a.given, refused.Detail
	leave := func() { a.back(nil) }
	no := widgets.NewButton(e.T("cancel"), leave)
	yes := widgets.NewButton(e.T("wizard.host.open"), func() { a.browse(c, host) })
	no.SetEscape(leave)
	yes.SetEscape(leave)
	a.present(2, "wizard.host", widgets.Scrolled(
		widgets.NewBody(e.T("wizard.host.text")), widgets.NewBody(host).Bold(),
		endOf(layout.NewSpacer(), no, yes)), func() {}, leave)
	e.Win.Canvas().Focus(no)
}
