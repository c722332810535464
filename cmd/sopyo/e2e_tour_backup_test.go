//go:build e2e && linux

package main_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// TestTourBackup goes through Yedekleme and leaves pictures in build/tour/backup-LOOK: a password, a backup, its
// restore, a hand-over, a company that was removed.
func TestTourBackup(t *testing.T) {
	eachLook(t, "backup-", "tr-light en-dark", func(t *testing.T, l look, album string) {
		world := newWorld(l.desktop(t), demoSupply(t))
		world.ctl(world.data, "catalogue", "import", world.catalogue)
		world.ctl(world.data, "company", "add", "Eski Firma")
		world.ctl(world.data, "company", "remove", "Eski Firma", "--yes")
		v := l.tour(world, album)
		v.tap(v.say("menu.backup"))
		v.waitFor(v.say("backup.state.unprotected"))
		v.stop("no-password")
		v.typeIn(v.say("backup.password"), "yedek parolam")
		v.typeIn(v.say("backup.password.again"), "yedek parolam")
		v.tap(v.say("backup.password.save"))
		v.waitFor(v.say("backup.password.saved"))
		v.tap(v.say("backup.now"))
		v.waitFor(v.lead("backup.state", "0", "", ""))
		v.stop("made")
		v.tap(v.say("backup.list"))
		v.waitFor(v.say("backup.list.count", 1))
		v.tap(time.Now().In(domain.Istanbul).Format(map[string]string{"tr": "02.01.2006", "en": "2 Jan 2006"}[l.lang]))
		v.stop("list")
		v.tap(v.say("backup.restore"))
		v.waitFor(v.say("backup.restore.title"))
		v.stop("restore")
		v.tap(v.say("cancel"))
		v.tap(v.say("rows.back"))
		v.tap(v.say("backup.removed"))
		v.waitFor("Eski Firma")
		v.tap("Eski Firma")
		v.tap(v.say("backup.removed.erase"))
		v.waitFor(v.say("backup.erase.title", "Eski Firma"))
		v.stop("erase")
		v.tap(v.say("cancel"))
		v.tap(v.say("rows.back"))
		v.tap(v.say("backup.hand-over"))
		v.waitFor(v.say("backup.hand-over.password"))
		v.stop("hand-over")
		v.key("Escape")
		v.resize(960, 540+menuBar)
		v.stop("small")
		v.close()
	})
}
