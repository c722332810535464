package console

import (
	"os"

	"golang.org/x/sys/windows"
)

// Greet lets the console read what comes out of this program as UTF-8. It stays so: what was redirected is read, by more, type or
// for /f, when the program has ended.
func Greet() {
	const utf8 = 65001
	_ = windows.SetConsoleOutputCP(utf8) // without a console there is nothing to tell
}

// draws tells whether the console obeys escapes, which cmd.exe does when it is asked to.
func draws(terminal any) bool {
	f, ok := terminal.(*os.File)
	if !ok {
		return false
	}
	var mode uint32
	if err := windows.GetConsoleMode(windows.Handle(f.Fd()), &mode); err != nil {
		return false // NUL, which looks like a terminal
	}
	return windows.SetConsoleMode(windows.Handle(f.Fd()), mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
