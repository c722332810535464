//go:build e2e && linux

package main_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// chromium is a real browser without a window, worked through its debugging pipe: file descriptor 3
// takes commands, 4 gives answers and events, each JSON ended by a zero byte.
type chromium struct {
	*desktop
	in      *os.File
	out     *os.File
	answers *bufio.Reader
	last    int
	page    string // session of the page that was visited
}

// openChromium starts the desktop's browser, or gives the one that runs.
func (d *desktop) openChromium() *chromium {
	d.t.Helper()
	if d.browser != nil {
		return d.browser
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		if path, err = exec.LookPath("google-chrome"); err != nil {
			d.t.Fatal("no browser: install the package chromium (.ci/packages browser), or Google Chrome")
		}
	}
	commands, in, err1 := os.Pipe()
	out, answers, err2 := os.Pipe()
	if err := errors.Join(err1, err2); err != nil {
		d.t.Fatal(err)
	}
	cmd := d.command(path, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--no-first-run", "--window-size=900,700", "--user-data-dir="+filepath.Join(d.home, "chromium"), "about:blank")
	cmd.ExtraFiles = []*os.File{commands, answers}
	d.spawn(cmd)
	_ = commands.Close()
	_ = answers.Close()
	d.t.Cleanup(func() { _ = in.Close(); _ = out.Close() })
	d.browser = &chromium{desktop: d, in: in, out: out, answers: bufio.NewReader(out)}
	return d.browser
}

// visit opens a page in a new tab and waits until it has loaded.
func (c *chromium) visit(address string) {
	c.t.Helper()
	var target struct {
		TargetID string `json:"targetId"`
	}
	c.page = ""
	c.call(&target, "Target.createTarget", map[string]any{"url": address})
	var attached struct {
		SessionID string `json:"sessionId"`
	}
	c.call(&attached, "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true})
	c.page = attached.SessionID
	c.until("page "+address, func() bool {
		return c.evaluate(`location.href != "about:blank" && document.readyState == "complete"`) == true
	})
}

// waitFor waits until the page says text.
func (c *chromium) waitFor(text string) {
	c.t.Helper()
	defer func() {
		if c.t.Failed() {
			c.t.Logf("the page says: %v", c.evaluate(`document.body.innerText`))
		}
	}()
	c.until("page says "+strconv.Quote(text), func() bool {
		return c.evaluate(`document.body != null && document.body.innerText.includes(`+strconv.Quote(text)+`)`) == true
	})
}

// tap clicks, with the mouse, on the first button or link whose words begin with text.
func (c *chromium) tap(text string) {
	c.t.Helper()
	var at []any
	c.until("button "+strconv.Quote(text)+" on the page", func() bool {
		at, _ = c.evaluate(`(() => {
			const says = e => (e.innerText || e.value || "").trim().startsWith(` + strconv.Quote(text) + `)
			const e = [...document.querySelectorAll("button, input[type=submit], a")].find(says)
			if (!e) return null
			e.scrollIntoView()
			const r = e.getBoundingClientRect()
			return [r.x + r.width / 2, r.y + r.height / 2]
		})()`).([]any)
		return len(at) == 2
	})
	c.hand.clicks++
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		c.call(nil, "Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1})
	}
}

// press types a key that has a name: Tab, Enter.
func (c *chromium) press(key string) {
	c.t.Helper()
	c.hand.keys++
	code := map[string]int{"Tab": 9, "Enter": 13}[key]
	down := map[string]any{"type": "rawKeyDown", "key": key, "code": key, "windowsVirtualKeyCode": code}
	if key == "Enter" {
		down["type"], down["text"] = "keyDown", "\r"
	}
	c.call(nil, "Input.dispatchKeyEvent", down)
	c.call(nil, "Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code})
}

// shot keeps a picture of the page.
func (c *chromium) shot(file string) {
	c.t.Helper()
	var picture struct{ Data string }
	c.until("picture of the page", func() bool { // between two documents there is none
		return c.send(&picture, "Page.captureScreenshot", map[string]any{"format": "png"}) == nil
	})
	raw, err := base64.StdEncoding.DecodeString(picture.Data)
	if err == nil {
		err = os.WriteFile(file, raw, 0o600)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// evaluate gives the value of a JavaScript expression, nil while the page is between two documents.
func (c *chromium) evaluate(expression string) any {
	c.t.Helper()
	var answer struct{ Result struct{ Value any } }
	if err := c.send(&answer, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true}); err != nil {
		return nil
	}
	return answer.Result.Value
}

func (c *chromium) call(answer any, method string, params map[string]any) {
	c.t.Helper()
	if err := c.send(answer, method, params); err != nil {
		c.t.Fatalf("chromium: %s: %v\n%s", method, err, c.log("chromium"))
	}
}

func (c *chromium) send(answer any, method string, params map[string]any) error {
	c.last++
	command := map[string]any{"id": c.last, "method": method, "params": params}
	if c.page != "" {
		command["sessionId"] = c.page
	}
	raw, err := json.Marshal(command)
	if err != nil {
		return err
	}
	deadline := time.Now().Add(patience)
	if err := errors.Join(c.in.SetWriteDeadline(deadline), c.out.SetReadDeadline(deadline)); err != nil {
		return err
	}
	if _, err := c.in.Write(append(raw, 0)); err != nil {
		return err
	}
	for {
		raw, err := c.answers.ReadBytes(0)
		if err != nil {
			return err
		}
		var message struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(raw[:len(raw)-1], &message); err != nil {
			return err
		}
		switch {
		case message.ID != c.last: // an event, or the late answer to a question given up
		case message.Error != nil:
			return fmt.Errorf("%s", message.Error.Message)
		case answer == nil:
			return nil
		default:
			return json.Unmarshal(message.Result, answer)
		}
	}
}
