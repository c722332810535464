//go:build e2e && linux

package main_test

import (
	"fmt"
	"strconv"
)

// hand counts what a person does with mouse and keyboard: whatever is pressed on a desktop goes through it, because every
// command of xdotool does, and the browser's clicks and keys are told to it. A chord is one key, a drop is one press.
type hand struct {
	clicks, keys int
	turns        int // of the wheel
}

// see counts what a command line of xdotool presses. What is typed from a file is told by typeText.
func (h *hand) see(args []string) {
	const none, click, key = 0, 1, 2
	doing, times := none, 1
	for i := 0; i < len(args); i++ {
		switch a := args[i]; a {
		case "click", "mousedown":
			doing, times = click, 1
		case "key", "keydown":
			doing, times = key, 1
		case "mousemove", "mouseup", "keyup", "type", "search", "windowsize", "windowactivate", "getwindowgeometry", "getmouselocation", "sleep":
			doing = none
		case "--repeat":
			i++
			times, _ = strconv.Atoi(args[i])
		case "--delay", "--window", "--file":
			i++
		case "--clearmodifiers", "--sync", "--onlyvisible", "--shell":
		default:
			switch {
			case doing == key:
				h.keys += times
			case doing == click && (a == "4" || a == "5"):
				h.turns += times
				doing = none
			case doing == click:
				h.clicks += times
				doing = none
			}
		}
	}
}

func (h hand) since(before hand) hand {
	return hand{h.clicks - before.clicks, h.keys - before.keys, h.turns - before.turns}
}

func (h hand) String() string {
	return fmt.Sprintf("%d clicks, %d keys, %d turns of the wheel", h.clicks, h.keys, h.turns)
}
