package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// childArgs marks a process of this test binary as a sopyoctl of its own: its command lines, one a
// line, words separated by tabs.
const childArgs = "SOPYOCTL_TEST_CHILD"

// childRoom is how large each of its files may become from its second command on, childClock by how much its clock is wrong.
const (
	childRoom  = "SOPYOCTL_TEST_ROOM"
	childClock = "SOPYOCTL_TEST_CLOCK"
	// childDies is before which step on the disk it is killed, 0: none; childSteps is the file into which it writes how many there were.
	childDies  = "SOPYOCTL_TEST_DIES"
	childSteps = "SOPYOCTL_TEST_STEPS"
)

func TestMain(m *testing.M) {
	lines := os.Getenv(childArgs)
	if lines == "" {
		os.Exit(m.Run())
	}
	keyring.InMemory(nil)
	steps := dying(os.Getenv(childDies))
	code := 0
	s := console.Streams{In: strings.NewReader(""), Out: os.Stdout, Err: os.Stderr}
	for i, line := range strings.Split(lines, "\n") {
		if wrong, err := time.ParseDuration(os.Getenv(childClock)); err == nil && i > 0 {
			s.Now = func() time.Time { return time.Now().Add(wrong) }
		}
		if room, err := strconv.ParseUint(os.Getenv(childRoom), 10, 64); err == nil && i > 0 {
			if err := limitFiles(room); err != nil {
				panic(err)
			}
		}
		code = run(context.Background(), strings.Split(line, "\t"), s)
	}
	if path := os.Getenv(childSteps); path != "" {
		if err := os.WriteFile(path, []byte(strconv.FormatInt(steps(), 10)), 0o600); err != nil {
			panic(err)
		}
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
			if code := child.ProcessState.ExitCode(); code != 0 && code != console.ExitPartly && !refused {
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
