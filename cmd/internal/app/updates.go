package app

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/update"
	"github.com/sopyo/sopyo-desktop/storage/releases"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// Updates asks for newer versions than version; never: not in this sitting.
func (a *App) Updates(version string, never bool) *update.Checker {
	network := a.options.Network
	if network == nil {
		network = transport.NewNetwork()
	}
	return update.New(update.Options{
		Version: version, Releases: releases.New(assets.ReleasesURL(), network), Store: a.Machine,
		Now: a.options.Now, Log: a.Log, Never: never,
	})
}

// KeepChecking lets c look from time to time whether it is to ask, until ctx ends; working tells whether something is at work.
func (a *App) KeepChecking(ctx context.Context, c *update.Checker, working func() bool) {
	look := time.NewTicker(time.Hour)
	defer look.Stop()
	for {
		c.Check(ctx, working())
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}
