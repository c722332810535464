package backup

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Change is what restoring would do with one company of a backup.
type Change struct {
	Content
	// Present is the company of this machine in whose place the restored one comes; nil: a company is made.
	Present *domain.Company
	// As is the company as it will be known on this machine.
	As domain.Company
}

// Restoring is what a backup holds and what restoring it would do.
type Restoring struct {
	Manifest
	Path    string
	Changes []Change
}

// PlanRestore finds for each company of a backup the one of this machine that it is: by its id, else by its İşbaşı firm.
// Where there is none a company is made, under a name that no other has.
func PlanRestore(m Manifest, here []domain.Company) []Change {
	var changes []Change
	taken := slices.Clone(here)
	for _, c := range m.Companies {
		c.Name = visibleName(c)
		ch := Change{Content: c, As: c.Company()}
		i := slices.IndexFunc(here, func(p domain.Company) bool { return p.ID == c.ID })
		if i < 0 && c.TenantID != "" {
			i = slices.IndexFunc(here, func(p domain.Company) bool { return p.TenantID == c.TenantID })
		}
		if i >= 0 {
			present := here[i]
			ch.Present, ch.As.ID, ch.As.Name = &present, present.ID, present.Name
		} else {
			ch.As.Name = FreeName(c.Name, taken)
		}
		taken = append(taken, ch.As)
		changes = append(changes, ch)
	}
	return changes
}

// visibleName is the name of a company without what a stranger's file may have put into it unseen: line ends, escapes of a
// terminal, marks that turn the direction of text.
func visibleName(c Content) string {
	name := strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, c.Name))
	if name == "" {
		return string(c.ID)
	}
	return name
}

// FreeName gives name, or with a number behind it where another company has it.
func FreeName(name string, taken []domain.Company) string {
	for n := 1; ; n++ {
		free := NumberedName(name, n)
		if !slices.ContainsFunc(taken, func(c domain.Company) bool { return domain.Fold(c.Name) == domain.Fold(free) || string(c.ID) == free }) {
			return free
		}
	}
}

var validID = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)

// Validate refuses a manifest that no program of ours has written: whoever hands a file over may be a stranger, and what
// it says becomes names of files here. version is the newest of a company's database that this program knows.
// KindBackupNewer: a newer program wrote it; KindBackupDamaged.
func (m Manifest) Validate(version int) error {
	if m.Format > Format || slices.ContainsFunc(m.Companies, func(c Content) bool { return c.Version > version }) {
		return domain.E(domain.KindBackupNewer, "read the backup", nil)
	}
	ok := m.Format > 0 && len(m.Companies) > 0
	seen, databases := map[string]bool{}, map[domain.CompanyID]int{}
	for _, c := range m.Companies {
		ok = ok && validID.MatchString(string(c.ID)) && strings.TrimSpace(c.Name) != "" && databases[c.ID] == 0
		databases[c.ID] = 1
	}
	for _, p := range m.Parts {
		key := string(p.Company) + "/" + domain.Fold(p.Name)
		ok = ok && databases[p.Company] > 0 && !seen[key] && p.Size >= 0 && localPath(p.Name)
		seen[key] = true
		if p.Database() {
			databases[p.Company]++
		}
	}
	for _, n := range databases {
		ok = ok && n == 2
	}
	if !ok {
		return &domain.Error{Kind: domain.KindBackupDamaged, Op: "read the manifest of the backup"}
	}
	return nil
}

// localPath tells whether a name with slashes leads nowhere but down from the folder that it is put into, on every system.
func localPath(name string) bool {
	return name != "" && name != "." && path.Clean(name) == name && !path.IsAbs(name) && name != ".." && !strings.HasPrefix(name, "../") &&
		!strings.ContainsAny(name, "\\:\x00")
}
