package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// post keeps a company's letters in memory. Its n-th call can be made to fail.
type post struct {
	letters  []Letter     // ID 1, 2, …
	looks    atomic.Int32 // read while Keep may be looking
	saved    []string     // "1 sending"
	n, calls int
}

// newPost makes one in which letters in these states are, due since ever.
func newPost(states ...State) *post {
	p := &post{}
	for i, s := range states {
		p.letters = append(p.letters, Letter{ID: int64(i + 1), To: fmt.Sprintf("a%d@example.com", i+1), State: s, Content: Content{Subject: "Rapor"}, NextAt: noon})
	}
	return p
}

func (p *post) next() error {
	if p.calls++; p.calls == p.n {
		return errDisk
	}
	return nil
}

func (p *post) DueLetters(_ context.Context, now time.Time) (due []Letter, err error) {
	p.looks.Add(1)
	for _, l := range p.letters {
		if l.State == StateQueued && !l.NextAt.After(now) {
			l.Content = Content{}
			due = append(due, l)
		}
	}
	return due, p.next()
}

func (p *post) Letter(_ context.Context, id int64) (Letter, error) {
	return p.letters[id-1], p.next()
}

func (p *post) SaveLetter(ctx context.Context, l Letter, from State) error {
	if err := errors.Join(ctx.Err(), p.next()); err != nil {
		return err
	}
	if p.letters[l.ID-1].State != from {
		return domain.E(domain.KindState, "save", nil)
	}
	content := p.letters[l.ID-1].Content
	p.letters[l.ID-1] = l
	if l.Content.Subject == "" {
		p.letters[l.ID-1].Content = content
	}
	p.saved = append(p.saved, fmt.Sprint(l.ID, " ", l.State))
	return nil
}

// states gives how the letters stand.
func states(letters []Letter) string {
	var all []string
	for _, l := range letters {
		all = append(all, string(l.State))
	}
	return strings.Join(all, " ")
}

// outbox is one of these letters whose sender is set up.
func outbox(t *testing.T, p *post) (*office, *Outbox) {
	t.Helper()
	o, a := newOffice()
	if _, err := a.SaveMailSettings(t.Context(), usual, secret("parola")); err != nil {
		t.Fatal(err)
	}
	return o, NewOutbox(p, a, func() time.Time { return noon })
}

func TestDeliverMail_sendsWhatIsDueOnOneLine(t *testing.T) {
	p := newPost(StateQueued, StateRefused, StateQueued, StateQueued)
	p.letters[3].NextAt = noon.Add(time.Second)
	o, box := outbox(t, p)
	var stood []string
	o.sending = func(_ context.Context, l Letter) error {
		stood = append(stood, fmt.Sprint(l.Content.Subject, " ", p.letters[l.ID-1].State)) // noted before a word goes out
		return nil
	}
	done, err := box.DeliverMail(t.Context())
	if err != nil || states(done) != "sent sent" || states(p.letters) != "sent refused sent queued" || done[0].Attempts != 1 || !done[0].ChangedAt.Equal(noon) {
		t.Errorf("%+v, %v", done, err)
	}
	if !slices.Equal(stood, []string{"Rapor sending", "Rapor sending"}) || len(o.dialled) != 1 || o.dialled[0] != "smtp.example.com ayşe parola" || o.open != 0 {
		t.Errorf("%v, %v, %d lines", stood, o.dialled, o.open)
	}
	dialled := len(o.dialled)
	if done, err := box.DeliverMail(t.Context()); err != nil || len(done) != 0 || len(o.dialled) != dialled {
		t.Errorf("with nothing due: %+v, %v, %v", done, err, o.dialled)
	}
}

func TestDeliverMail_waitsForASender(t *testing.T) {
	p := newPost(StateQueued)
	o, a := newOffice()
	box := NewOutbox(p, a, func() time.Time { return noon })
	if done, err := box.DeliverMail(t.Context()); err != nil || len(done) != 0 || p.letters[0].Attempts != 0 {
		t.Errorf("%+v, %v", done, err)
	}
	o.disk = errDisk
	if _, err := box.DeliverMail(t.Context()); !errors.Is(err, errDisk) {
		t.Error(err)
	}
}

