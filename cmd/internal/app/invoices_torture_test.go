package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// invoiceTorture are two machines of one firm whose programs are killed while they make invoices, in a storm.
type invoiceTorture struct {
	*seller
	other     *machine
	random    *rand.Rand
	formalise bool
	sold      []sale
	held      map[string]string
	at        int            // the next of sold that is named
	kills     map[string]int // by what was going on
	busy      int            // programs that found the company in use
	stopped   map[domain.Kind]int
}

// deadly is a delay that no answer has: whoever waits for that one is killed.
const deadly = time.Minute

// faster is by how much the clock of the other machine is ahead: no two go alike.
const faster = 7 * time.Second

// invoiceStorm is what İşbaşı does meanwhile: now a call is not carried out, now its answer is lost, now it is carried
// out when nobody expects it any more.
func invoiceStorm() []sandbox.Fault {
	const late = patient / 3
	list, detail, taxpayer := sandbox.RouteInvoices, sandbox.RouteInvoice, sandbox.RouteTaxpayer
	draft, send, remove := sandbox.RouteDraft, sandbox.RouteFormalise, sandbox.RouteDeleteInvoices
	return []sandbox.Fault{
		{Kind: sandbox.FaultHTML, Status: 503, Route: list, Every: 6},
		{Kind: sandbox.FaultCut, Route: list, Every: 7},
		{Kind: sandbox.FaultToken, Route: list, Every: 11},
		{Kind: sandbox.FaultHTML, Status: 503, Route: detail, Every: 9},
		{Kind: sandbox.FaultCut, Route: detail, Every: 10},
		{Kind: sandbox.FaultToken, Route: detail, Every: 23},
		{Kind: sandbox.FaultHTML, Status: 503, Route: taxpayer, Every: 4},
		{Kind: sandbox.FaultCut, Route: taxpayer, Every: 6},
		{Kind: sandbox.FaultLost, Route: draft, Every: 9},
		{Kind: sandbox.FaultDrop, Route: draft, Every: 11},
		{Kind: sandbox.FaultHTML, Status: 503, Route: draft, Every: 13},
		{Kind: sandbox.FaultHTML, Status: 504, After: true, Route: draft, Every: 14},
		{Kind: sandbox.FaultCut, Route: draft, Every: 15},
		{Kind: sandbox.FaultLate, Delay: late, Route: draft, Every: 17},
		{Kind: sandbox.FaultLate, Delay: late, Status: 504, Route: draft, Every: 19},
		{Kind: sandbox.FaultToken, Route: draft, Every: 16},
		{Kind: sandbox.FaultRate, RetryAfter: time.Second, Route: draft, Every: 41},
		{Kind: sandbox.FaultStatus, Status: 500, After: true, Route: draft, Every: 25},
		{Kind: sandbox.FaultDelay, Delay: 2 * time.Millisecond, After: true, Route: draft, Every: 3},
		{Kind: sandbox.FaultLost, Route: send, Every: 5},
		{Kind: sandbox.FaultDrop, Route: send, Every: 7},
		{Kind: sandbox.FaultHTML, Status: 503, Route: send, Every: 8},
		{Kind: sandbox.FaultHTML, Status: 504, After: true, Route: send, Every: 9},
		{Kind: sandbox.FaultCut, Route: send, Every: 11},
		{Kind: sandbox.FaultLate, Delay: late, Route: send, Every: 12},
		{Kind: sandbox.FaultToken, Route: send, Every: 13},
		{Kind: sandbox.FaultLost, Route: remove, Every: 3},
		{Kind: sandbox.FaultHTML, Status: 503, Route: remove, Every: 4},
		{Kind: sandbox.FaultDrop, Route: remove, Every: 5},
	}
}

