package app

import (
	"runtime/debug"
	"strings"
)

// version is that of a release, set where packages are built: -ldflags "-X github.com/sopyo/sopyo-desktop/cmd/internal/app.version=1.2.0".
var version string

// Version is the programs' version without the v of its tag: 1.2.0. Built by hand it is what Go has read of the checkout,
// 0.0.0-20261126230000-0dcef8100000, or "dev" where there is none.
func Version() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		return info.Main.Version[1:]
	}
	return "dev"
}
