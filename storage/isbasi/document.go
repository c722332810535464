package isbasi

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

const (
	// documentLimit ends a document that is no invoice any more, unpacked too.
	documentLimit = 16 << 20
	// fileLimit is how many files an invoice's archive may hold.
	fileLimit = 50
)

// InvoicePDF fetches the PDF of a sent invoice. uuid is the ETTN as it was received: its case counts.
// Before it is sent İşbaşı gives a web page instead, which is KindState (isbasi-api.md §6.6). It costs
// one read.
func (c *Client) InvoicePDF(ctx context.Context, uuid string) (domain.Document, error) {
	const op = "fetch an invoice's PDF"
	d, err := c.document(ctx, op, "einvoices/DocumentDatawithuuid", uuid, "&fileFormat=PDF")
	if err != nil {
		return domain.Document{}, err
	}
	if content := bytes.TrimLeft(d.Content, "\xef\xbb\xbf \t\r\n"); bytes.HasPrefix(content, []byte("%PDF-")) {
		d.Content, d.Type = content, "application/pdf"
		return d, nil
	}
	if isPage(d) {
		return domain.Document{}, domain.E(domain.KindState, op, errors.New("a page instead of a PDF"))
	}
	return domain.Document{}, domain.E(domain.KindBadAnswer, op, errors.New("the document is no PDF"))
}

// InvoiceUBL fetches the UBL XML of a sent invoice, taken out of the archive that İşbaşı gives. KindNotFound:
// there is none, or the ETTN is in the wrong case (isbasi-api.md §12 "To §3.1"). It costs one read.
func (c *Client) InvoiceUBL(ctx context.Context, uuid string) (domain.Document, error) {
	const op = "fetch an invoice's UBL"
	d, err := c.document(ctx, op, "einvoices/DocumentUblDatawithuuid", uuid, "&type=1")
	if err != nil {
		return domain.Document{}, err
	}
	if isPage(d) {
		return domain.Document{}, domain.E(domain.KindState, op, errors.New("a page instead of a document"))
	}
	d, err = unzipXML(d.Content)
	if err != nil {
		return domain.Document{}, domain.E(domain.KindBadAnswer, op, err)
	}
	return d, nil
}

// document fetches a document: an envelope with base64 content, or the bare file. Its type is İşbaşı's word
// ("HTML", "zip", "PDF"), no media type.
func (c *Client) document(ctx context.Context, op, path, uuid, rest string) (d domain.Document, err error) {
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	if strings.TrimSpace(uuid) == "" {
		return d, domain.Wrap(domain.Invalid("uuid", "required"), "%s", op)
	}
	r := request{op: op, method: http.MethodGet, path: path + "?uuid=" + url.QueryEscape(uuid) + rest}
	err = c.signed(ctx, call{kind: quota.Read, repeat: true}, r, func(a answer) error {
		if bare := a.body; a.status == http.StatusOK && (bytes.HasPrefix(bare, []byte("%PDF-")) || bytes.HasPrefix(bare, []byte("PK"))) {
			d.Content = bare
			return nil
		}
		var w documentWire
		if err := a.decode(op, &w); err != nil {
			return err
		}
		content, err := w.content()
		if err != nil {
			return domain.E(domain.KindBadAnswer, op, err)
		}
		d = domain.Document{Name: fileName(w.Name.trim()), Type: w.Type.trim(), Content: content}
		return nil
	})
	return d, err
}

// documentWire is the data of a document's answer, or the content alone.
type documentWire struct {
	Name    text `json:"name"`
	Type    text `json:"type"`
	Content text `json:"content"`
}

// UnmarshalJSON implements json.Unmarshaler.
func (d *documentWire) UnmarshalJSON(raw []byte) error {
	type plain documentWire
	var o object[plain]
	if err := unmarshal(raw, &o); err != nil {
		return err
	}
	if *d = documentWire(o.value); raw[0] == '"' {
		return d.Content.UnmarshalJSON(raw)
	}
	return nil
}

func (d documentWire) content() ([]byte, error) {
	s := strings.Join(strings.Fields(string(d.Content)), "")
	if s == "" {
		return nil, errors.New("the document is empty")
	}
	if strings.HasPrefix(s, "<") {
		return []byte(d.Content), nil // a page that nobody has encoded
	}
	if len(s)/4*3 > documentLimit {
		return nil, fmt.Errorf("the document is larger than %d MiB", documentLimit>>20)
	}
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
}

// isPage tells a web page, by İşbaşı's word or its own beginning.
func isPage(d domain.Document) bool {
	start := bytes.ToLower(bytes.TrimLeft(d.Content[:min(len(d.Content), 512)], "\xef\xbb\xbf \t\r\n"))
	return domain.Fold(d.Type) == "html" || bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// unzipXML gives the one XML file of an archive. Names in it are not trusted, nor is its size.
func unzipXML(archive []byte) (d domain.Document, err error) {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return d, err
	}
	if len(r.File) > fileLimit {
		return d, fmt.Errorf("the archive holds %d files", len(r.File))
	}
	for _, f := range r.File {
		name := fileName(f.Name)
		if f.FileInfo().IsDir() || domain.Fold(path.Ext(name)) != ".xml" {
			continue
		}
		content, err := unpack(f)
		if err != nil {
			return d, err
		}
		return domain.Document{Name: name, Type: "application/xml", Content: content}, nil
	}
	return d, errors.New("the archive holds no XML")
}

func unpack(f *zip.File) (content []byte, err error) {
	file, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	content, err = io.ReadAll(io.LimitReader(file, documentLimit+1))
	if err == nil && len(content) > documentLimit {
		return nil, fmt.Errorf("%s is larger than %d MiB", fileName(f.Name), documentLimit>>20)
	}
	return content, err
}

// fileName is the last part of a name, whatever system wrote it.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" || name == ".." {
		return ""
	}
	return name
}