func newInvoiceTorture(t *testing.T, n int, seed uint64, formalise bool) *invoiceTorture {
	t.Helper()
	x := &invoiceTorture{
		random: rand.New(rand.NewPCG(seed, 17)), formalise: formalise, kills: map[string]int{}, stopped: map[domain.Kind]int{},
	}
	registered, unanswered := x.sell(n)
	x.seller = openSeller(t, func(o *sandbox.Options) {
		o.Registered, o.Unanswered, o.GIBReads, o.RefusedIsDraft = registered, unanswered, 2, true
	})
	x.other = newMachine(t, x.server, catalogue()...)
	for _, m := range []*machine{x.machine, x.other} {
		if done := x.imports(m.c, x.sold); done.New != n {
			t.Fatalf("%+v", done)
		}
		settings, err := m.c.Settings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		settings.AutoFormalise = formalise
		if err := errors.Join(m.c.SaveSettings(t.Context(), settings), m.c.SaveQuotaLimits(t.Context(), quota.Limits{Reads: 1_000_000, Writes: 1_000_000})); err != nil {
			t.Fatal(err)
		}
		m.closed(t)
	}
	return x
}

// sell sells n packages: to people, to companies that are registered and that are not, and some that are to stay here.
func (x *invoiceTorture) sell(n int) (registered, unanswered []string) {
	x.held = map[string]string{}
	for i := range 20 {
		registered = append(registered, domain.CompleteVKN(fmt.Sprintf("45%07d", 1+7919*i)))
	}
	unanswered = []string{domain.CompleteVKN("777777777")}
	for i := range n {
		s := sale{
			pack: fmt.Sprintf("31%08d", i+1), status: "Teslim Edildi", first: "Işıl", last: fmt.Sprintf("Çağrı%d", i),
			address: fmt.Sprintf("Örnek Mah. İnce Sk. No:%d", i), city: "İstanbul", district: "Kadıköy",
		}
		for range 1 + x.random.IntN(3) {
			a := x.random.Int64N(articles)
			if !slices.ContainsFunc(s.items, func(i item) bool { return i.article == a }) {
				s.items = append(s.items, item{a, 1 + x.random.Int64N(4), 100 + x.random.Int64N(90_000), x.random.Int64N(90)})
			}
		}
		switch {
		case i%7 == 1:
			s.company, s.taxNumber, s.taxOffice, s.city, s.district = fmt.Sprintf("ÖRNEK %d A.Ş.", i), registered[x.random.IntN(len(registered))], "Çankaya", "Ankara", "Çankaya"
		case i%11 == 3:
			s.company, s.taxNumber, s.city, s.district = fmt.Sprintf("YEREL %d LTD. ŞTİ.", i), domain.CompleteVKN(fmt.Sprintf("33%07d", 1+x.random.IntN(9))), "İzmir", "Konak"
		case i%10 == 5: // the sums of people's orders repeat
			s.items = []item{{0, 3, 5990, 0}}
		case i%12 == 6:
			x.held[s.pack] = x.spoil(&s, i/12, unanswered[0])
		}
		x.sold = append(x.sold, s)
	}
	x.random.Shuffle(n, func(i, j int) { x.sold[i], x.sold[j] = x.sold[j], x.sold[i] })
	return registered, unanswered
}

// spoil makes a sale one that is to stay here, and says why.
func (x *invoiceTorture) spoil(s *sale, way int, unanswered string) string {
	switch way % 6 {
	case 0:
		s.company = "NUMARASIZ A.Ş."
		return "company_no_number"
	case 1:
		s.first = "I***"
		return "masked"
	case 2:
		s.status = "İptal Edildi"
		return "status"
	case 3:
		s.district = ""
		return "address"
	case 4:
		s.items = []item{{articles + 1, 1, 100, 0}}
		return "vat_missing no_product"
	default:
		s.company, s.taxNumber = "CEVAPSIZ A.Ş.", unanswered
		return "registry_unknown"
	}
}

// program is a child at work.
type program struct {
	errand    invoiceErrand
	process   *exec.Cmd
	said, cry bytes.Buffer
	ended     chan error
	killed    bool
	by        string // what has killed it
	told      told
}

