package unattended

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
)

// firm is a company as a run meets it.
type firm struct {
	info      domain.Company
	manual    bool
	unread    error // why it cannot be read
	taken     error // why it cannot be opened
	due       int
	sync      error
	issued    issuing.Outcome
	invoices  error
	slow      bool // works until it is left
	wanted    chan struct{}
	closes    error
	opened    int
	closed    int
	wasSynced bool
}

func (f *firm) SyncDue(ctx context.Context) (int, error) {
	f.wasSynced = true
	if f.slow {
		<-ctx.Done()
		return f.due, domain.E(domain.KindCancelled, "sync", ctx.Err())
	}
	return f.due, f.sync
}

func (f *firm) InvoiceDue(ctx context.Context) (issuing.Outcome, error) {
	if ctx.Err() != nil {
		return issuing.Outcome{}, domain.E(domain.KindCancelled, "issue", ctx.Err())
	}
	return f.issued, f.invoices
}

func (f *firm) Wanted() <-chan struct{} { return f.wanted }

func (f *firm) Close() error { f.closed++; return f.closes }

// office is a machine.
type office struct {
	firms  []*firm
	locked error
	asked  int // the keyring
	kept   map[string]string
	broken error // its file
}

func (o *office) Companies(context.Context) (all []domain.Company, err error) {
	for _, f := range o.firms {
		all = append(all, f.info)
	}
	return all, o.broken
}

func (o *office) of(c domain.Company) *firm {
	for _, f := range o.firms {
		if f.info.ID == c.ID {
			return f
		}
	}
	return nil
}

func (o *office) Automatic(_ context.Context, c domain.Company) (bool, error) {
	f := o.of(c)
	return !f.manual, f.unread
}

func (o *office) Unlocked(context.Context) error { o.asked++; return o.locked }

func (o *office) Take(_ context.Context, c domain.Company) (Company, error) {
	f := o.of(c)
	if f.taken != nil {
		return nil, f.taken
	}
	f.opened++
	return f, nil
}

func (o *office) Preference(_ context.Context, key string) (string, error) { return o.kept[key], nil }

func (o *office) SavePreference(_ context.Context, key, value string) error {
	if o.kept == nil {
		o.kept = map[string]string{}
	}
	o.kept[key] = value
	return nil
}

func named(name string) domain.Company {
	return domain.Company{ID: domain.CompanyID(strings.ToUpper(name)), Name: name}
}

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// live is one run, with what it has told the log.
func live(t *testing.T, o *office) (Report, string) {
	t.Helper()
	var log bytes.Buffer
	r, err := Run(t.Context(), o, slog.New(slog.NewTextHandler(&log, nil)), noon)
	if err != nil {
		t.Fatal(err)
	}
	return r, log.String()
}

func TestRun_doesWhatIsDueInEachCompany(t *testing.T) {
	demo := named("deneme")
	demo.Demo = true
	o := &office{firms: []*firm{
		{info: named("ada"), due: 2, issued: issuing.Outcome{Drafted: 3, Issued: 1}},
		{info: named("bora"), manual: true},
		{info: demo},
		{info: named("cem")},
	}}
	r, log := live(t, o)
	want := []Done{{Company: named("ada"), Syncs: 2, Drafted: 3, Issued: 1}, {Company: named("cem")}}
	if !slices.Equal(r.Companies, want) || len(r.Errors()) > 0 {
		t.Errorf("%+v", r)
	}
	for _, f := range o.firms {
		if f.opened != f.closed || f.opened > 0 == (f.manual || f.info.Demo) {
			t.Errorf("%s: opened %d, closed %d", f.info.Name, f.opened, f.closed)
		}
	}
	if strings.Count(log, "\n") != 1 || !strings.Contains(log, "companies=2 skipped=0 syncs=2 invoices=4 hindrances=[]") {
		t.Error(log)
	}
}

func TestRun_leavesACompanyToWhoeverHasIt(t *testing.T) {
	o := &office{firms: []*firm{{info: named("ada"), taken: domain.E(domain.KindBusy, "lock", nil)}, {info: named("bora"), due: 1}}}
	r, _ := live(t, o)
	if !slices.Equal(r.Companies, []Done{{Company: named("ada"), Skipped: true}, {Company: named("bora"), Syncs: 1}}) || len(r.Errors()) > 0 {
		t.Errorf("%+v", r)
	}
}

func TestRun_givesWayToWhoeverWantsTheCompany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &office{firms: []*firm{{info: named("ada"), slow: true, wanted: make(chan struct{})}, {info: named("bora"), due: 1}}}
		go func() {
			<-time.After(time.Minute)
			close(o.firms[0].wanted)
		}()
		r, _ := live(t, o)
		if !slices.Equal(r.Companies, []Done{{Company: named("ada"), Skipped: true}, {Company: named("bora"), Syncs: 1}}) {
			t.Errorf("%+v", r)
		}
		if o.firms[0].closed != 1 {
			t.Error("it is not given back")
		}
	})
}

