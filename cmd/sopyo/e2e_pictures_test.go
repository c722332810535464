//go:build e2e && linux

package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// TestPictures makes the pictures of the READMEs (docs/pictures) and of the guide (assets/guide/pictures) anew, in both
// languages, of the demo company's products after a transfer.
func TestPictures(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		t.Run(lang, func(t *testing.T) {
			album := "pictures/" + lang
			emptyAlbum(t, album)
			l, err := parseLook(lang + "-light")
			if err != nil {
				t.Fatal(err)
			}
			world := newWorld(l.desktop(t), demoSupply(t))
			world.prepare(world.data)
			world.ctl(world.data, "settings", "set", "integration=on", "currency=TRY", "pull=yes", "push=both")
			world.ctl(world.data, "rules", "set", "--direction", "increase", "--kind", "percent", "--amount", "10", "--extra", "20")
			world.ctl(world.data, "import")
			v := &pictures{l.tour(world, album)}
			v.forReadme()
			v.resize(960, 540+menuBar)
			v.forGuide()
			v.close()
		})
	}
}

type pictures struct{ *tour }

func (v *pictures) forReadme() {
	v.t.Helper()
	v.tap(v.say("menu.today"))
	v.waitFor(v.say("today.undecided.verb"))
	v.readme("bugun")
	v.section(6)
	v.waitFor(v.say("transfer.start"), v.say("report.open"))
	v.readme("aktarim")
	v.tapDecide()
	v.tap(v.say("group.each"))
	v.waitFor(v.say("decide.head.code"))
	v.readme("karar")
	v.key("Escape")
	v.waitFor(v.say("group.list"))
}

func (v *pictures) forGuide() {
	v.t.Helper()
	v.guide("karar")
	v.key("Escape")
	v.waitFor(v.say("report.open"))
	v.guide("detay")
	v.section(2)
	v.waitFor(v.say("api.again"), v.say("light.open"))
	v.guide("api")
	v.section(3)
	v.waitFor(v.say("process.currency"), v.say("currency.TRY"))
	v.guide("surec")
	v.section(4)
	v.waitFor(v.say("rule.extra"))
	v.guide("fiyat")
	v.section(5)
	v.tap(v.say("transfer.start"))
	v.waitFor(v.say("wizard.approve"))
	v.guide("aktarim")
	v.key("Escape")
	v.tap(v.say("menu.today"))
	v.waitFor(v.say("today.undecided.verb"))
	v.guide("bugun")
}

// readme keeps a picture of the whole window.
func (v *pictures) readme(name string) {
	v.t.Helper()
	v.keep("docs/pictures", name, fmt.Sprintf("%dx%d+0+0", firstWidth, firstHeight))
}

// guide keeps a picture of what stands right of the menu, as large as the guide shows it.
func (v *pictures) guide(name string) {
	v.t.Helper()
	v.keep("assets/guide/pictures", name, fmt.Sprintf("%dx%d+%d+%d", 960-menuWidth, 540+menuBar-headerEnd, menuWidth, headerEnd))
}

// What stands left of a page, and above it.
const menuWidth, headerEnd = 186, 70

// keep puts what the window shows into a folder of the checkout; a picture is a few colours, and small.
func (v *pictures) keep(folder, name, from string) {
	v.t.Helper()
	v.moveTo(2, 2) // nothing lights up
	v.shot(name)
	dir := rooted(v.t, folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		v.t.Fatal(err)
	}
	file := filepath.Join(dir, name+"-"+v.in.lang+".png")
	whole := filepath.Join(v.album, "whole.png")
	v.run("import", "-window", v.id, "-silent", whole)
	v.run("convert", whole, "-crop", from, "+repage", "+dither", "-colors", "64", "-depth", "8", "-strip",
		"-define", "png:exclude-chunks=date,time", file)
	info, err := os.Stat(file)
	if err != nil || info.Size() > 80<<10 {
		v.t.Errorf("%s: %v bytes, %v", file, strconv.FormatInt(info.Size(), 10), err)
	}
}