func (x *invoiceTorture) start(m *machine, e invoiceErrand) *program {
	x.t.Helper()
	e.Dir, e.URL = m.dir, x.server.URL()
	if m == x.other {
		e.Clock += faster
	}
	text, err := json.Marshal(e)
	if err != nil {
		x.t.Fatal(err)
	}
	p := &program{errand: e, process: exec.Command(os.Args[0]), ended: make(chan error, 1)}
	p.process.Env = append(os.Environ(), invoiceWork+"="+string(text))
	p.process.Stdout, p.process.Stderr = &p.said, &p.cry
	if err := p.process.Start(); err != nil {
		x.t.Fatal(err)
	}
	go func() { p.ended <- p.process.Wait() }()
	return p
}

// wait waits for children to end, and kills them all when one of them waits for an answer that never comes.
func (x *invoiceTorture) wait(programs ...*program) {
	x.t.Helper()
	const often = 500 * time.Microsecond
	before := len(x.struck())
	for _, p := range programs {
		for done := false; !done; {
			select {
			case err := <-p.ended:
				x.end(p, err)
				done = true
			case <-time.After(often):
				struck := x.struck()
				if len(struck) == before {
					continue
				}
				for _, q := range programs {
					q.by = struck[len(struck)-1]
					_ = q.process.Process.Kill() // that may have ended
				}
				before = len(struck)
			}
		}
	}
}

// struck are the deadly delays that were met, by what they hold up.
func (x *invoiceTorture) struck() (all []string) {
	for _, f := range x.server.Faults() {
		if f.Delay == deadly && f.Struck > 0 {
			when := "before"
			if f.After {
				when = "after"
			}
			all = append(all, f.Route+" "+when)
		}
	}
	return all
}

// end notes what has become of a child.
func (x *invoiceTorture) end(p *program, err error) {
	x.t.Helper()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && p.cry.Len() == 0: // whoever ends with an error says which
		p.killed = true
		if p.by == "" {
			p.by = string(p.errand.Blow.Phase)
		}
		x.kills[p.by]++
		return
	case err != nil:
		x.t.Fatalf("%+v ended by itself: %v\n%s", p.errand, err, p.cry.String())
	}
	if err := json.Unmarshal(p.said.Bytes(), &p.told); err != nil {
		x.t.Fatal(err, p.said.String())
	}
	x.stopped[p.told.Kind]++
	switch p.told.Kind {
	case "", domain.KindUnavailable, domain.KindNetwork, domain.KindQuota, domain.KindSlowDown, domain.KindNeedsSignIn, domain.KindBadAnswer, domain.KindUnknown:
	case domain.KindBusy:
		x.busy++
	default:
		x.t.Errorf("%+v was stopped by %s", p.errand, p.told.Error)
	}
}

// dead is how many kills there were.
func (x *invoiceTorture) dead() (n int) {
	for _, k := range x.kills {
		n += k
	}
	return n
}

// round names some orders, and has programs work on them until one is killed or all have ended.
func (x *invoiceTorture) round(most int) {
	x.t.Helper()
	var named []string
	for range 1 + x.random.IntN(most) {
		named = append(named, x.sold[x.at%len(x.sold)].pack)
		x.at++
	}
	e := invoiceErrand{Do: making, Packages: named, Blow: x.blow(most)}
	if x.random.IntN(6) == 0 {
		e.Clock = -time.Hour
	}
	if x.formalise && x.random.IntN(8) == 0 {
		e.Do, e.Packages = formalising, nil
	}
	machines := []*machine{x.machine, x.other}
	x.random.Shuffle(2, func(i, j int) { machines[i], machines[j] = machines[j], machines[i] })
	programs := []*program{x.start(machines[0], e)}
	switch x.random.IntN(4) {
	case 0: // another machine of the firm wants the same
		programs = append(programs, x.start(machines[1], invoiceErrand{Do: making, Packages: named, Blow: x.blow(most)}))
	case 1: // another program of the same data folder
		programs = append(programs, x.start(machines[0], invoiceErrand{Do: making, Packages: named}))
	default:
	}
	x.wait(programs...)
}

