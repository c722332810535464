package mail

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Service is a mail service that many use, and what its outgoing server wants.
type Service struct {
	Name     string // as people call it, in every language
	Host     string
	Security Security // and its usual port
}

// Services lists them in the order a person is offered them. Sources: the help pages of each service for other mail programs.
func Services() []Service {
	return []Service{
		{"Gmail", "smtp.gmail.com", SecurityStartTLS},
		{"Outlook", "smtp.office365.com", SecurityStartTLS},
		{"Yandex", "smtp.yandex.com.tr", SecurityTLS},
	}
}

// ServiceOf is the index of the service whose server is host, -1 when it is another one.
func ServiceOf(host string) int {
	wanted := domain.Fold(strings.TrimSpace(host))
	return slices.IndexFunc(Services(), func(s Service) bool { return domain.Fold(s.Host) == wanted })
}
