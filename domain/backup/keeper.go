package backup

import (
	"context"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Preferences keep this machine's settings as text, "" where nothing was kept.
type Preferences interface {
	Preference(ctx context.Context, key string) (string, error)
	SavePreference(ctx context.Context, key, value string) error
}

// Passwords keep the password of backups. Their errors are KindKeyring, and KindCancelled.
type Passwords interface {
	// LoadBackup gives it, an empty one when there is none.
	LoadBackup(ctx context.Context) (domain.Secret, error)
	// SaveBackup keeps it in place of the one before.
	SaveBackup(ctx context.Context, password domain.Secret) error
}

// Keeper knows this machine's password of backups and how the backups of each company stand. Its methods may be called
// from anywhere at any time.
type Keeper struct {
	preferences Preferences
	passwords   Passwords
	log         *slog.Logger

	mu       sync.Mutex
	password domain.Secret // held here only while there is no keyring
}

// NewKeeper makes the one of a machine.
func NewKeeper(preferences Preferences, passwords Passwords, log *slog.Logger) *Keeper {
	return &Keeper{preferences: preferences, passwords: passwords, log: log}
}

// SaveBackupPassword keeps the password that backups are protected with from now on; older ones keep theirs. Without a
// keyring it lives as long as the program: sessionOnly tells. Errors are those of CheckPassword.
func (k *Keeper) SaveBackupPassword(ctx context.Context, password, again domain.Secret) (sessionOnly bool, err error) {
	if err := CheckPassword(password, again); err != nil {
		return false, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.password = domain.Secret{}
	err = k.passwords.SaveBackup(ctx, password)
	if domain.KindOf(err) == domain.KindKeyring {
		k.password = password
		k.log.WarnContext(ctx, "no keyring; the password of backups ends with the program", "error", err)
		return true, nil
	}
	return false, err
}

// BackupPassword gives the kept password, an empty one when there is none; sessionOnly: the keyring does not have it.
func (k *Keeper) BackupPassword(ctx context.Context) (password domain.Secret, sessionOnly bool, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.password.Empty() {
		return k.password, true, nil
	}
	password, err = k.passwords.LoadBackup(ctx)
	if domain.KindOf(err) == domain.KindKeyring { // where there is none nothing is kept
		k.log.WarnContext(ctx, "the keyring does not tell the password of backups", "error", err)
		err = nil
	}
	return password, false, err
}

// Note is what is remembered of a company's last backup.
type Note struct {
	MadeAt    time.Time   `json:"made_at,omitzero"`
	CheckedAt time.Time   `json:"checked_at,omitzero"`
	File      string      `json:"file,omitempty"`
	Digest    string      `json:"digest,omitempty"`
	Failed    domain.Kind `json:"failed,omitempty"`
	// Stems are what the names of its files have begun with: a company may be renamed.
	Stems []string `json:"stems,omitempty"`
}

// After is what is remembered once a backup was tried: err says why none was made, an empty path of made that nothing had changed.
func (n Note) After(made Made, digest string, err error, now time.Time) Note {
	switch {
	case err != nil:
		n.Failed = domain.KindOf(err)
	case made.Path == "":
		n.CheckedAt, n.Failed = now, ""
	default:
		n = n.Naming(made.Path)
		n.MadeAt, n.CheckedAt, n.File, n.Digest, n.Failed = now, now, made.Path, digest, ""
	}
	return n
}

// Naming remembers what the name of a file of the company begins with.
func (n Note) Naming(path string) Note {
	if f, ok := ParseName(filepath.Base(path)); ok && !slices.Contains(n.Stems, f.Stem) {
		n.Stems = append(slices.Clone(n.Stems), f.Stem)
	}
	return n
}

func noteKey(id domain.CompanyID) string { return "backup:" + string(id) }

// BackupNote gives what is remembered of the company's last backup.
func (k *Keeper) BackupNote(ctx context.Context, id domain.CompanyID) (n Note, err error) {
	text, err := k.preferences.Preference(ctx, noteKey(id))
	if err != nil || text == "" {
		return n, err
	}
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return Note{}, domain.E(domain.KindInternal, "read what is remembered of the last backup", err)
	}
	return n, nil
}

// SaveBackupNote remembers it.
func (k *Keeper) SaveBackupNote(ctx context.Context, id domain.CompanyID, n Note) error {
	text, err := json.Marshal(n)
	if err != nil {
		return domain.E(domain.KindInternal, "remember the last backup", err)
	}
	return k.preferences.SavePreference(ctx, noteKey(id), string(text))
}
