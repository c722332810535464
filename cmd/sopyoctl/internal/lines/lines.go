// Package lines answers lines of JSON with lines of JSON: objects of which every value is checked, and what is refused in one does not
// keep the next from its answer.
package lines

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Longest is far more than a line can mean.
const Longest = 1 << 20

// Answer answers each line of standard input with one of its own, and at once when no more is waiting.
// A line whose answer fails is answered with what refused makes of the error, and the next goes on.
func Answer(stdin io.Reader, stdout io.Writer, answer func(line []byte) (any, error), refused func(error) any) error {
	in := bufio.NewReaderSize(stdin, Longest)
	out := bufio.NewWriter(stdout)
	enc := json.NewEncoder(out) // a script's own lines come back in its own letters
	enc.SetEscapeHTML(false)
	for {
		line, tooLong, err := next(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return errors.Join(&domain.Error{Kind: domain.KindFile, Op: "read standard input", Err: err}, out.Flush())
		}
		if err != nil && len(line) == 0 && !tooLong {
			return out.Flush()
		}
		if encErr := enc.Encode(answered(line, tooLong, answer, refused)); encErr != nil {
			return encErr
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

func answered(line []byte, tooLong bool, answer func(line []byte) (any, error), refused func(error) any) any {
	if tooLong {
		return refused(domain.Invalid("line", "too-long"))
	}
	a, err := answer(line)
	if err != nil {
		return refused(err)
	}
	return a
}

// next gives the next line without its end; the rest of one that is too long is passed over.
func next(in *bufio.Reader) (line []byte, tooLong bool, err error) {
	line, err = in.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		tooLong = true
		line, err = in.ReadSlice('\n')
	}
	return bytes.TrimRight(line, "\r\n"), tooLong, err
}