// A run ends by itself, also where İşbaşı never answers; what comes after it is left to the next one.
func TestRun_endsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &office{firms: []*firm{{info: named("ada"), slow: true}, {info: named("bora"), due: 1}}}
		began := time.Now()
		r, _ := live(t, o)
		if took := time.Since(began); took != Limit {
			t.Error(took)
		}
		if len(r.Companies) != 1 || !r.Companies[0].Skipped || o.firms[1].opened != 0 {
			t.Errorf("%+v", r)
		}
	})
}

func TestRun_goesOnBehindWhatHinders(t *testing.T) {
	brake, forbidden, disk := domain.E(domain.KindBrake, "sync", nil), domain.E(domain.KindForbidden, "issue", nil), domain.E(domain.KindDisk, "read", nil)
	o := &office{firms: []*firm{
		{info: named("ada"), unread: disk},
		{info: named("bora"), sync: brake, issued: issuing.Outcome{Issued: 2}, invoices: forbidden},
		{info: named("cem"), issued: issuing.Outcome{Drafted: 1}, invoices: forbidden},
		{info: named("deniz"), closes: disk},
		{info: named("ege"), due: 1},
	}}
	r, log := live(t, o)
	want := []Done{
		{Company: named("ada"), Err: disk},
		{Company: named("bora"), Issued: 2, Err: brake},
		{Company: named("cem"), Drafted: 1, Err: forbidden},
		{Company: named("deniz"), Err: disk},
		{Company: named("ege"), Syncs: 1},
	}
	if !slices.Equal(r.Companies, want) || len(r.Errors()) != 4 || !strings.Contains(log, "hindrances=\"[disk brake forbidden disk]\"") {
		t.Errorf("%+v\n%s", r, log)
	}
}

func TestRun_asksNobodyForALockedKeyring(t *testing.T) {
	locked := domain.E(domain.KindKeyring, "look at the keyring", nil)
	o := &office{locked: locked, firms: []*firm{{info: named("ada"), due: 1}}}
	r, log := live(t, o)
	if !errors.Is(r.Locked, locked) || o.firms[0].opened > 0 || !strings.Contains(log, "keyring") || len(r.Errors()) != 1 {
		t.Errorf("%+v\n%s", r, log)
	}
	for i, want := range []time.Time{noon, {}} { // told once
		if at, err := LockedSince(t.Context(), o); err != nil || !at.Equal(want) {
			t.Errorf("%d: %v, %v", i, at, err)
		}
	}
	live(t, o)
	o.locked = nil
	live(t, o) // it was opened meanwhile: nothing is left to tell
	if at, err := LockedSince(t.Context(), o); err != nil || !at.IsZero() {
		t.Errorf("%v, %v", at, err)
	}
}

func TestRun_leavesTheKeyringAloneWhereNothingIsAutomatic(t *testing.T) {
	o := &office{locked: domain.E(domain.KindKeyring, "look", nil), firms: []*firm{{info: named("ada"), manual: true}}}
	if r, _ := live(t, o); r.Locked != nil || o.asked > 0 || len(o.kept) > 0 {
		t.Errorf("%+v, asked %d times, kept %v", r, o.asked, o.kept)
	}
}

func TestRun_saysThatTheMachineCannotBeRead(t *testing.T) {
	o := &office{broken: domain.E(domain.KindDisk, "read", nil)}
	var log bytes.Buffer
	if _, err := Run(t.Context(), o, slog.New(slog.NewTextHandler(&log, nil)), noon); domain.KindOf(err) != domain.KindDisk || log.Len() == 0 {
		t.Errorf("%v, %s", err, log.String())
	}
}

// A hindrance is told even where the company was left at the same moment; only the leaving itself is none.
func TestDone_tellsHindrancesFromBeingLeft(t *testing.T) {
	left, leave := context.WithCancel(t.Context())
	leave()
	cancelled, network := domain.E(domain.KindCancelled, "sync", nil), domain.E(domain.KindNetwork, "sync", nil)
	for name, c := range map[string]struct {
		ctx     context.Context
		err     error
		skipped bool
		told    error
	}{
		"nothing":                   {t.Context(), nil, false, nil},
		"another has it":            {t.Context(), domain.E(domain.KindBusy, "open", nil), true, nil},
		"left":                      {left, cancelled, true, nil},
		"cancelled by someone else": {t.Context(), cancelled, false, cancelled},
		"hindered and left":         {left, network, false, network},
		"done and left":             {left, nil, false, nil},
	} {
		if d := done(c.ctx, Done{Syncs: 2}, c.err); d.Skipped != c.skipped || !errors.Is(d.Err, c.told) || (d.Err == nil) != (c.told == nil) || d.Syncs != 2 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}
