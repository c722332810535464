package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/sopyo/sopyo-desktop/domain"
)

// redraw replaces the line that tells how far something is, "" takes it away. Only a person at a terminal
// sees it.
func (c *ctl) redraw(line string) {
	if !c.json && isTerminal(c.terminal) && draws(c.terminal) {
		fmt.Fprint(c.terminal, "\r\x1b[K"+domain.Line(line))
	}
}

func (c *ctl) canAsk() bool { return !c.json && isTerminal(c.in) && isTerminal(c.terminal) }

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// interruptible gives a context that ends with Ctrl-C, or when the terminal is closed.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
}

// confirmed asks a question; no answer is no.
func (c *ctl) confirmed(question string) bool {
	answer := domain.Fold(c.asked(question))
	return answer == "e" || answer == "evet" || answer == "y" || answer == "yes"
}

// asked gives what a person types behind a question.
func (c *ctl) asked(question string) string {
	fmt.Fprint(c.err, question+" ")
	var line []byte
	for one := make([]byte, 1); ; { // what stands behind it is the next answer's
		n, err := c.in.Read(one)
		if n > 0 && one[0] != '\n' {
			line = append(line, one[0])
		}
		if err != nil || n > 0 && one[0] == '\n' {
			break
		}
	}
	return string(line)
}

// marked reads text by the mark that it may begin with: Windows PowerShell writes and pipes UTF-16, or UTF-8 with one.
func marked() transform.Transformer { return unicode.BOMOverride(encoding.Nop.NewDecoder()) }

// plain is a file or pipe that is read as text without its mark; what a person types has none.
func plain(in io.Reader) io.Reader {
	if isTerminal(in) {
		return in
	}
	return transform.NewReader(in, marked())
}

// readSecret takes a secret from a file, which may be in the UTF-16 that Windows PowerShell writes.
func readSecret(path string) (domain.Secret, error) {
	raw, err := os.ReadFile(path)
	if err == nil {
		raw, err = (&encoding.Decoder{Transformer: marked()}).Bytes(raw)
	}
	if err != nil {
		return domain.Secret{}, &domain.Error{Kind: domain.KindFile, Op: "read the secret", Field: domain.AtSecret, Detail: path, Err: err}
	}
	secret := domain.TypedSecret(string(raw))
	if secret.Empty() {
		return domain.Secret{}, &domain.Error{Kind: domain.KindEmptyFile, Op: "read the secret", Field: domain.AtSecret, Detail: path}
	}
	return secret, nil
}
