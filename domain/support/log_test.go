package support_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/support"
)

// theirs is what may be in a log and never in what is sent.
var theirs = []string{"Ayşe", "Yilmaz", "trendyol/3000", "1234567890", "99,90", "/home/ali", "secret", "42a7"}

func clean(t *testing.T, l support.Log) {
	t.Helper()
	for _, line := range l.Lines {
		for _, of := range theirs {
			if strings.Contains(line, of) {
				t.Errorf("%q is sent: %s", of, line)
			}
		}
	}
}

func TestNewLog_sendsWhatIsTheProgramsOwn(t *testing.T) {
	var text bytes.Buffer
	log := slog.New(slog.NewTextHandler(&text, nil))
	log.Info("remote call", "remote", "isbasi", "method", "GET", "path", "/api/v1.0/invoices/42a7-9", "took", 12*time.Millisecond, "status", 200)
	log.Warn("an interrupted transfer is left alone", "company", "a1b2c3", "error",
		domain.Wrap(&domain.Error{Kind: domain.KindDisk, Op: "order trendyol/3000 of Ayşe Yilmaz", Detail: "/home/ali/x", Err: errors.New("99,90")}, "secret"))
	log.Warn("isbasi refused a call", "op", "issue an invoice", "status", 400, "message", `VKN 1234567890 "Ayşe" hatalı`)
	log.Warn("x", "kind", "Ayşe Yilmaz", "buyer", "Yilmaz")
	text.WriteString("Ayşe Yilmaz 99,90\npanic: secret\nlevel=INFO time=1 msg=secret\n")
	got := support.NewLog("sopyo.log", text.String())
	clean(t, got)
	for i, want := range []string{
		`msg="remote call" remote=isbasi method=GET path=/api/v1.0/invoices/••• took=12ms status=200`,
		`msg="an interrupted transfer is left alone" company=a1b2c3 error=disk`,
		`msg="isbasi refused a call" op="issue an invoice" status=400 message=•••`,
		`msg=x kind=••• buyer=•••`,
	} {
		if i >= len(got.Lines) || !strings.HasPrefix(got.Lines[i], "time=2") || !strings.HasSuffix(got.Lines[i], want) {
			t.Errorf("line %d of %q, want %s", i, got.Lines, want)
		}
	}
	if got.LeftOut != 3 {
		t.Errorf("%d lines are left out, want 3", got.LeftOut)
	}
	many := support.NewLog("", strings.Repeat("time=1 level=INFO msg=a\n", 6000)+"time=2 level=INFO msg=b\n")
	if n := len(many.Lines); n != 5000 || many.Lines[n-1] != "time=2 level=INFO msg=b" {
		t.Errorf("%d lines", n)
	}
}

// What Go really writes: this test ends itself in a panic, in a process of its own.
func TestNewCrash_sendsStacksAndNoTexts(t *testing.T) {
	if os.Getenv("CRASH") == "1" {
		done := make(chan bool)
		go func() { defer close(done); panic("Ayşe Yilmaz 99,90\n/home/ali secret") }()
		<-done
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNewCrash_sendsStacksAndNoTexts$")
	cmd.Env = append(os.Environ(), "CRASH=1", "GOTRACEBACK=all")
	raw, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(raw), "Ayşe") {
		t.Fatalf("there was no crash: %s", raw)
	}
	got := support.NewCrash("crash.txt", string(raw))
	clean(t, got)
	said := strings.Join(got.Lines, "\n")
	for _, want := range []string{"panic: •••", "goroutine ", "support_test.TestNewCrash_sendsStacksAndNoTexts.func1", "support/log_test.go:"} {
		if !strings.Contains(said, want) {
			t.Errorf("without %q: %s\nof: %s", want, said, raw)
		}
	}
	if got.LeftOut == 0 || got.LeftOut > 4 {
		t.Errorf("%d lines are left out of: %s", got.LeftOut, raw)
	}
	if l := support.NewCrash("", "panic: runtime error: index out of range [3] with length 2\n"); !slices.Equal(l.Lines, []string{"panic: runtime error: index out of range [3] with length 2"}) {
		t.Errorf("%q %d", l.Lines, l.LeftOut)
	}
}
