//go:build !ci

package main

import "github.com/go-gl/glfw/v3.4/glfw"

// workArea gives what the first screen leaves for windows beside bars and docks, in its own units; Fyne does not tell. It is
// called on the main thread, after Fyne has opened the window.
func workArea() (width, height float32) {
	screen := glfw.GetPrimaryMonitor()
	if screen == nil {
		return 0, 0
	}
	_, _, w, h := screen.GetWorkarea()
	return float32(w), float32(h)
}
