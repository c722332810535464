package kittest

import (
	"context"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
)

// Mail is a Mail and Reports in memory.
type Mail struct {
	mu       sync.Mutex
	Sender   mail.Settings
	Password string
	Queue    []mail.Letter

	Tested   []mail.Settings
	Refuse   error // of TestMail
	Becomes  mail.Letter
	Draft    string
	SentTo   []string
	Again    []int64
	Dropped  []int64
	Reported []int64
}

func NewMail() *Mail { return &Mail{Sender: mail.DefaultSettings()} }

// NewReadyMail is a post whose sender is known.
func NewReadyMail() *Mail {
	return &Mail{Password: "gizli", Sender: mail.Settings{
		Host: "smtp.example.com", Port: 587, Security: mail.SecurityStartTLS, User: "ayse", From: "ayse@example.com", To: "ali@example.com",
	}}
}

func (p *Mail) MailSettings(context.Context) (mail.Settings, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.Sender, nil
}

func (p *Mail) HasMailPassword(context.Context, mail.Settings) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.Password != "", nil
}

func (p *Mail) SaveMailSettings(_ context.Context, s mail.Settings, password *domain.Secret) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Sender = s
	if password != nil {
		p.Password = password.Reveal()
	}
	return false, nil
}

func (p *Mail) ForgetMail(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Sender, p.Password = mail.DefaultSettings(), ""
	return nil
}

func (p *Mail) TestMail(_ context.Context, s mail.Settings, password *domain.Secret, _ mail.Content) (string, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Tested = append(p.Tested, s)
	if password != nil && p.Refuse == nil {
		p.Password = password.Reveal()
	}
	return s.To, "250 tamam", p.Refuse
}

func (p *Mail) Letters(_ context.Context, q mail.Query) ([]mail.Letter, int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []mail.Letter
	for _, l := range p.Queue {
		if !q.Open || l.State != mail.StateSent && l.State != mail.StateDismissed {
			found = append(found, l)
		}
	}
	return found, len(found), nil
}

func (p *Mail) SendNow(_ context.Context, id int64) (mail.Letter, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Again = append(p.Again, id)
	for i := range p.Queue {
		if p.Queue[i].ID == id {
			p.Queue[i].State = mail.StateSent
			return p.Queue[i], nil
		}
	}
	return mail.Letter{}, domain.E(domain.KindNotFound, "find the letter", nil)
}

func (p *Mail) DismissLetter(_ context.Context, id int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Dropped = append(p.Dropped, id)
	return nil
}

func (p *Mail) ReportFile(_ context.Context, run int64) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Reported = append(p.Reported, run)
	return "/belgeler/Sopyo/Raporlar/Deneme #1/rapor.html", nil
}

func (p *Mail) SavedReport(context.Context, int64) (report.Saved, bool, error) {
	return report.Saved{Draft: p.Draft}, p.Draft != "", nil
}

func (p *Mail) SendReport(_ context.Context, _ int64, to string) (mail.Letter, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.SentTo = append(p.SentTo, to)
	if !p.Sender.Ready() {
		return mail.Letter{}, "/belgeler/rapor.eml", nil
	}
	l := p.Becomes
	l.To = to
	return l, "", nil
}
