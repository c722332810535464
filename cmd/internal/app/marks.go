package app

import (
	"context"
	"sync"
	"time"
)

// marks of a company's attempts lie in the machine's file and in the keyring: a copy of the company's file that comes
// back has neither. A keyring that does not answer is left alone until the company is opened again.
type marks struct {
	company *Company

	mu   sync.Mutex
	mute bool
}

func (m *marks) LastMark(ctx context.Context) (int64, time.Time, error) {
	serial, at, err := m.company.app.Machine.InvoiceMark(ctx, m.company.Info.ID)
	if err != nil || !m.speaks() {
		return serial, at, err
	}
	other, when, err := m.company.app.keys.LoadMark(ctx, m.company.Info.ID)
	if err != nil {
		m.silence(ctx, err)
		return serial, at, nil
	}
	if other > serial {
		return other, when, nil
	}
	return serial, at, nil
}

func (m *marks) SaveMark(ctx context.Context, serial int64, at time.Time) error {
	if err := m.company.app.Machine.SaveInvoiceMark(ctx, m.company.Info.ID, serial, at); err != nil || !m.speaks() {
		return err
	}
	if err := m.company.app.keys.SaveMark(ctx, m.company.Info.ID, serial, at); err != nil {
		m.silence(ctx, err)
	}
	return nil
}

func (m *marks) speaks() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.mute
}

func (m *marks) silence(ctx context.Context, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mute = true
	m.company.app.Log.WarnContext(ctx, "the keyring keeps no mark of the invoices", "company", m.company.Info.ID, "error", err)
}
