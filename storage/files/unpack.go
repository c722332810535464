package files

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
)

// Limits of what is unpacked, in bytes: a file of a few kilobytes can unpack to terabytes.
const (
	maxPart   = 16 << 20  // workbook, relations
	maxStyles = 64 << 20  // Excel has at most 65,490 styles
	maxShared = 256 << 20 // the table of shared texts, which is held in memory
	maxSheet  = 2 << 30   // a sheet, which is streamed
	maxToken  = 4 << 20   // one piece of XML
	maxTexts  = 16 << 20  // shared texts

	// Sheets shrink to a tenth or a hundredth. What shrinks to less was made to grow.
	maxRatio    = 200
	alwaysTaken = 64 << 20
)

// unpacked gives how many bytes of a part may come out, and refuses one that says it has more.
func unpacked(part *zip.File, most uint64) (int64, error) {
	limit := min(most, max(alwaysTaken, min(part.CompressedSize64, most)*maxRatio))
	if part.UncompressedSize64 > limit {
		return 0, refuse("file.too-large", 0, nil)
	}
	return int64(limit), nil // #nosec G115 -- at most one of the limits above
}

// unpack lets read have a part, and reads what it leaves: only at the end of a part does its checksum tell
// whether the archive gave what had been put in.
func unpack(part *zip.File, most uint64, read func(io.Reader) error) error {
	limit, err := unpacked(part, most)
	if err != nil {
		return err
	}
	in, err := part.Open()
	if err != nil {
		return broken(err)
	}
	bounded := &budget{in: in, left: limit}
	if err = read(bounded); err == nil {
		_, err = io.Copy(io.Discard, bounded)
	}
	_ = in.Close() // what was read has been checked
	return broken(err)
}

// broken gives err the kind of a workbook that cannot be read, unless it has one.
func broken(err error) error {
	if err == nil || hasKind(err) {
		return err
	}
	return refuse("file.broken", 0, err)
}

// budget is a reader that refuses to go on when its bytes are used up.
type budget struct {
	in   io.Reader
	left int64
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, refuse("file.too-large", 0, nil)
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// xmlReader gives raw tokens, each bounded. Raw tokens keep no stack of open elements, so depth costs
// nothing.
type xmlReader struct {
	decoder *xml.Decoder
	token   *budget
}

func newXMLReader(in io.Reader) *xmlReader {
	perToken := &budget{in: in}
	return &xmlReader{decoder: xml.NewDecoder(bufio.NewReaderSize(perToken, 64<<10)), token: perToken}
}

func (x *xmlReader) next() (xml.Token, error) {
	x.token.left = maxToken
	return x.decoder.RawToken()
}

// errStopped ends a reading whose taker wants no more.
var errStopped = errors.New("stopped by the reader")
