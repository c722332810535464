//go:build e2e && linux

package main_test

import (
	"testing"
	"time"
)

func TestZZPlan(t *testing.T) {
	for _, c := range [][2]string{{"tr", "dark"}, {"en", "light"}} {
		lang, theme := c[0], c[1]
		t.Run(lang+"-"+theme, func(t *testing.T) {
			album := "plan/" + lang + "-" + theme
			emptyAlbum(t, album)
			world := newWorld(newDesktop(t), demoSupply(t), "-faults", "delay route=products/products delay=100ms")
			world.prepare(world.data)
			world.ctl(world.data, "settings", "set", "integration=on")
			v := &tour{window: world.window(album, lang, "--theme", theme), world: world, theme: theme}
			v.section(5)
			v.tap(v.say("transfer.start"))
			v.tap(v.say("transfer.wizard.next"))
			v.tap(v.say("transfer.wizard.next"))
			v.waitFor(v.say("wizard.preview.start"))
			v.stop("cost")
			v.tap(v.say("wizard.preview.start"))
			v.waitFor(v.say("status.reading"))
			time.Sleep(1500 * time.Millisecond)
			v.passing("reading")
			v.waitLong(time.Minute, v.say("plan.save"))
			v.stop("preview")
			v.tap(v.say("plan.save"))
			v.waitFor(v.say("rows.show-folder"))
			v.stop("saved")
			v.tap(v.say("wizard.cancel"))
			v.waitFor(v.say("plan.ready"))
			v.stop("ready")
			v.tap(v.say("plan.ready.open"))
			v.waitFor(v.say("plan.save"))
			v.resize(960, 540)
			v.stop("small")
			v.close()
		})
	}
}
