package simulation

import (
	"fmt"
	"os"
	"testing"
)

// summary is the last line that is printed, "" for none.
var summary string

func TestMain(m *testing.M) {
	code := m.Run()
	if summary != "" {
		fmt.Println(summary)
	}
	os.Exit(code)
}
