//go:build e2e && linux

package main_test

import (
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// drop lets a file go over the window, as a file manager does: by XDND, the protocol of dragging between programs
// (freedesktop.org), spoken as its source on a connection of our own. It waits until the window has taken the file.
func (w *window) drop(path string) {
	w.t.Helper()
	target, err := strconv.ParseUint(w.id, 10, 32)
	if err != nil {
		w.t.Fatal(err)
	}
	w.hand.clicks++ // the button is held on the way
	// The mouse is there too, as it would be.
	w.run("xdotool", "mousemove", "--window", w.id, "500", "400")
	at := map[string]uint32{}
	for _, line := range strings.Split(w.run("xdotool", "getmouselocation", "--shell"), "\n") {
		name, value, _ := strings.Cut(line, "=")
		n, _ := strconv.ParseUint(value, 10, 32)
		at[name] = uint32(n)
	}
	x := w.dialX()
	defer x.Close()
	to := uint32(target)
	uris := (&url.URL{Scheme: "file", Path: path}).String() + "\r\n"
	list, selection, copying := x.atom("text/uri-list"), x.atom("XdndSelection"), x.atom("XdndActionCopy")
	status, finished := x.atom("XdndStatus"), x.atom("XdndFinished")
	x.request(22, 0, x.window, selection, 0) // SetSelectionOwner
	const version = 5
	x.tell(to, x.atom("XdndEnter"), x.window, version<<24, list, 0, 0)
	x.tell(to, x.atom("XdndPosition"), x.window, 0, at["X"]<<16|at["Y"], 0, copying)
	if said := x.told(status); said[1]&1 == 0 {
		w.t.Fatalf("the window takes no drop of %s", path)
	}
	x.tell(to, x.atom("XdndDrop"), x.window, 0, 0, 0, 0)
	asked := x.event(selectionRequest)
	requestor, kind, property := word(asked, 12), word(asked, 20), word(asked, 24)
	if word(asked, 16) != selection || kind != list {
		w.t.Fatalf("the window asks for %d as %d", word(asked, 16), kind)
	}
	x.change(requestor, property, list, uris)
	answer := make([]byte, eventSize)
	answer[0] = selectionNotify
	copy(answer[8:], words32(requestor, selection, kind, property))
	x.send(requestor, answer)
	x.told(finished)
}

// The numbers of X's core protocol that are needed here.
const (
	selectionRequest = 30
	selectionNotify  = 31
	clientMessage    = 33
	eventSize        = 32 // of replies too
)

// xClient is a program at the desktop's X server that has one small window.
type xClient struct {
	net.Conn
	d      *desktop
	window uint32
}

func (d *desktop) dialX() *xClient {
	d.t.Helper()
	display := ""
	for _, v := range d.env {
		if n, ok := strings.CutPrefix(v, "DISPLAY=:"); ok {
			display = n
		}
	}
	conn, err := new(net.Dialer).DialContext(d.t.Context(), "unix", filepath.Join("/tmp/.X11-unix", "X"+display))
	if err != nil {
		d.t.Fatal(err)
	}
	x := &xClient{Conn: conn, d: d}
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		d.t.Fatal(err)
	}
	x.write(append([]byte{'l', 0}, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0)) // little-endian, version 11.0, no authorisation
	head := x.read(8)
	setup := x.read(4 * int(binary.LittleEndian.Uint16(head[6:])))
	if head[0] != 1 {
		d.t.Fatalf("the X server refuses: %s", setup)
	}
	vendor := (int(binary.LittleEndian.Uint16(setup[16:])) + 3) &^ 3
	root := word(setup, 32+vendor+8*int(setup[21]))
	x.window = word(setup, 4) // the first of our own numbers
	const inputOnly = 2
	x.request(1, 0, x.window, root, 0, 1|1<<16, inputOnly<<16, 0, 0) // CreateWindow
	return x
}

func (x *xClient) write(b []byte) {
	x.d.t.Helper()
	if _, err := x.Write(b); err != nil {
		x.d.t.Fatal(err)
	}
}

func (x *xClient) read(n int) []byte {
	x.d.t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(x, b); err != nil {
		x.d.t.Fatal("the X server or the window does not answer: ", err)
	}
	return b
}

// request sends a request of whole words.
func (x *xClient) request(code, detail byte, args ...uint32) {
	x.d.t.Helper()
	n := len(args) + 1
	x.write(append([]byte{code, detail, byte(n), byte(n >> 8)}, words32(args...)...))
}

// atom gives the number of a name.
func (x *xClient) atom(name string) uint32 {
	x.d.t.Helper()
	text := append([]byte(name), make([]byte, -len(name)&3)...)
	args := []uint32{uint32(len(name))}
	for i := 0; i < len(text); i += 4 {
		args = append(args, word(text, i))
	}
	x.request(16, 0, args...) // InternAtom
	return word(x.event(1), 8)
}

// change sets a property of somebody's window to a text.
func (x *xClient) change(window, property, kind uint32, text string) {
	x.d.t.Helper()
	padded := append([]byte(text), make([]byte, -len(text)&3)...)
	args := []uint32{window, property, kind, 8, uint32(len(text))}
	for i := 0; i < len(padded); i += 4 {
		args = append(args, word(padded, i))
	}
	x.request(18, 0, args...) // ChangeProperty, replace
}

// send sends an event to somebody's window.
func (x *xClient) send(window uint32, event []byte) {
	x.d.t.Helper()
	args := []uint32{window, 0}
	for i := 0; i < eventSize; i += 4 {
		args = append(args, word(event, i))
	}
	x.request(25, 0, args...) // SendEvent
}

// tell sends a message of five words.
func (x *xClient) tell(window, message uint32, data ...uint32) {
	x.d.t.Helper()
	x.send(window, append([]byte{clientMessage, 32, 0, 0}, words32(append([]uint32{window, message}, data...)...)...))
}

// told waits for a message and gives its words.
func (x *xClient) told(message uint32) []uint32 {
	x.d.t.Helper()
	for {
		if e := x.event(clientMessage); word(e, 8) == message {
			return []uint32{word(e, 12), word(e, 16), word(e, 20), word(e, 24), word(e, 28)}
		}
	}
}

// event waits for an event or a reply (1) of a kind.
func (x *xClient) event(kind byte) []byte {
	x.d.t.Helper()
	for {
		e := x.read(eventSize)
		switch e[0] &^ 0x80 { // the bit says that a program has sent it
		case 0:
			x.d.t.Fatalf("the X server: error %d of request %d", e[1], e[10])
		case kind:
			return e
		}
	}
}

func word(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }

func words32(all ...uint32) (b []byte) {
	for _, n := range all {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}