// blow chooses how the next child dies.
func (x *invoiceTorture) blow(most int) blow {
	phases := []issuing.Phase{
		issuing.PhaseChecking, issuing.PhaseAsking, issuing.PhaseDrafting, issuing.PhaseDrafting, issuing.PhaseDrafting, issuing.PhaseReading,
		issuing.PhaseFormalising, issuing.PhaseFormalising, issuing.PhaseConfirming,
	}
	if !x.formalise {
		phases = phases[:6]
	}
	b := blow{Strikes: true, Phase: phases[x.random.IntN(len(phases))], Done: x.random.IntN(most)}
	switch x.random.IntN(8) {
	case 0: // the intent is stored, or so far: what has to be sent is not
		x.hold(most, false)
		return blow{}
	case 1: // it is carried out, and nobody hears of it
		x.hold(most, true)
		return blow{}
	case 2: // the answer is stored, and nothing after it
		b.Done = 1 + x.random.IntN(most)
	case 3: // while it starts
		return blow{Strikes: true, After: time.Duration(x.random.Int64N(int64(300 * time.Millisecond)))}
	default:
		b.After = time.Duration(x.random.Int64N(int64(20 * time.Millisecond)))
	}
	if b.Phase == issuing.PhaseChecking {
		b.Done = 0
	}
	return b
}

// hold holds up one of the next calls that write until whoever waits for it is killed.
func (x *invoiceTorture) hold(most int, after bool) {
	routes := []string{sandbox.RouteDraft, sandbox.RouteDraft, sandbox.RouteDeleteInvoices}
	if x.formalise {
		routes = append(routes, sandbox.RouteFormalise)
	}
	x.server.Fault(sandbox.Fault{
		Kind: sandbox.FaultDelay, Delay: deadly, After: after, Route: routes[x.random.IntN(len(routes))], Nth: 1 + x.random.IntN(most), Times: 1,
	})
}

// copyOf keeps the file of a machine's company as it is now, and gives what puts it back.
func (x *invoiceTorture) copyOf(m *machine) (back func()) {
	x.t.Helper()
	path := filepath.Join(m.dir, "companies", string(m.info.ID)+".db")
	kept := map[string][]byte{}
	for _, ending := range []string{"", "-wal", "-shm"} {
		content, err := os.ReadFile(path + ending)
		if err == nil {
			kept[ending] = content
		} else if ending == "" {
			x.t.Fatal(err)
		}
	}
	return func() {
		x.t.Helper()
		for _, ending := range []string{"", "-wal", "-shm"} {
			err := os.Remove(path + ending)
			if content, ok := kept[ending]; ok {
				err = os.WriteFile(path+ending, content, 0o600)
			}
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				x.t.Fatal(err)
			}
		}
	}
}

// calm lets everything come to rest: each machine settles what is left, until nothing moves on either.
func (x *invoiceTorture) calm() {
	x.t.Helper()
	x.server.Mend()
	x.server.Settle()
	found, freed := 0, 0
	for range 60 {
		<-time.After(2 * patient) // what is late has arrived, and may be missed for the second time
		moved := 0
		for _, m := range []*machine{x.machine, x.other} {
			p := x.start(m, invoiceErrand{Do: settling})
			if x.wait(p); p.killed || p.told.Kind != "" {
				x.t.Fatalf("in calm weather: %+v", p.told)
			}
			moved, found, freed = moved+p.told.Moved, found+p.told.Found, freed+p.told.Freed
		}
		if moved == 0 {
			x.t.Logf("of what was unknown in the end %d were found, %d were nowhere and let be issued again", found, freed)
			return
		}
	}
	x.t.Fatal("it does not come to rest")
}

func TestTortureInvoices_draftsExactlyOnce(t *testing.T)     { tortureInvoices(t, false) }
func TestTortureInvoices_formalisesExactlyOnce(t *testing.T) { tortureInvoices(t, true) }

