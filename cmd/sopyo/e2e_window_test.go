//go:build e2e && linux

package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/gui"
)

// window is the running program on a desktop. Its verbs do what a person does: they look for words on
// the screen, move the mouse there, and type. Every one waits for what it needs, and fails the test
// with what stood on the screen instead.
type window struct {
	*desktop
	cmd    *exec.Cmd
	ended  <-chan struct{}
	id     string // of the X window
	scale  float32
	album  string // where pictures go
	lang   string
	socket string
}

// open starts the program in a language and waits for its first frame. Pictures go to album.
func (d *desktop) open(album, lang string, args ...string) *window {
	d.t.Helper()
	if err := os.MkdirAll(album, 0o755); err != nil {
		d.t.Fatal(err)
	}
	w := &window{desktop: d, album: album, lang: lang, socket: filepath.Join(d.home, "run", "inspect")}
	w.cmd = d.command(program(d.t, "sopyo"), append(args, "--lang", lang)...)
	w.cmd.Env = append(w.cmd.Env, "SOPYO_INSPECT="+w.socket)
	w.ended = d.spawn(w.cmd)
	w.expect("the window", patience, func(s gui.Screen) bool { return len(s.Places) > 0 })
	w.until("the X window", func() bool {
		out, err := d.command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(w.cmd.Process.Pid)).Output()
		w.id, _, _ = strings.Cut(strings.TrimSpace(string(out)), "\n")
		return err == nil && w.id != ""
	})
	return w
}

// look gives what the window shows now.
func (w *window) look() (gui.Screen, error) {
	var s gui.Screen
	conn, err := new(net.Dialer).DialContext(w.t.Context(), "unix", w.socket)
	if err != nil {
		return s, err
	}
	defer conn.Close()
	return s, json.NewDecoder(conn).Decode(&s)
}

// expect waits until ok likes what it sees.
func (w *window) expect(what string, limit time.Duration, ok func(gui.Screen) bool) {
	w.t.Helper()
	var last gui.Screen
	err := poll(w.t.Context(), limit, func() bool {
		if w.hasEnded() {
			w.t.Fatalf("%s: the program has ended (%v)\n%s", what, w.cmd.ProcessState, w.log(filepath.Base(w.cmd.Path)))
		}
		s, err := w.look()
		if err != nil {
			return false
		}
		last, w.scale = s, s.Scale
		return ok(s)
	})
	if err != nil {
		w.shot("failed")
		w.t.Fatalf("%s: %v; on the screen (and in %s):\n%s", what, err, filepath.Join(w.album, "failed.png"), words(last))
	}
}

// waitFor waits until every text stands on the screen, as a whole or as a part of a sentence.
func (w *window) waitFor(texts ...string) { w.t.Helper(); w.waitLong(patience, texts...) }

func (w *window) waitLong(limit time.Duration, texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		w.expect("wait for "+strconv.Quote(text), limit, func(s gui.Screen) bool { return shows(s, text) })
	}
}

// reach waits until one of the texts stands on the screen and gives its index.
func (w *window) reach(texts ...string) int {
	w.t.Helper()
	found := -1
	w.expect(fmt.Sprintf("wait for one of %q", texts), patience, func(s gui.Screen) bool {
		found = slices.IndexFunc(texts, func(text string) bool { return shows(s, text) })
		return found >= 0
	})
	return found
}

// gone waits until no text on the screen has the words.
func (w *window) gone(text string) {
	w.t.Helper()
	w.expect("wait until gone: "+strconv.Quote(text), patience, func(s gui.Screen) bool { return !shows(s, text) })
}

// sees tells whether the words stand on the screen now.
func (w *window) sees(text string) bool {
	s, err := w.look()
	return err == nil && shows(s, text)
}

// tap clicks on the thing that says text.
func (w *window) tap(text string) {
	w.t.Helper()
	w.click("tap "+strconv.Quote(text), func(s gui.Screen) (gui.Place, bool) { return tappable(s, text) })
}

// tapOne clicks on the first of the texts that is there, word for word.
func (w *window) tapOne(texts ...string) {
	w.t.Helper()
	w.click(fmt.Sprintf("tap one of %q", texts), func(s gui.Screen) (gui.Place, bool) {
		for _, text := range texts {
			if p, ok := tappable(s, text); ok && p.Text == text {
				return p, true
			}
		}
		return gui.Place{}, false
	})
}

