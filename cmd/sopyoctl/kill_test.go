package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
)

// childArgs marks a process of this test binary as a sopyoctl of its own: its command lines, one a
// line, words separated by tabs.
const childArgs = "SOPYOCTL_TEST_CHILD"

func TestMain(m *testing.M) {
	lines := os.Getenv(childArgs)
	if lines == "" {
		os.Exit(m.Run())
	}
	keyring.MockInit()
	code := 0
	for line := range strings.SplitSeq(lines, "\n") {
		code = run(context.Background(), strings.Split(line, "\t"), streams{in: strings.NewReader(""), out: os.Stdout, err: os.Stderr})
	}
	os.Exit(code)
}

// killed starts a command in a process of its own, authorised there, and kills it as soon as when says
// so. It tells whether the kill came before the end; what the command could only do in part, or had to refuse, is
// an end too.
func (b *bench) killed(when func() bool, command ...string) bool {
	b.t.Helper()
	global := []string{"--data", b.data, "--isbasi-url", b.server.URL(), "--json", "--retry-pause", "1ms"}
	line := func(args []string) string {
		return strings.Join(append(append([]string{}, global...), args...), "\t")
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childArgs+"="+line(signIn(b.path("key"), b.path("password")))+"\n"+line(command))
	var said bytes.Buffer
	child.Stdout, child.Stderr = &said, &said
	if err := child.Start(); err != nil {
		b.t.Fatal(err)
	}
	ended := make(chan struct{})
	var waited error
	go func() { waited = child.Wait(); close(ended) }()
	poll := time.NewTicker(200 * time.Microsecond)
	defer poll.Stop()
	for {
		select {
		case <-ended:
			refused := strings.Contains(said.String(), `"refused":[{`)
			if code := child.ProcessState.ExitCode(); code != 0 && code != exitPartly && !refused {
				b.t.Fatalf("%v ended by itself: %v\n%s", command, waited, said.String())
			}
			return false
		case <-poll.C:
			if when() {
				_ = child.Process.Kill()
				<-ended
				return true
			}
		}
	}
}