// tortureInvoices kills the programs of two machines at random moments, in a storm, with clocks that are set back and files
// that are restored: by the stand-in's own log every order has one invoice in the end, or a reason for none.
func tortureInvoices(t *testing.T, formalise bool) {
	n, want := given(t, "ORDERS", tortureOrders), given(t, "KILLS", tortureInvoiceKills)
	seed := given(t, "SEED", int(time.Now().UnixNano()))
	t.Logf("make torture ORDERS=%d KILLS=%d SEED=%d", n, want, seed)
	began := time.Now()
	x := newInvoiceTorture(t, n, uint64(seed), formalise)
	for _, f := range invoiceStorm() {
		x.server.Fault(f)
	}
	most := max(3, n/want)
	var back func()
	restored := 0
	for round := 0; x.dead() < want && round < 20*want; round++ {
		before := x.dead()
		if x.round(most); x.dead()/50 > before/50 {
			t.Logf("%d kills in %.0f s", x.dead(), time.Since(began).Seconds())
		}
		m := []*machine{x.machine, x.other}[x.random.IntN(2)]
		switch every := max(3, want/8); {
		case back != nil && x.random.IntN(every) == 0:
			back()
			restored, back = restored+1, nil
		case back == nil && x.random.IntN(every/2+1) == 0:
			back = x.copyOf(m)
		}
	}
	stormed := time.Since(began)
	x.tell(restored, stormed)
	x.calm()
	for _, m := range []*machine{x.machine, x.other} {
		m.open(t)
	}
	x.judge()
	t.Logf("%d orders, %d kills, %.0f s, %.0f s of them in calm weather", n, x.dead(), time.Since(began).Seconds(), (time.Since(began) - stormed).Seconds())
}

// tell tells what has struck.
func (x *invoiceTorture) tell(restored int, took time.Duration) {
	x.t.Helper()
	faults := map[string]int{}
	for _, c := range x.server.Log() {
		for _, f := range c.Faults {
			faults[c.Route+" "+string(f)]++
		}
	}
	x.t.Logf("%d kills in %.0f s: %v", x.dead(), took.Seconds(), x.kills)
	x.t.Logf("faults: %v", faults)
	x.t.Logf("%d programs found the company busy, %d files were restored, runs were stopped by %v", x.busy, restored, x.stopped)
	if x.dead() < 100 {
		return // too few for everything to have come up
	}
	for _, f := range invoiceStorm() {
		if name := f.Route + " " + string(f.Kind); faults[name] == 0 && (x.formalise || f.Route != sandbox.RouteFormalise) {
			x.t.Errorf("that was no storm: never %s", name)
		}
	}
	for _, by := range []string{
		"", string(issuing.PhaseChecking), string(issuing.PhaseDrafting), string(issuing.PhaseReading),
		sandbox.RouteDraft + " before", sandbox.RouteDraft + " after",
	} {
		if x.kills[by] == 0 {
			x.t.Errorf("that was no storm: nobody was killed in %q", by)
		}
	}
	if x.busy == 0 || restored == 0 {
		x.t.Error("that was no storm: nobody met another program, or a restored file")
	}
}