// tapLead clicks on the first button whose words begin with text.
func (w *window) tapLead(text string) {
	w.t.Helper()
	w.click(fmt.Sprintf("tap what begins with %q", text), func(s gui.Screen) (gui.Place, bool) {
		i := slices.IndexFunc(s.Places, func(p gui.Place) bool { return p.Taps && strings.HasPrefix(p.Text, text) })
		if i < 0 {
			return gui.Place{}, false
		}
		return s.Places[i], true
	})
}

// typeIn replaces what stands in the entry beside, above or within which label stands.
func (w *window) typeIn(label, text string) {
	w.t.Helper()
	entry := func(s gui.Screen) (gui.Place, bool) { return field(s, label, "Entry") }
	for range 3 { // a busy machine may lose a click; a person presses again
		w.click("type in "+strconv.Quote(label), entry)
		if poll(w.t.Context(), patience/4, func() bool {
			s, err := w.look()
			p, ok := entry(s)
			return err == nil && ok && p.Focused
		}) == nil {
			break
		}
		w.t.Logf("the cursor did not come into %q", label)
	}
	w.key("ctrl+a")
	w.typeText(text)
}

// choose opens the select beside label and takes the option.
func (w *window) choose(label, option string) {
	w.t.Helper()
	w.click("choose in "+strconv.Quote(label), func(s gui.Screen) (gui.Place, bool) { return field(s, label, "Select") })
	w.tap(option)
}

// pick takes an option of the radio buttons beside label.
func (w *window) pick(label, option string) {
	w.t.Helper()
	w.click(fmt.Sprintf("pick %q at %q", option, label), func(s gui.Screen) (gui.Place, bool) { return beside(s, label, option) })
}

func (w *window) key(keys ...string) {
	w.t.Helper()
	w.run("xdotool", append([]string{"key", "--clearmodifiers"}, keys...)...)
}

func (w *window) typeText(text string) {
	w.t.Helper()
	w.hand.keys += utf8.RuneCountInString(text)
	cmd := w.command("xdotool", "type", "--delay", "15", "--file", "-")
	cmd.Env = append(cmd.Env, "LC_ALL=C.UTF-8") // the letters are UTF-8 whether or not the locale is installed
	cmd.Stdin = strings.NewReader(text)
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("xdotool type: %v\n%s", err, out)
	}
}

// hover leaves the mouse on the thing that says text.
func (w *window) hover(text string) {
	w.t.Helper()
	w.point("hover over "+strconv.Quote(text), func(s gui.Screen) (gui.Place, bool) { return says(s, text) })
}

// hoverHelp leaves the mouse on the "?" of the field beside label.
func (w *window) hoverHelp(label string) {
	w.t.Helper()
	w.point("hover over the help of "+strconv.Quote(label), func(s gui.Screen) (gui.Place, bool) { return field(s, label, "Button") })
}

func (w *window) click(what string, find func(gui.Screen) (gui.Place, bool)) {
	w.t.Helper()
	w.point(what, find)
	w.run("xdotool", "click", "1")
}

// point moves the mouse to the middle of the place once it is there, enabled, standing still and
// scrolled into view.
func (w *window) point(what string, find func(gui.Screen) (gui.Place, bool)) {
	w.t.Helper()
	var before, p gui.Place
	still := 0 // looks in which it stood where it was
	w.expect(what, patience, func(s gui.Screen) bool {
		var ok bool
		if p, ok = find(s); !ok || p.Disabled || p.Area != before.Area {
			before, still = p, 0
			return false
		}
		if still++; still < 2 {
			return false
		}
		x, y := aim(p)
		switch {
		case holds(p.Seen, x, y):
			return true
		case y < p.Port.Y+p.Port.H/2:
			w.wheel(p.Port, "4")
		default:
			w.wheel(p.Port, "5")
		}
		return false
	})
	w.moveTo(aim(p))
}

func (w *window) moveTo(x, y float32) {
	w.t.Helper()
	w.run("xdotool", "mousemove", "--window", w.id, w.pixels(x), w.pixels(y))
}

// pixels words a number of units for xdotool.
func (w *window) pixels(units float32) string { return strconv.Itoa(int(units * w.scale)) }

func (w *window) wheel(over gui.Area, button string) {
	w.t.Helper()
	_, y := middle(over)
	w.moveTo(over.X+20, y) // over labels: entries keep the wheel to themselves
	w.run("xdotool", "click", button)
}

