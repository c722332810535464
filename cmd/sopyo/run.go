//go:build cgo || !darwin

package main

import (
	"context"
	"errors"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"github.com/pkg/browser"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/internal/instance"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// appID names the program to the operating system; FyneApp.toml says the same.
const appID = "com.sopyo.desktop"

// startUp is how long a window takes at most to show its first page. What was read for it and is not needed any more, as much as what
// stays, then goes back to the system: the runtime would keep it until as much has come again, which in a window at rest takes minutes.
const startUp = 3 * time.Second

var errNoDisplay = errors.New("there is no display (DISPLAY or WAYLAND_DISPLAY); sopyoctl works without one")

// run opens the window and returns when it has closed.
func run(ctx context.Context, o options) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errNoDisplay // Fyne would end in a panic
	}
	if cache, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(cache, 0o700) // Fyne complains when the folder it keeps fonts in is missing
	}
	keyring.LaunchNoBus() // the toolkit asks the bus too
	fy := fyneapp.NewWithID(appID)
	fy.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon()))
	gui.Dress(fy, o.theme)

	holder, err := claim(ctx, o)
	if err != nil {
		return showError(ctx, fy, o, err)
	}
	if holder == nil {
		return nil // the window that is open already has come to the front
	}
	defer func() { _ = holder.Close() }()
	if err := begin(ctx, fy, holder, o); err != nil {
		holder.Hush() // the next start may do better
		return showError(ctx, fy, o, err)
	}
	return nil
}

func claim(ctx context.Context, o options) (*instance.Holder, error) {
	dir, err := app.DataFolder(o.dataDir)
	if err != nil {
		return nil, err
	}
	return instance.Claim(ctx, dir, instance.Call{Company: o.company, Demo: o.demo})
}

// begin opens the data folder and shows the window until it closes.
func begin(ctx context.Context, fy fyne.App, holder *instance.Holder, o options) error {
	opened, err := app.Open(ctx, app.Options{DataDir: o.dataDir, IsbasiURL: o.isbasiURL, Lang: o.lang})
	if err != nil {
		return err
	}
	if kept, err := opened.Machine.Preference(ctx, gui.PreferenceTheme); err == nil && o.theme == "" {
		gui.Dress(fy, kept) // also the window that says why there is no other
	}
	p := &program{app: opened, runners: app.NewRunners(opened)}
	first, err := p.first(ctx, o)
	if err == nil {
		err = p.show(ctx, fy, holder, first, o)
	}
	return errors.Join(err, p.runners.Close(), opened.Close())
}

// program joins the window's ports to the opened machine.
type program struct {
	app     *app.App
	runners *app.Runners
	lost    error // why the company to begin with is not shown; nil: it is
}

// first opens the company to begin with: the demo one, the one that was named, the last one, or the first of a new machine.
// Where its file is lost, and those of all others, the demo company stands in: the window has to be open to restore one.
func (p *program) first(ctx context.Context, o options) (gui.Company, error) {
	text, err := assets.NewText(o.lang)
	if err != nil {
		return gui.Company{}, err
	}
	c, err := p.wanted(ctx, o, text)
	if !domain.IsMissing(err) {
		return c, err
	}
	p.lost = err
	info, err := p.demo(ctx, o)
	if err != nil {
		return gui.Company{}, err
	}
	return p.openCompany(ctx, info)
}

// wanted opens the company that a person has asked for, by whatever they said.
func (p *program) wanted(ctx context.Context, o options, text *assets.Text) (gui.Company, error) {
	var info domain.Company
	var err error
	switch {
	case o.demo:
		info, err = p.demo(ctx, o)
	case o.company != "":
		info, err = p.app.FindCompany(ctx, o.company)
	default:
		return p.last(ctx, text)
	}
	if err != nil {
		return gui.Company{}, err
	}
	return p.openCompany(ctx, info)
}

// demo gives the demo company.
func (p *program) demo(ctx context.Context, o options) (domain.Company, error) {
	text, err := assets.NewText(o.lang)
	if err != nil {
		return domain.Company{}, err
	}
	return p.app.DemoCompany(ctx, text.T("company.demo"))
}

// last opens the company that was shown last, else the first one. One whose file is lost leaves its place to the next: in
// the window it can be restored.
func (p *program) last(ctx context.Context, text *assets.Text) (gui.Company, error) {
	all, err := p.app.Machine.Companies(ctx)
	if err != nil {
		return gui.Company{}, err
	}
	if len(all) == 0 {
		info, err := p.app.EnsureCompany(ctx, "", text.T("ctl.first-company"))
		if err != nil {
			return gui.Company{}, err
		}
		return p.openCompany(ctx, info)
	}
	kept, err := p.app.Machine.Preference(ctx, gui.PreferenceCompany)
	if err != nil {
		return gui.Company{}, err
	}
	if i := slices.IndexFunc(all, func(c domain.Company) bool { return string(c.ID) == kept }); i > 0 {
		all[0], all[i] = all[i], all[0]
	}
	var lost error
	for _, info := range all {
		c, err := p.openCompany(ctx, info)
		if !domain.IsMissing(err) {
			return c, err
		}
		if lost == nil {
			lost = err
		}
	}
	return gui.Company{}, lost
}

