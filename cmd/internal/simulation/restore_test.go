package simulation

import (
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
)

// copied is the file of a machine's company as it was, and what was known of the machine then.
type copied struct {
	files    map[string][]byte
	settings domain.Settings
	wish     *domain.Settings
	taken    map[string]*sale
	later    []orderFile // that were sold since
}

// restores puts back the copy of the company's file that was made before, or makes one: by hand, behind the back of the program.
func (m *machine) restores() error {
	if err := m.stop(); err != nil && !m.died() {
		return err
	}
	paths, err := filepath.Glob(filepath.Join(m.dir, "companies", "*.db*"))
	if err != nil {
		return err
	}
	if m.copy == nil {
		m.copy = &copied{files: map[string][]byte{}, settings: m.settings, wish: m.wish, taken: maps.Clone(m.taken), later: slices.Clone(m.files)}
		for _, path := range paths {
			if m.copy.files[path], err = os.ReadFile(path); err != nil {
				return err
			}
		}
		m.world.tell("%s: the company's file is copied", m.name)
		return nil
	}
	for _, path := range paths {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	for path, content := range m.copy.files {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
	}
	m.settings, m.wish, m.taken, m.files = m.copy.settings, m.copy.wish, m.copy.taken, m.copy.later
	m.copy = nil
	m.world.tell("%s: the company's file is put back", m.name)
	return nil
}
