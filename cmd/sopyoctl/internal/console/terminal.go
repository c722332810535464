package console

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

// Redraw replaces the line that tells how far something is, "" takes it away. Only a person at a terminal
// sees it.
func (c *Console) Redraw(line string) {
	if !c.JSON && isTerminal(c.terminal) && draws(c.terminal) {
		fmt.Fprint(c.terminal, "\r\x1b[K"+domain.Line(line))
	}
}

// CanAsk tells whether a person sits there who can be asked.
func (c *Console) CanAsk() bool { return !c.JSON && isTerminal(c.In) && isTerminal(c.terminal) }

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Interruptible gives a context that ends with Ctrl-C, or when the terminal is closed; not where who started the program has
// said that it outlives its terminal (nohup).
func Interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signal.NotifyContext(ctx, signals...)
}

// Confirmed asks a question; no answer is no.
func (c *Console) Confirmed(question string) bool {
	answer := domain.Fold(c.Asked(question))
	return answer == "e" || answer == "evet" || answer == "y" || answer == "yes"
}

// Asked gives what a person types behind a question, nothing where they interrupt the program.
func (c *Console) Asked(question string) string {
	fmt.Fprint(c.Err, question+" ")
	ctx, stop := Interruptible(context.Background())
	defer stop()
	typed := make(chan string, 1)
	go func() { // reading cannot be ended: it goes on until the program does
		var line []byte
		for one := make([]byte, 1); ; { // what stands behind it is the next answer's
			n, err := c.In.Read(one)
			if n > 0 && one[0] != '\n' {
				line = append(line, one[0])
			}
			if err != nil || n > 0 && one[0] == '\n' {
				break
			}
		}
		typed <- string(line)
	}()
	select {
	case line := <-typed:
		return line
	case <-ctx.Done():
		return ""
	}
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

// ReadSecret takes a secret from a file, which may be in the UTF-16 that Windows PowerShell writes.
func ReadSecret(path string) (domain.Secret, error) {
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