// judge holds what is there in the end, by the stand-in's own log, against what was sold.
func (x *invoiceTorture) judge() {
	x.t.Helper()
	standing, formalised, deleted, refused := x.standing(), map[string]int{}, 0, 0
	for _, v := range x.server.Invoices() {
		pack := x.packOf(&v)
		// The people of two machines may say of one draft at the same moment that it be sent: İşbaşı refuses the second.
		formalised[pack] += v.Sent
		refused += v.Formalised - v.Sent
		if !v.DeletedAt.IsZero() {
			deleted++
			if v.Sent > 0 {
				x.t.Errorf("%s: a formalised invoice was deleted", pack)
			}
		}
	}
	sent := 0
	for n := range x.sold {
		s := &x.sold[n]
		there := standing[s.pack]
		if why := x.held[s.pack]; why != "" {
			if len(there) > 0 || formalised[s.pack] > 0 {
				x.t.Errorf("%s is held by %s and has %d invoices", s.pack, why, len(there))
			}
			continue
		}
		if len(there) != 1 {
			x.t.Errorf("%s has %d invoices", s.pack, len(there))
			x.explain(s)
			continue
		}
		v := there[0]
		kind := sandbox.KindEArchive
		if len(s.taxNumber) == domain.VKNLength && s.taxNumber[:2] == "45" {
			kind = sandbox.KindEInvoice
		}
		x.compareInvoice(&v, kind)
		sent += formalised[s.pack]
		if formalised[s.pack] > 1 || v.Sent != formalised[s.pack] || !x.formalise && v.Formalised > 0 {
			x.t.Errorf("%s was formalised %d times", s.pack, formalised[s.pack])
			x.explain(s)
		}
		if x.formalise && v.Status != sandbox.StatusDone {
			x.t.Errorf("%s is %d", s.pack, v.Status)
		}
		for _, m := range []*machine{x.machine, x.other} {
			x.knows(m, s, &v)
		}
	}
	for _, m := range []*machine{x.machine, x.other} {
		x.rests(m)
	}
	x.t.Logf("%d invoices, %d drafts were deleted, %d sent, %d calls to send one refused", len(standing), deleted, sent, refused)
}

// knows expects that a machine knows the invoice of a sale.
func (x *invoiceTorture) knows(m *machine, s *sale, v *sandbox.Invoice) {
	x.t.Helper()
	records, err := m.c.RecordsOf(x.t.Context(), s.key())
	if err != nil {
		x.t.Fatal(err)
	}
	standing := 0
	for _, r := range records {
		if r.Open() {
			x.t.Errorf("%s: an attempt is %s", s.pack, r.State)
		}
		if !r.Stands() {
			continue
		}
		standing++
		want := invoicing.AttemptChecked
		if v.Status == sandbox.StatusDone {
			want = invoicing.AttemptIssued
		}
		if string(r.Remote) != fmt.Sprint(v.ID) || r.State != want || r.State == invoicing.AttemptIssued && r.Number != v.Number {
			x.t.Errorf("%s is %s %s here, %d at İşbaşı (%d)", s.pack, r.State, r.Remote, v.ID, v.Status)
		}
	}
	if standing != 1 {
		x.t.Errorf("%s has %d attempts that stand", s.pack, standing)
	}
}

// rests expects that every order of a machine is invoiced, or held with a reason.
func (x *invoiceTorture) rests(m *machine) {
	x.t.Helper()
	for k, err := range m.c.EachOrder(x.t.Context(), orders.Query{}) {
		if err != nil {
			x.t.Fatal(err)
		}
		why := x.held[k.Package]
		switch {
		case why == "" && k.Verdict.Stage == orders.StageInvoiced:
		case why != "" && len(k.Holding()) > 0 && fmt.Sprint(k.Verdict.Reasons) == "["+why+"]":
		default:
			x.t.Errorf("%s is %s for %v, want %q", k.Package, k.Verdict.Stage, k.Verdict.Reasons, why)
		}
	}
}

// explain tells all that is known of a sale's invoices.
func (x *invoiceTorture) explain(s *sale) {
	x.t.Helper()
	for _, v := range x.server.Invoices() {
		if x.packOf(&v) == s.pack {
			nonce, _ := invoicing.NonceIn(v.Description)
			x.t.Logf("at İşbaşı: %d %s made %s, status %d, formalised %d, deleted %s", v.ID, nonce, v.CreatedAt, v.Status, v.Formalised, v.DeletedAt)
		}
	}
	for n, m := range []*machine{x.machine, x.other} {
		records, err := m.c.RecordsOf(x.t.Context(), s.key())
		if err != nil {
			x.t.Fatal(err)
		}
		for _, r := range records {
			nonce, _ := invoicing.NonceIn(r.Draft.Description)
			x.t.Logf("machine %d: %s %s %s begun %s, sent %s, missed %d, %s %s", n, r.Remote, nonce, r.State, r.IntentAt, r.SentAt, r.Missed, r.Cause, r.Detail)
		}
	}
}
