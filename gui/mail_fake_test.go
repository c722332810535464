package gui

import (
	"context"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
)

// post is a Mail and Reports in memory.
type postOffice struct {
	mu       sync.Mutex
	settings mail.Settings
	password string
	letters  []mail.Letter

	tested   []mail.Settings
	refuse   error // of TestMail
	becomes  mail.Letter
	draft    string
	sentTo   []string
	again    []int64
	dropped  []int64
	reported []int64
}

func newPost() *postOffice { return &postOffice{settings: mail.DefaultSettings()} }

// setUp is a post whose sender is known.
func setUp() *postOffice {
	return &postOffice{password: "gizli", settings: mail.Settings{
		Host: "smtp.example.com", Port: 587, Security: mail.SecurityStartTLS, User: "ayse", From: "ayse@example.com", To: "ali@example.com",
	}}
}

func (p *postOffice) MailSettings(context.Context) (mail.Settings, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.settings, p.password != "", nil
}

func (p *postOffice) SaveMailSettings(_ context.Context, s mail.Settings, password *domain.Secret) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settings = s
	if password != nil {
		p.password = password.Reveal()
	}
	return false, nil
}

func (p *postOffice) ForgetMail(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settings, p.password = mail.DefaultSettings(), ""
	return nil
}

func (p *postOffice) TestMail(_ context.Context, s mail.Settings, password *domain.Secret, _ string) (string, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tested = append(p.tested, s)
	if password != nil && p.refuse == nil {
		p.password = password.Reveal()
	}
	return s.To, "250 tamam", p.refuse
}

func (p *postOffice) Letters(_ context.Context, q mail.Query) ([]mail.Letter, int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []mail.Letter
	for _, l := range p.letters {
		if !q.Open || l.State != mail.StateSent && l.State != mail.StateDismissed {
			found = append(found, l)
		}
	}
	return found, len(found), nil
}

func (p *postOffice) SendNow(_ context.Context, id int64) (mail.Letter, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.again = append(p.again, id)
	for i := range p.letters {
		if p.letters[i].ID == id {
			p.letters[i].State = mail.StateSent
			return p.letters[i], nil
		}
	}
	return mail.Letter{}, domain.E(domain.KindNotFound, "find the letter", nil)
}

func (p *postOffice) DismissLetter(_ context.Context, id int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dropped = append(p.dropped, id)
	return nil
}

func (p *postOffice) ReportFile(_ context.Context, run int64) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reported = append(p.reported, run)
	return "/belgeler/Sopyo/Raporlar/Deneme #1/rapor.html", nil
}

func (p *postOffice) SavedReport(context.Context, int64) (report.Saved, bool, error) {
	return report.Saved{Draft: p.draft}, p.draft != "", nil
}

func (p *postOffice) SendReport(_ context.Context, _ int64, to string) (mail.Letter, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sentTo = append(p.sentTo, to)
	if !p.settings.Ready() {
		return mail.Letter{}, "/belgeler/rapor.eml", nil
	}
	l := p.becomes
	l.To = to
	return l, "", nil
}