// resize makes the window w by h units, and waits until its content has followed.
func (w *window) resize(width, height int) {
	w.t.Helper()
	w.run("xdotool", "windowsize", w.id, w.pixels(float32(width)), w.pixels(float32(height)))
	w.expect(fmt.Sprintf("resize to %d by %d", width, height), patience, func(s gui.Screen) bool {
		w, h := float32(width)-s.Size.W, float32(height)-s.Size.H // rounded to pixels
		return max(w, -w, h, -h) < 2
	})
}

// close asks the program to end, as the cross in the title bar does, and waits for its end.
func (w *window) close() {
	w.t.Helper()
	w.run("xdotool", "windowactivate", "--sync", w.id)
	var err error
	for range 4 { // on a busy machine the window manager may miss a key; a person presses it again
		w.key("alt+F4")
		if err = poll(w.t.Context(), patience, w.hasEnded); err == nil {
			break
		}
	}
	if err != nil {
		shown, _ := w.look()      // a question, perhaps: what came up in that moment asks first
		w.signal(syscall.SIGQUIT) // its log then says where it stands
		_ = poll(w.t.Context(), patience, w.hasEnded)
		w.t.Fatalf("close: the program goes on: %v, and shows\n%s\n%s", err, words(shown), w.log(filepath.Base(w.cmd.Path)))
	}
	if code := w.cmd.ProcessState.ExitCode(); code != 0 {
		w.t.Fatalf("close: exit code %d\n%s", code, w.log(filepath.Base(w.cmd.Path)))
	}
}

// askClose closes the window that has something to ask first, and waits until it asks.
func (w *window) askClose(question string) {
	w.t.Helper()
	w.run("xdotool", "windowactivate", "--sync", w.id)
	for range 3 { // as in close
		w.key("alt+F4")
		asked := func() bool {
			s, err := w.look()
			return err == nil && shows(s, question)
		}
		if poll(w.t.Context(), patience/2, asked) == nil {
			return
		}
		w.t.Log("the window did not hear that it is to close")
	}
	w.waitFor(question)
}

func (w *window) hasEnded() bool {
	select {
	case <-w.ended:
		return true
	default:
		return false
	}
}

// signal sends the program a signal: SIGSTOP makes it hang.
func (w *window) signal(s os.Signal) {
	w.t.Helper()
	if err := w.cmd.Process.Signal(s); err != nil {
		w.t.Fatal(err)
	}
}

// visible tells whether the window is on the screen.
func (w *window) visible() bool {
	out, err := w.command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(w.cmd.Process.Pid)).Output()
	return err == nil && len(bytes.TrimSpace(out)) > 0
}

// kill ends the program at once; what a power cut adds is `synchronous=FULL` (database.WriterDSN).
func (w *window) kill() {
	w.t.Helper()
	if err := w.cmd.Process.Kill(); err != nil {
		w.t.Fatal(err)
	}
	<-w.ended
}

// shot takes a picture of the whole screen once two in a row are the same (or two seconds are over:
// something moves), and gives its file.
func (w *window) shot(name string) string {
	w.t.Helper()
	file := ""
	var before string
	_ = poll(w.t.Context(), 2*time.Second, func() bool {
		file = w.snap(name)
		now := w.run("identify", "-format", "%#", file) // the signature of the pixels
		same := now == before
		before = now
		return same
	})
	return file
}

// snap takes a picture of the whole screen at once.
func (w *window) snap(name string) string {
	w.t.Helper()
	file := filepath.Join(w.album, name+".png")
	w.run("import", "-window", "root", "-silent", file)
	return file
}

// colours counts the different colours of a picture; a blank one has a handful.
func (w *window) colours(file string) int {
	w.t.Helper()
	f, err := os.Open(file)
	if err != nil {
		w.t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		w.t.Fatal(err)
	}
	return countColours(picture)
}

// brightness is that of the middle of a picture's values, 0 black and 255 white.
func (w *window) brightness(file string) int {
	w.t.Helper()
	mean := w.run("convert", file, "-colorspace", "Gray", "-format", "%[fx:int(255*mean)]", "info:")
	n, err := strconv.Atoi(mean)
	if err != nil {
		w.t.Fatalf("brightness of %s: %q", file, mean)
	}
	return n
}

func countColours(picture image.Image) int {
	seen := map[[3]uint32]bool{}
	b := picture.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y += 2 {
		for x := b.Min.X; x < b.Max.X; x += 2 {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	return len(seen)
}

// counter gives the number on the card that says word.
func (w *window) counter(word string) string {
	w.t.Helper()
	number := ""
	w.expect("counter "+strconv.Quote(word), patience, func(s gui.Screen) bool {
		number = onCard(s, word)
		return number != ""
	})
	return number
}
