package issuing

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// MachineMarks are those of the machine's file.
type MachineMarks interface {
	InvoiceMark(ctx context.Context, id domain.CompanyID) (serial int64, at time.Time, err error)
	SaveInvoiceMark(ctx context.Context, id domain.CompanyID, serial int64, at time.Time) error
}

// SecretMarks are those of the keyring.
type SecretMarks interface {
	LoadMark(ctx context.Context, id domain.CompanyID) (serial int64, at time.Time, err error)
	SaveMark(ctx context.Context, id domain.CompanyID, serial int64, at time.Time) error
}

// TwoMarks are a company's marks in the machine's file and in the keyring: a copy of the company's file that comes back has
// neither. A keyring that does not answer is left alone until the company is opened again.
type TwoMarks struct {
	company domain.CompanyID
	machine MachineMarks
	keyring SecretMarks
	log     *slog.Logger

	mu   sync.Mutex
	mute bool
}

// NewMarks makes those of a company.
func NewMarks(company domain.CompanyID, machine MachineMarks, keyring SecretMarks, log *slog.Logger) *TwoMarks {
	return &TwoMarks{company: company, machine: machine, keyring: keyring, log: log}
}

// LastMark gives the larger of the two.
func (m *TwoMarks) LastMark(ctx context.Context) (int64, time.Time, error) {
	serial, at, err := m.machine.InvoiceMark(ctx, m.company)
	if err != nil || !m.speaks() {
		return serial, at, err
	}
	other, when, err := m.keyring.LoadMark(ctx, m.company)
	if err != nil {
		m.silence(ctx, err)
		return serial, at, nil
	}
	if other > serial {
		return other, when, nil
	}
	return serial, at, nil
}

// SaveMark keeps it in both.
func (m *TwoMarks) SaveMark(ctx context.Context, serial int64, at time.Time) error {
	if err := m.machine.SaveInvoiceMark(ctx, m.company, serial, at); err != nil || !m.speaks() {
		return err
	}
	if err := m.keyring.SaveMark(ctx, m.company, serial, at); err != nil {
		m.silence(ctx, err)
	}
	return nil
}

func (m *TwoMarks) speaks() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.mute
}

func (m *TwoMarks) silence(ctx context.Context, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mute = true
	m.log.WarnContext(ctx, "the keyring keeps no mark of the invoices", "company", m.company, "error", err)
}