// A server that is away, and a password that is out of reach, make all of them wait.
func TestDeliverMail_postponesWhatCannotGo(t *testing.T) {
	for name, tt := range map[string]struct {
		breaks func(o *office)
		cause  domain.Kind
	}{
		"away":   {func(o *office) { o.away = errLine }, domain.KindMailNetwork},
		"locked": {func(o *office) { o.locked = errLocked }, domain.KindKeyring},
	} {
		p := newPost(StateQueued, StateQueued)
		o, box := outbox(t, p)
		tt.breaks(o)
		done, err := box.DeliverMail(t.Context())
		if err != nil || states(done) != "queued queued" || states(p.letters) != "queued queued" {
			t.Errorf("%s: %+v, %v", name, done, err)
		}
		for _, l := range p.letters {
			if l.Cause != tt.cause || !l.NextAt.Equal(noon.Add(time.Minute)) || l.Attempts != 1 || l.Content.Subject != "Rapor" {
				t.Errorf("%s: %+v", name, l)
			}
		}
		p = newPost(StateQueued, StateQueued)
		o, box = outbox(t, p)
		tt.breaks(o)
		p.n = 3 // the second note
		if done, err := box.DeliverMail(t.Context()); !errors.Is(err, errDisk) || states(done) != "queued" {
			t.Errorf("%s: %+v, %v", name, done, err)
		}
	}
	p := newPost(StateQueued)
	o, box := outbox(t, p)
	ctx, cancel := context.WithCancel(t.Context())
	o.away = errLine
	cancel()
	if _, err := box.DeliverMail(ctx); domain.KindOf(err) != domain.KindCancelled || p.letters[0].Attempts != 0 {
		t.Errorf("the program ends: %v, %+v", err, p.letters[0])
	}
}

// One letter that breaks the line does not keep the next ones from going.
func TestDeliverMail_dialsAgainBehindABrokenLine(t *testing.T) {
	breaks := func(o *office, away error) {
		o.sending = func(_ context.Context, l Letter) error {
			if l.ID == 1 {
				o.away = away
				return domain.E(domain.KindMailUnknown, "send", nil)
			}
			return nil
		}
	}
	p := newPost(StateQueued, StateQueued, StateQueued)
	o, box := outbox(t, p)
	breaks(o, nil)
	done, err := box.DeliverMail(t.Context())
	if err != nil || states(done) != "unknown sent sent" || states(p.letters) != "unknown sent sent" || len(o.dialled) != 2 || o.open != 0 {
		t.Errorf("%s, %v, %v, %d lines", states(done), err, o.dialled, o.open)
	}
	p = newPost(StateQueued, StateQueued, StateQueued)
	o, box = outbox(t, p)
	breaks(o, errLine)
	done, err = box.DeliverMail(t.Context())
	if err != nil || states(done) != "unknown queued queued" || states(p.letters) != "unknown queued queued" || p.letters[2].Cause != domain.KindMailNetwork || o.open != 0 {
		t.Errorf("%s, %v, %d lines", states(done), err, o.open)
	}
	p = newPost(StateQueued, StateQueued, StateQueued)
	o, box = outbox(t, p)
	breaks(o, errLine)
	p.n = 5 // the note that the second waits
	if done, err := box.DeliverMail(t.Context()); !errors.Is(err, errDisk) || states(done) != "unknown" {
		t.Errorf("%s, %v", states(done), err)
	}
	p = newPost(StateQueued) // behind the last one there is nobody to dial for
	o, box = outbox(t, p)
	breaks(o, nil)
	if done, err := box.DeliverMail(t.Context()); err != nil || states(done) != "unknown" || len(o.dialled) != 1 || o.open != 0 {
		t.Errorf("%s, %v, %v", states(done), err, o.dialled)
	}
}

// Whatever of our own fails ends the round and is said; no letter is sent that was not noted before.
func TestDeliverMail_failingAnywhereIsSaid(t *testing.T) {
	for n := 1; ; n++ {
		p := newPost(StateQueued, StateQueued)
		o, box := outbox(t, p)
		p.n = n
		done, err := box.DeliverMail(t.Context())
		reached := p.calls >= n
		if reached != errors.Is(err, errDisk) || o.open != 0 {
			t.Errorf("call %d: %v, %d lines", n, err, o.open)
		}
		for _, l := range o.sent {
			if !slices.Contains(p.saved, fmt.Sprint(l.ID, " sending")) {
				t.Errorf("call %d: letter %d was sent and is %s", n, l.ID, p.letters[l.ID-1].State)
			}
		}
		if len(done) > 1 && reached || len(done) == 1 && done[0].State != StateSent {
			t.Errorf("call %d: %+v", n, done)
		}
		if !reached {
			if n != 8 { // the look; letter, note and end of two
				t.Errorf("%d calls", n-1)
			}
			break
		}
	}
}

