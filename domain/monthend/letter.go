package monthend

import (
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// maxMailed is how large a package may be that goes by mail, in bytes: servers take about 25 MB, and a letter is a third
// larger than its file.
const maxMailed = 18 << 20

// Letter is the letter with which the package of a company's month goes to the accountant as a zip. KindInvalid (field "size"): it is
// too large for one.
func Letter(w words.Words, company string, m Month, p Package, zip []byte, by mail.Settings) (mail.Letter, error) {
	if len(zip) > maxMailed {
		return mail.Letter{}, domain.Invalid("size", "mail-size")
	}
	subject := w.T("invoices.month.subject", company, m.In(w))
	return mail.Letter{To: by.To, MessageID: mail.NewMessageID(by.From), Content: mail.Content{
		Subject: subject, Text: w.T("invoices.month.letter", subject, p.Summary.Issued, p.Summary.Missing),
		File: mail.File{Name: p.Name + ".zip", Type: "application/zip", Data: zip},
	}}, nil
}
