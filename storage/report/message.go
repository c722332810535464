package report

import (
	"bytes"
	"io"
	netmail "net/mail"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// message makes the MIME message of a letter: text and HTML as alternatives of each other, the file
// attached. from has no address in a draft: it gets the one of the mail program that opens it.
func message(from mail.Address, l mail.Letter) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	to, err := mail.ParseAddress(l.To)
	if err != nil && l.To != "" {
		return nil, err
	}
	if from.Address != "" {
		if err := m.From(header(from)); err != nil {
			return nil, domain.Invalid("from", "mail-address")
		}
	}
	if to.Address != "" {
		if err := m.AddTo(header(to)); err != nil {
			return nil, domain.Invalid("to", "mail-address")
		}
	}
	m.SetMessageIDWithValue(mail.OneLine(l.MessageID))
	m.SetDateWithValue(l.CreatedAt.In(domain.Istanbul))
	m.Subject(mail.OneLine(l.Content.Subject))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // no out-of-office note answers it
	m.SetBodyString(gomail.TypeTextPlain, l.Content.Text)
	if l.Content.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, l.Content.HTML)
	}
	if f := l.Content.File; f.Name != "" {
		err := m.AttachReader(mail.OneLine(f.Name), bytes.NewReader(f.Data), gomail.WithFileContentType(gomail.ContentType(f.Type)))
		if err != nil {
			return nil, domain.E(domain.KindInternal, "attach the report", err)
		}
	}
	return m, nil
}

// header writes an address as RFC 5322 does: quotes in its name are escaped.
func header(a mail.Address) string {
	return (&netmail.Address{Name: mail.OneLine(a.Name), Address: a.Address}).String()
}

// WriteDraft writes a letter as an .eml file that a mail program opens as a message not sent yet
// (X-Unsent), so that the person looks at it, and sends it from their own account.
func WriteDraft(w io.Writer, l mail.Letter) error {
	if l.CreatedAt.IsZero() {
		l.CreatedAt = time.Now()
	}
	m, err := message(mail.Address{}, l)
	if err != nil {
		return err
	}
	m.SetGenHeader("X-Unsent", "1")
	if _, err := m.WriteTo(w); err != nil {
		return domain.E(domain.KindDisk, "write the draft", err)
	}
	return nil
}