// A letter that is being handed over when the program ends has a little time, and how it ended is noted.
func TestDeliverMail_hurriesWhenTheProgramEnds(t *testing.T) {
	for name, takes := range map[string]time.Duration{"in time": lastWait - time.Second, "too long": time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			p := newPost(StateQueued)
			o, box := outbox(t, p)
			ctx, cancel := context.WithCancel(t.Context())
			began := time.Now()
			o.sending = func(ctx context.Context, _ Letter) error {
				cancel()
				select {
				case <-time.After(takes):
					return nil
				case <-ctx.Done():
					return domain.E(domain.KindMailUnknown, "send", ctx.Err())
				}
			}
			_, err := box.DeliverMail(ctx)
			took := time.Since(began)
			if want := min(takes, lastWait); err != nil || took != want || (p.letters[0].State == StateSent) != (takes < lastWait) || (p.letters[0].State == StateUnknown) != (takes > lastWait) {
				t.Errorf("%s: %s after %v, %v", name, p.letters[0].State, took, err)
			}
		})
	}
}

func TestOutbox_sendsAgainAndDismissesWhatAPersonMay(t *testing.T) {
	for state, may := range map[State]bool{StateQueued: true, StateUnknown: true, StateRefused: true, StateSending: false, StateSent: false, StateDismissed: false} {
		for name, tt := range map[string]struct {
			do   func(o *Outbox) error
			want State
		}{
			"again":   {func(o *Outbox) error { return o.SendAgain(t.Context(), 1) }, StateQueued},
			"dismiss": {func(o *Outbox) error { return o.DismissLetter(t.Context(), 1) }, StateDismissed},
			"now": {func(o *Outbox) error {
				l, err := o.SendNow(t.Context(), 1)
				if err == nil && l.State != StateSent {
					t.Errorf("%s of %s: it is %s", "now", state, l.State)
				}
				return err
			}, StateSent},
		} {
			p := newPost(state)
			p.letters[0].Cause, p.letters[0].Detail, p.letters[0].NextAt = domain.KindMailRefused, "550", noon.Add(time.Hour)
			_, box := outbox(t, p)
			err := tt.do(box)
			l := p.letters[0]
			switch {
			case !may && (domain.KindOf(err) != domain.KindState || l.State != state || l.Cause == ""):
				t.Errorf("%s of %s: %+v, %v", name, state, l, err)
			case may && (err != nil || l.State != tt.want || !l.NextAt.IsZero() || (l.Cause+domain.Kind(l.Detail) == "") != (tt.want != StateDismissed)):
				t.Errorf("%s of %s: %+v, %v", name, state, l, err)
			}
			if woken := len(box.posted) == 1; woken != (may && name != "dismiss") {
				t.Errorf("%s of %s: woken is %v", name, state, woken)
			}
			for n := 1; may; n++ {
				p := newPost(state)
				_, box := outbox(t, p)
				p.n = n
				err := tt.do(box)
				if reached := p.calls >= n; reached != errors.Is(err, errDisk) {
					t.Errorf("%s of %s, call %d: %v", name, state, n, err)
				} else if !reached {
					break
				}
			}
		}
	}
}

func TestOutbox_looksNowAndThenAndWhenSomethingHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, a := newOffice()
		p := newPost()
		o := NewOutbox(p, a, time.Now)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); o.Keep(ctx, a.log) }()
		looks := func(when string, want int32) {
			t.Helper()
			synctest.Wait()
			if got := p.looks.Load(); got != want {
				t.Errorf("%s: %d looks, want %d", when, got, want)
			}
		}
		looks("at first", 1)
		o.Wake()
		looks("a new letter", 2)
		if _, err := a.SaveMailSettings(t.Context(), usual, nil); err != nil {
			t.Fatal(err)
		}
		looks("another sender", 3)
		<-time.After(every - time.Second)
		looks("within a minute", 3)
		<-time.After(time.Second)
		looks("a minute later", 4)
		cancel()
		<-done
	})
}
