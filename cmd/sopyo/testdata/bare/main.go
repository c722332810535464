//go:build e2e

// Bare is the least a window of Fyne's can be: one word, told to whoever asks as the program's own screens are. What the
// program takes longer than this to show, it takes by itself.
package main

import (
	"encoding/json"
	"net"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	_ = os.Remove(os.Getenv("SOPYO_INSPECT"))
	listener, err := net.Listen("unix", os.Getenv("SOPYO_INSPECT"))
	if err != nil {
		panic(err)
	}
	win := app.NewWithID("bare").NewWindow("bare")
	win.SetContent(widget.NewLabel("bare"))
	win.Resize(fyne.NewSize(1180, 760)) // as large as the program's own
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			fyne.Do(func() {
				_ = json.NewEncoder(conn).Encode(map[string]any{"Places": []map[string]string{{"Text": "bare"}}})
				_ = conn.Close()
			})
		}
	}()
	win.ShowAndRun()
}
