//go:build e2e && (cgo || !darwin)

package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/gui"
)

// inspect tells a driver what win shows: every connection to the socket named by SOPYO_INSPECT is
// answered with one gui.Screen as JSON.
func inspect(win fyne.Window) {
	socket := os.Getenv("SOPYO_INSPECT")
	if socket == "" {
		return
	}
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		panic(err) // a driver waits for it
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "unix", socket)
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			answer(conn, win)
		}
	}()
}

func answer(conn net.Conn, win fyne.Window) {
	defer conn.Close() //nolint:errcheck // the driver has its answer or asks again
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	screen, err := gui.Inspect(ctx, win)
	if err != nil {
		return // the driver reads an empty answer and asks again
	}
	_ = json.NewEncoder(conn).Encode(screen)
}
