package document

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"

	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// Limits of what is read, in bytes: a file of a few kilobytes can unpack to terabytes.
const (
	MaxToken = 4 << 20 // one piece of XML

	// Sheets shrink to a tenth or a hundredth. What shrinks to less was made to grow.
	maxRatio    = 200
	alwaysTaken = 64 << 20
)

// unpacked gives how many bytes of a part may come out, and refuses one that says it has more.
func unpacked(part *zip.File, most uint64) (int64, error) {
	limit := min(most, max(alwaysTaken, min(part.CompressedSize64, most)*maxRatio))
	if part.UncompressedSize64 > limit {
		return 0, refusal.New("file.too-large", 0, nil)
	}
	return int64(limit), nil // #nosec G115 -- at most one of the limits above
}

// Unpack lets read have a part, and reads what it leaves: only at the end of a part does its checksum tell
// whether the archive gave what had been put in.
func Unpack(part *zip.File, most uint64, read func(io.Reader) error) error {
	limit, err := unpacked(part, most)
	if err != nil {
		return err
	}
	in, err := part.Open()
	if err != nil {
		return Broken(err)
	}
	bounded := &budget{in: in, left: limit}
	if err = read(bounded); err == nil {
		_, err = io.Copy(io.Discard, bounded)
	}
	_ = in.Close() // what was read has been checked
	return Broken(err)
}

// Broken gives err the kind of a workbook that cannot be read, unless it has one.
func Broken(err error) error {
	if err == nil || refusal.HasKind(err) {
		return err
	}
	return refusal.New("file.broken", 0, err)
}

// budget is a reader that refuses to go on when its bytes are used up.
type budget struct {
	in   io.Reader
	left int64
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, refusal.New("file.too-large", 0, nil)
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// XMLReader gives raw tokens, each bounded. Raw tokens keep no stack of open elements, so depth costs
// nothing.
type XMLReader struct {
	decoder *xml.Decoder
	token   *budget
}

// NewXMLReader reads in from where it stands.
func NewXMLReader(in io.Reader) *XMLReader {
	perToken := &budget{in: in}
	return &XMLReader{decoder: xml.NewDecoder(bufio.NewReaderSize(perToken, 64<<10)), token: perToken}
}

// Next gives the next token, or io.EOF; one longer than MaxToken is refused as file.too-large.
func (x *XMLReader) Next() (xml.Token, error) {
	x.token.left = MaxToken
	return x.decoder.RawToken()
}

// ErrStopped ends a reading whose taker wants no more.
var ErrStopped = errors.New("stopped by the reader")

// Lenient takes what shops write: & without escaping it, and &nbsp; without declaring it, of a text that is decoded already. Nothing else is
// more lenient: raw tokens are not closed by themselves.
func (x *XMLReader) Lenient() {
	x.decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	x.decoder.Strict = false
	x.decoder.Entity = xml.HTMLEntity
}

// Line is where the reader stands, from 1.
func (x *XMLReader) Line() int {
	line, _ := x.decoder.InputPos()
	return line
}
