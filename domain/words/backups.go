package words

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/backup"
)

// BackupHolds says what a backup holds of a company.
func (w Words) BackupHolds(c backup.Content) string {
	var parts []string
	for _, p := range []struct {
		key string
		n   int
	}{{"products", c.Products}, {"orders", c.Orders}, {"invoices", c.Invoices}, {"documents", c.Documents}} {
		if p.n > 0 {
			parts = append(parts, w.T("backup.holds."+p.key, p.n))
		}
	}
	if len(parts) == 0 {
		return w.T("backup.holds.none", c.Name)
	}
	return w.T("backup.holds", c.Name, strings.Join(parts, ", "))
}

// Restoring says line by line what a backup holds and what restoring it would do.
func (w Words) Restoring(r backup.Restoring) []string {
	made := "backup.made-at"
	if r.HandOver {
		made += ".hand-over"
	}
	lines := []string{w.T(made, w.Moment(r.MadeAt))}
	for _, ch := range r.Changes {
		lines = append(lines, w.BackupHolds(ch.Content))
		if ch.Present != nil {
			lines = append(lines, w.T("backup.change.replace", ch.As.Name))
		} else {
			lines = append(lines, w.T("backup.change.new", ch.As.Name))
		}
	}
	return append(lines, w.T("backup.restored.invoices"))
}

// BackupProgress says how far a backup or restore is, "" before it has begun.
func (w Words) BackupProgress(p backup.Now) string {
	if p.Phase == "" {
		return ""
	}
	said := w.T("backup.phase." + string(p.Phase))
	if p.Percent >= 0 {
		said = w.T("backup.phase.percent", said, p.Percent)
	}
	if p.Companies > 1 {
		return w.T("backup.phase.company", p.Company, p.Companies, said)
	}
	return said
}
