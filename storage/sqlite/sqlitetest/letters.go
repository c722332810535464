package sqlitetest

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// TestLetter is a letter with a file.
func TestLetter(id string) mail.Letter {
	return mail.Letter{RunID: 1, To: "ali@example.com", MessageID: id, Content: mail.Content{
		Subject: "Aktarım raporu: ÇİÇEK", Text: "metin", HTML: "<p>metin</p>", File: mail.File{Name: "r.xlsx", Type: "x/y", Data: []byte{0, 1, 2}},
	}}
}

// Queue stores a TestLetter.
func Queue(t *testing.T, c *Company, id string) mail.Letter {
	t.Helper()
	l, err := c.QueueLetter(t.Context(), TestLetter(id))
	if err != nil {
		t.Fatal(err)
	}
	return l
}
