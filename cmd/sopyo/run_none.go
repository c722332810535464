//go:build !cgo && darwin

package main

import (
	"context"
	"errors"
)

// run says that there is no window: on macOS it is Apple's frameworks, which only cgo reaches. Tests are built without it.
func run(context.Context, options) error {
	return errors.New("built without cgo, and so without a window; sopyoctl works without one")
}
