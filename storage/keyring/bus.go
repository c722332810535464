package keyring

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// busAddress is the variable by which programs find the session bus, and noBus what it holds where there is none.
const (
	busAddress = "DBUS_SESSION_BUS_ADDRESS"
	noBus      = "disabled:"
)

// LaunchNoBus says in the environment that there is no session bus, if there is none. Unsaid, the library has dbus-launch
// start a daemon, which holds no keyring and outlives the program. What comes later and asks the bus is told the same.
func LaunchNoBus() {
	switch runtime.GOOS {
	case "windows", "darwin":
		return
	}
	if !hasBus(os.Getenv(busAddress), fmt.Sprintf("/run/user/%d", os.Getuid())) {
		_ = os.Setenv(busAddress, noBus) // it takes every value that has no NUL
	}
}

// hasBus tells whether the library finds a session bus: by its address, or in the folder of the person's session.
func hasBus(address, folder string) bool {
	if address != "" && address != "autolaunch:" {
		return true
	}
	if _, err := os.Stat(folder + "/bus"); err == nil {
		return true
	}
	raw, err := os.ReadFile(folder + "/dbus-session") // systems of before 2018 keep the address there
	kept, ok := strings.CutPrefix(string(raw), busAddress+"=")
	return err == nil && ok && strings.TrimRight(kept, "\r\n") != ""
}
