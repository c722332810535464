// Package app is the composition root the programs share: it finds the data folder, opens log, stores
// and keyring, and joins the rooms that do not know each other.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/companies"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/documents"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
	"github.com/sopyo/sopyo-desktop/storage/lock"
	"github.com/sopyo/sopyo-desktop/storage/logfile"
	"github.com/sopyo/sopyo-desktop/storage/queue"
	"github.com/sopyo/sopyo-desktop/storage/report"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"

	backups "github.com/sopyo/sopyo-desktop/storage/backup"
)

// Options are what a program is started with.
type Options struct {
	DataDir   string // "" = this user's own
	IsbasiURL string // a host to use instead of İşbaşı's own; the only way to loopback, the demo company aside
	Lang      string // of the page the browser ends on
	Verbose   bool   // log to standard error too
	// RetryPause is the first of the growing pauses between attempts of a call; 0 = the usual.
	RetryPause time.Duration
	// PaceEverywhere keeps the pace of calls to this machine too, for measuring.
	PaceEverywhere bool
	Now            func() time.Time // the clock; nil = the system's
	// Network is how İşbaşı is reached; nil = the machine's.
	Network http.RoundTripper
	Logger  *slog.Logger // nil = a file in the data folder
}

// App is the opened machine: its companies and what they share.
type App struct {
	*companies.Directory
	*companies.Removal
	*mail.Account // the machine's sender
	*backup.Maker
	*backup.Restorer
	Machine *sqlite.Machine
	Queue   queue.Machine // of transfers
	Log     *slog.Logger

	options Options
	dir     string
	files   sqlite.Files
	list    sqlite.List // the machine's companies, and their files
	folders documents.Folders
	locks   lock.Companies
	folder  sqlite.Folder
	keys    *keyring.Keyring
	logFile *logfile.File
}

// keyringTimeout is how long a keyring may take: a person may have to type a password there.
const keyringTimeout = 30 * time.Second

// memoryLimit is what only the import of a large firm comes near to: there garbage is collected earlier, and the other programs of the
// machine keep theirs. It is no bar: what is in use may be more.
const memoryLimit = 192 << 20

// Open makes the data folder if it is missing and opens log and machine file, the log first.
func Open(ctx context.Context, o Options) (*App, error) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	dir, err := DataFolder(o.DataDir)
	if err != nil {
		return nil, err
	}
	log := &logfile.File{Logger: o.Logger}
	if o.Logger == nil {
		log, err = logfile.Open(filepath.Join(dir, "logs"), o.Verbose)
	}
	if err != nil {
		return nil, domain.E(domain.KindDisk, "open the log", err)
	}
	machine, err := sqlite.NewFiles(dir, log.Logger).OpenMachine(ctx)
	if err != nil {
		log.Close()
		return nil, err
	}
	folder, err := machine.DataFolder(ctx, placeOf(dir), machineID(), holdsNoData)
	if err != nil {
		log.Close()
		return nil, errors.Join(err, machine.Close()) //nolint:contextcheck // io.Closer knows no context
	}
	a := newApp(o, dir, log, machine, folder)
	if err := a.ResumeRestore(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// Read is Open for what only reads. Where the data folder cannot be written it is read as it is, without a log.
func Read(ctx context.Context, o Options) (*App, error) {
	a, err := Open(ctx, o)
	if domain.KindOf(err) != domain.KindDisk {
		return a, err
	}
	dir, known := dataFolder(o.DataDir)
	if known != nil {
		return nil, err
	}
	log := logfile.None(o.Verbose)
	machine, unread := sqlite.NewFiles(dir, log.Logger).ReadMachine(ctx)
	if unread != nil {
		return nil, err // what is in the way of writing is in the way of reading
	}
	folder, unread := machine.DataFolder(ctx, placeOf(dir), machineID(), holdsNoData)
	if unread != nil { // a copy that cannot be written has no name of its own, and no secrets
		folder = sqlite.Folder{Name: "copy"}
	}
	return newApp(o, dir, log, machine, folder), nil
}

func newApp(o Options, dir string, log *logfile.File, machine *sqlite.Machine, folder sqlite.Folder) *App {
	if o.Now == nil {
		o.Now = time.Now
	}
	files := sqlite.NewFiles(dir, log.Logger)
	list := sqlite.NewList(machine, files)
	a := &App{
		Directory: companies.New(list), Machine: machine, Queue: queue.New(machine, dir), Log: log.Logger,
		options: o, dir: dir, files: files, list: list, folders: documents.Folders{Data: dir, Named: o.DataDir != ""},
		locks: lock.Of(dir), folder: folder, logFile: log,
	}
	a.useKeyring(keyring.New("sopyo", keyringTimeout))
	return a
}

func (a *App) useKeyring(keys *keyring.Keyring) {
	a.keys = keys.Of(a.folder.Name, a.folder.Inherits)
	a.Account = mail.NewAccount(a.Machine, a.keys, report.Dial, a.Log)
	a.joinBackups()
}

// joinBackups joins what makes backups, restores them, and removes companies.
func (a *App) joinBackups() {
	place := backups.Place{Data: a.dir, Folder: a.folders.Backups, Documents: a.folders.Invoices, Copy: a.files.Copy, Log: a.Log}
	a.Maker = backup.NewMaker(backup.Deps{
		Keeper: backup.NewKeeper(a.Machine, a.keys, a.Log), Machine: a.Machine, Folder: place, Packer: place, Reader: place, Databases: a.files,
		FileName: disk.Name, HandOverWord: a.handOverWord, Log: a.Log, Now: a.now,
	})
	a.Restorer = backup.NewRestorer(a.Maker, backups.NewSwap(a.dir), a.locks)
	a.Removal = companies.NewRemoval(companies.Parts{
		List: a.Machine, Archive: a.files, Files: a.files, Documents: a.folders, Secrets: a.keys, Locks: a.locks, Backups: a.Maker, Now: a.now,
	})
}

// now is the clock of the options.
func (a *App) now() time.Time { return a.options.Now() }

// LastCrash gives the file that the last crash left for support, "" when there was none since the last
// call. Only the window calls it: a command run by a scheduler has nobody to offer it to.
func (a *App) LastCrash() string {
	path, err := a.logFile.Crash(a.options.Now())
	if err != nil {
		a.Log.Warn("the file of the last crash cannot be kept", "error", err)
	}
	return path
}

// Dir is the data folder.
func (a *App) Dir() string { return a.dir }

// Close closes the machine file and the log.
func (a *App) Close() error {
	err := a.Machine.Close()
	a.logFile.Close()
	return err
}
