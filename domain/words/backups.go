package words

import "github.com/sopyo/sopyo-desktop/domain/backup"

// BackupHolds says what a backup holds of a company.
func (w Words) BackupHolds(c backup.Content) string {
	return w.T("backup.holds", c.Name, w.Count(c.Products), w.Count(c.Orders), w.Count(c.Invoices), w.Count(c.Documents))
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