// openCompany opens a company once; the window's ports are joined to it here.
func (p *program) openCompany(ctx context.Context, info domain.Company) (gui.Company, error) {
	c, err := p.runners.Open(ctx, info)
	if err != nil {
		return gui.Company{}, err
	}
	c.KeepMailing()
	c.KeepSyncing()
	c.KeepInvoicing()
	return gui.Company{Info: c.Info, Runner: c.Runner, Syncing: c.Syncing, Ports: c}, nil
}

func (p *program) openByID(ctx context.Context, id domain.CompanyID) (gui.Company, error) {
	info, err := p.app.FindCompany(ctx, string(id))
	if err != nil {
		return gui.Company{}, err
	}
	return p.openCompany(ctx, info)
}

func (p *program) show(ctx context.Context, fy fyne.App, holder *instance.Holder, first gui.Company, o options) error {
	companies, err := p.app.Machine.Companies(ctx)
	if err != nil {
		return err
	}
	updates := p.app.Updates(o.version, o.noUpdateCheck || o.demo)
	scheduler, err := app.Scheduler(o.dataDir)
	if err != nil {
		return err
	}
	w, err := gui.NewWindow(gui.Config{ //nolint:contextcheck // the window makes contexts that end when it closes
		App: fy, Companies: companies, First: first, Open: p.openByID, Lang: o.lang, Theme: o.theme,
		Add: func(ctx context.Context, name string) (domain.Company, error) {
			return p.app.NewCompany(ctx, name, false)
		},
		Rename: p.app.RenameCompany, Remove: p.runners.RemoveCompany,
		Look: func(ctx context.Context, info domain.Company, look func(gui.Ports) error) error {
			return p.runners.Look(ctx, info, func(c *app.Company) error { return look(c) })
		},
		Demo: func(ctx context.Context) (domain.Company, error) { return p.demo(ctx, o) },
		List: p.app.Machine.Companies, ExportCompanies: p.app.ExportCompanies, Runners: p.runners, Months: p.runners, Backups: backups{p.app, p.runners}, Log: p.app.Log,
		Updates: updates, Scheduler: scheduler, Now: time.Now, WorkArea: workArea, OpenURL: browser.OpenURL, Preferences: p.app.Machine, Version: o.version, Support: support{o},
		CrashFile: p.app.LastCrash(), Lost: p.lost, OnClosed: holder.Hush,
		Mac:       runtime.GOOS == "darwin",
		NeverHide: runtime.GOOS == "darwin", // a click on the dock starts no second program that could ask for it
	})
	if err != nil {
		return err
	}
	tidied := time.AfterFunc(startUp, debug.FreeOSMemory)
	defer tidied.Stop()
	inspect(w.Fyne()) //nolint:contextcheck // it serves as long as the program runs
	//nolint:contextcheck // each call has a time limit of its own
	go holder.Serve(func(ctx context.Context, c instance.Call) error { return p.raise(ctx, w, c) })
	ctx, end := context.WithCancel(ctx)
	var wait sync.WaitGroup
	wait.Go(func() { p.goOn(ctx, w) })
	wait.Go(func() { p.app.KeepBackups(ctx) })
	wait.Go(func() { p.app.KeepChecking(ctx, updates, func() bool { return len(p.runners.Working()) > 0 }) })
	w.Show()
	fy.Run()
	end()
	wait.Wait()
	return nil
}

// support makes the file for support.
type support struct{ options }

func (s support) SupportFile(ctx context.Context) (string, error) {
	return app.SupportFile(ctx, s.dataDir, s.version, time.Now())
}

// backups are the machine's, and know which companies are open in this window.
type backups struct {
	*app.App
	*app.Runners
}

// goOn goes on with what was interrupted when the program ended the last time, whichever company is shown.
func (p *program) goOn(ctx context.Context, w *gui.Window) {
	left, err := p.runners.GoOn(ctx)
	if err != nil && ctx.Err() == nil {
		p.app.Log.WarnContext(ctx, "the interrupted transfers are left alone", "error", err)
	}
	if len(left) > 0 {
		fyne.Do(func() { w.SayLeftAlone(left) })
		return // one thing at a time; the other is told at the next start
	}
	since, err := p.app.LockedSince(ctx)
	if err != nil && ctx.Err() == nil {
		p.app.Log.WarnContext(ctx, "what the last unattended run has met cannot be read", "error", err)
	}
	if !since.IsZero() {
		fyne.Do(func() { w.SayLocked(since) })
	}
}

// raise does what a second start of the program asks for.
func (p *program) raise(ctx context.Context, w *gui.Window, c instance.Call) error {
	var info domain.Company
	var err error
	switch {
	case c.Demo:
		var text *assets.Text
		if text, err = assets.NewText(""); err == nil {
			info, err = p.app.DemoCompany(ctx, text.T("company.demo"))
		}
	case c.Company != "":
		info, err = p.app.FindCompany(ctx, c.Company)
	}
	if err != nil {
		return err
	}
	raised := make(chan bool, 1)
	fyne.Do(func() { raised <- w.Raise(info.ID) }) //nolint:contextcheck // what the window begins outlives the call
	select {
	case ok := <-raised:
		if !ok {
			return domain.E(domain.KindNetwork, "raise the window", nil)
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// showError says in a window of its own why there is no other: a person started this by a click and
// sees no terminal.
func showError(ctx context.Context, fy fyne.App, o options, err error) error {
	w, werr := gui.NewErrorWindow(ctx, fy, o.lang, err, support{o})
	if werr != nil {
		return errors.Join(err, werr)
	}
	w.Show()
	fy.Run()
	return err
}
