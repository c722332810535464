package backup

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// machine keeps what a Keeper has kept; with err nothing is kept or told.
type machine struct {
	prefers       map[string]string
	password      domain.Secret
	err, keyrings error
}

func (m *machine) Preference(_ context.Context, key string) (string, error) {
	return m.prefers[key], m.err
}

func (m *machine) SavePreference(_ context.Context, key, value string) error {
	if m.err == nil {
		m.prefers[key] = value
	}
	return m.err
}

func (m *machine) LoadBackup(context.Context) (domain.Secret, error) {
	if m.keyrings != nil {
		return domain.Secret{}, m.keyrings
	}
	return m.password, nil
}

func (m *machine) SaveBackup(_ context.Context, password domain.Secret) error {
	if m.keyrings == nil {
		m.password = password
	}
	return m.keyrings
}

func newKeeper() (*machine, *Keeper) {
	m := &machine{prefers: map[string]string{}}
	return m, NewKeeper(m, m, slog.New(slog.DiscardHandler))
}

func TestKeeper_keepsThePasswordInTheKeyringOrAsLongAsTheProgram(t *testing.T) {
	m, k := newKeeper()
	want := func(password string, session bool) {
		t.Helper()
		got, sessionOnly, err := k.BackupPassword(t.Context())
		if err != nil || got.Reveal() != password || sessionOnly != session {
			t.Errorf("%q, %v, %v; want %q, %v", got.Reveal(), sessionOnly, err, password, session)
		}
	}
	save := func(password string) (bool, error) {
		s := domain.NewSecret(password)
		return k.SaveBackupPassword(t.Context(), s, s)
	}
	want("", false)
	if _, err := save("kısa"); domain.KindOf(err) != domain.KindInvalid || !m.password.Empty() {
		t.Errorf("a short one: %v", err)
	}
	if session, err := save("yeterince uzun"); session || err != nil {
		t.Errorf("%v, %v", session, err)
	}
	want("yeterince uzun", false)
	m.keyrings = domain.E(domain.KindKeyring, "locked", nil)
	want("", false)
	if session, err := save("başka bir parola"); !session || err != nil {
		t.Errorf("%v, %v", session, err)
	}
	want("başka bir parola", true)
	m.keyrings = domain.E(domain.KindCancelled, "closed", nil)
	if _, err := save("üçüncü bir parola"); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
	if _, _, err := k.BackupPassword(t.Context()); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
}

func TestKeeper_remembersTheLastBackupOfEachCompany(t *testing.T) {
	m, k := newKeeper()
	a := Note{MadeAt: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), CheckedAt: time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC), File: "/y/a", Digest: "d", Failed: domain.KindDisk, Stems: []string{"A", "B"}}
	if err := errors.Join(k.SaveBackupNote(t.Context(), "a", a), k.SaveBackupNote(t.Context(), "b", Note{})); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[domain.CompanyID]Note{"a": a, "b": {}, "c": {}} {
		if got, err := k.BackupNote(t.Context(), id); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", id, got, err)
		}
	}
	m.prefers["backup:a"] = "{"
	if _, err := k.BackupNote(t.Context(), "a"); domain.KindOf(err) != domain.KindInternal {
		t.Errorf("%v", err)
	}
	m.err = domain.E(domain.KindDisk, "full", nil)
	if _, err := k.BackupNote(t.Context(), "b"); domain.KindOf(err) != domain.KindDisk || domain.KindOf(k.SaveBackupNote(t.Context(), "b", a)) != domain.KindDisk {
		t.Errorf("%v", err)
	}
}

func TestNote_remembersWhatBecameOfATry(t *testing.T) {
	at := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	before := Note{MadeAt: at, CheckedAt: at, File: "/y/Eski 2026-11-26.sopyoyedek", Digest: "d", Failed: domain.KindDisk, Stems: []string{"Eski"}}
	now := at.AddDate(0, 0, 1)
	for name, c := range map[string]struct {
		made   string
		err    error
		change func(*Note)
	}{
		"failed":    {"", domain.E(domain.KindKeyring, "ask", nil), func(n *Note) { n.Failed = domain.KindKeyring }},
		"unchanged": {"", nil, func(n *Note) { n.CheckedAt, n.Failed = now, "" }},
		"made": {"/y/Yeni 2026-11-27 (2).sopyoyedek", nil, func(n *Note) {
			*n = Note{MadeAt: now, CheckedAt: now, File: "/y/Yeni 2026-11-27 (2).sopyoyedek", Digest: "e", Stems: []string{"Eski", "Yeni"}}
		}},
		"made under the same name": {"/y/Eski 2026-11-27.sopyoyedek", nil, func(n *Note) {
			*n = Note{MadeAt: now, CheckedAt: now, File: "/y/Eski 2026-11-27.sopyoyedek", Digest: "e", Stems: []string{"Eski"}}
		}},
	} {
		want := before
		c.change(&want)
		if got := before.After(Made{Path: c.made}, "e", c.err, now); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	if !slices.Equal(before.Stems, []string{"Eski"}) {
		t.Error("the note before was changed")
	}
}

func TestAlone_leavesWhatMayBeAnothers(t *testing.T) {
	files := []File{{Stem: "Alfa"}, {Stem: "ALFA"}, {Stem: "Alfa devir"}, {Stem: "Beta"}, {Stem: "Gama"}}
	got := Alone(files, []string{"alfa", "Alfa devir", "Beta"}, []string{"BETA", "Gama"})
	if want := files[:3]; !slices.Equal(got, want) || files[3].Stem != "Beta" {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestState_namesTheCompaniesThatAreDue(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	a, b, demo := domain.Company{ID: "a"}, domain.Company{ID: "b"}, domain.Company{ID: "d", Demo: true}
	s := State{Companies: []Standing{{Company: a}, {Company: b, CheckedAt: now.Add(-time.Minute)}, {Company: demo}}}
	if got := s.Due(now); !slices.Equal(got, []domain.Company{a}) {
		t.Errorf("%v", got)
	}
	if got := s.Due(now.AddDate(0, 0, 1)); !slices.Equal(got, []domain.Company{a, b}) {
		t.Errorf("%v", got)
	}
}
