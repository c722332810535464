package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

var errBroken = errors.New("broken")

// office is a company in memory, with everything that its reporter works with. What its broken map names
// fails; of rows and files that is the second one.
type office struct {
	runs     map[int64]transfer.Run
	plan     *transfer.Plan
	sender   mail.Settings
	saved    []Saved
	letters  []mail.Letter // that SaveReport and QueueLetter were given
	files    map[string]string
	woken    int
	broken   map[string]error
	log      bytes.Buffer
	reporter *Reporter
	mu       sync.Mutex // of files and woken: reports that are written by themselves
}

// problemCount is how many rows of a run need a person: more than any report shows.
const problemCount = pageProblems + 5

const taxNumber = "12345678950"

var runEnd = time.Date(2026, 11, 24, 21, 30, 0, 0, time.UTC)

// newOffice has a transfer 12 that is done, whose report was wanted by to ("": by nobody).
func newOffice(to string) *office {
	o := &office{
		runs: map[int64]transfer.Run{12: {
			ID: 12, State: transfer.StateDone, CreatedAt: runEnd, FinishedAt: runEnd, Options: transfer.Options{ReportTo: to},
			Counters: transfer.Counters{Read: 9, Pending: 2, Failed: 3},
		}},
		files: map[string]string{}, broken: map[string]error{},
		sender: mail.Settings{Host: "smtp.example.com", Port: 25, From: "rapor@example.com"},
	}
	o.reporter = NewReporter(Deps{
		Company: "Sahibi " + taxNumber, Store: o, Files: o, Outbox: o, Write: o.Write,
		Workbook: func(out io.Writer, r Report, w words.Words, rows iter.Seq2[transfer.Listed, error]) error {
			_, _ = fmt.Fprint(out, "book in ", w.Lang, " of ", r.Company, ":")
			for row, err := range rows {
				if err != nil {
					return err
				}
				_, _ = fmt.Fprint(out, " ", row.Remote.Name)
			}
			return o.broken["workbook"]
		},
		Draft: func(out io.Writer, l mail.Letter) error {
			_, _ = fmt.Fprint(out, "draft to ", l.To, ": ", l.Content.Subject)
			return o.broken["draft"]
		},
		Words:  func(context.Context) (words.Words, error) { return language, o.broken["words"] },
		Sender: func(context.Context) (mail.Settings, error) { return o.sender, o.broken["sender"] },
		Log:    slog.New(slog.NewTextHandler(&o.log, nil)),
		Now:    func() time.Time { return domaintest.Moment },
	})
	return o
}

func (o *office) Run(_ context.Context, id int64) (transfer.Run, error) {
	r, ok := o.runs[id]
	if !ok {
		return r, domain.E(domain.KindNotFound, "find the transfer", nil)
	}
	return r, nil
}

// UnreportedRuns gives what there is beside its error, as no store does.
func (o *office) UnreportedRuns(context.Context) ([]transfer.Run, error) {
	var runs []transfer.Run
	for _, r := range o.runs {
		if !slices.ContainsFunc(o.saved, func(s Saved) bool { return s.RunID == r.ID }) {
			runs = append(runs, r)
		}
	}
	return runs, o.broken["unreported"]
}

func (o *office) TransferPlan(_ context.Context, run int64) (transfer.Plan, error) {
	if o.plan == nil && o.broken["plan"] == nil {
		return transfer.Plan{}, domain.E(domain.KindNotFound, fmt.Sprintf("find the plan of transfer %d", run), nil)
	}
	if o.plan == nil {
		return transfer.Plan{}, o.broken["plan"]
	}
	return *o.plan, nil
}

func (o *office) RowGroups(context.Context, int64) ([]Group, error) {
	return []Group{{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonConflict, N: 7}}, o.broken["groups"]
}

// Rows has problemCount rows that need a person, and as many that deviate from the plan.
func (o *office) Rows(_ context.Context, q transfer.Query) ([]transfer.Listed, int, error) {
	name, what := "problem", "problems"
	if q.Deviating {
		name, what = "deviation", "deviations"
	}
	if want := (transfer.Query{RunID: 12, Attention: !q.Deviating, Deviating: q.Deviating, Limit: q.Limit}); !reflect.DeepEqual(q, want) {
		return nil, 0, fmt.Errorf("asked for %+v", q)
	}
	var rows []transfer.Listed
	for n := range problemCount {
		if q.Limit == 0 || n < q.Limit {
			rows = append(rows, listedAs(fmt.Sprint(name, n, "-", taxNumber)))
		}
	}
	return rows, problemCount, o.broken[what]
}

func (o *office) EachRow(_ context.Context, q transfer.Query) iter.Seq2[transfer.Listed, error] {
	return func(yield func(transfer.Listed, error) bool) {
		if want := (transfer.Query{RunID: 12, Attention: true}); !reflect.DeepEqual(q, want) {
			yield(transfer.Listed{}, fmt.Errorf("asked for %+v", q))
			return
		}
		if yield(listedAs("first-"+taxNumber), nil) {
			yield(listedAs("second"), o.broken["rows"])
		}
	}
}

func listedAs(name string) (l transfer.Listed) {
	l.Remote.Name = name
	return l
}

func (o *office) ReportOf(_ context.Context, run int64, state transfer.State, open int) (Saved, bool, error) {
	i := slices.IndexFunc(o.saved, func(s Saved) bool { return s.RunID == run && s.State == state && s.Open == open })
	if i < 0 {
		return Saved{}, false, o.broken["report"]
	}
	return o.saved[i], true, o.broken["report"]
}

func (o *office) SaveReport(_ context.Context, s Saved, l *mail.Letter) error {
	if err := o.broken["save"]; err != nil {
		return err
	}
	o.saved = append([]Saved{s}, o.saved...)
	if l != nil {
		o.letters = append(o.letters, *l)
	}
	return nil
}

func (o *office) QueueLetter(_ context.Context, l mail.Letter) (mail.Letter, error) {
	if err := o.broken["queue"]; err != nil {
		return mail.Letter{}, err
	}
	o.letters = append(o.letters, l)
	l.ID = int64(len(o.letters))
	return l, nil
}

func (o *office) Create(w words.Words, stem, ending string, write func(io.Writer) error) (string, error) {
	path := fmt.Sprintf("%s/%s (%d)%s", w.Lang, stem, len(o.files), ending)
	return path, errors.Join(o.broken["create "+ending], o.Write(path, write))
}

func (o *office) Write(path string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.files[path] = b.String()
	return nil
}

func (o *office) Exists(path string) bool { return o.files[path] != "" }

func (o *office) Wake() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.woken++
}

func (o *office) Delivered(_ context.Context, id int64) (mail.Letter, error) {
	if err := o.broken["deliver"]; err != nil {
		return mail.Letter{}, err
	}
	l := o.letters[id-1]
	l.ID, l.State = id, mail.StateSent
	return l, nil
}

func TestReporter_makesAReportOfWhatIsStored(t *testing.T) {
	o := newOffice("")
	for _, n := range []int{0, 1, 3} {
		r, err := o.reporter.Report(t.Context(), 12, n)
		shown := n
		if n == 0 {
			shown = problemCount
		}
		switch {
		case err != nil || r.Company != "Sahibi "+taxNumber || r.Run.ID != 12 || !r.MadeAt.Equal(domaintest.Moment) || r.Plan != nil:
			t.Errorf("%+v, %v", r, err)
		case len(r.Reasons) != 1 || r.Reasons[0] != Count[matching.Reason]{matching.ReasonConflict, 7}:
			t.Errorf("%+v", r.Reasons)
		case len(r.Problems) != shown || r.ProblemCount != problemCount || r.Problems[0].Remote.Name != "problem0-"+taxNumber:
			t.Errorf("%d problems of %d", len(r.Problems), r.ProblemCount)
		case len(r.Deviations) != PageDeviations || r.DeviationCount != problemCount || r.Deviations[0].Remote.Name != "deviation0-"+taxNumber:
			t.Errorf("%d deviations of %d", len(r.Deviations), r.DeviationCount)
		}
	}
	o.plan = &transfer.Plan{RunID: 12}
	if r, err := o.reporter.Report(t.Context(), 12, 0); err != nil || r.Plan == nil || r.Plan.RunID != 12 {
		t.Errorf("%+v, %v", r.Plan, err)
	}
}

// Whatever cannot be read: its error comes up, and nothing of it is left behind.
func TestReporter_saysWhatFails(t *testing.T) {
	asks := map[string]func(o *office) error{
		"value": func(o *office) error { _, err := o.reporter.Report(t.Context(), 12, 0); return err },
		"saved": func(o *office) error { _, _, err := o.reporter.SavedReport(t.Context(), 12); return err },
		"file":  func(o *office) error { _, err := o.reporter.ReportFile(t.Context(), 12); return err },
		"html":  func(o *office) error { return o.reporter.WriteReport(t.Context(), 12, "a", ".html", "") },
		"xlsx":  func(o *office) error { return o.reporter.WriteReport(t.Context(), 12, "a", ".xlsx", "") },
		"eml":   func(o *office) error { return o.reporter.WriteReport(t.Context(), 12, "a", ".eml", "") },
		"mail": func(o *office) error {
			_, err := o.reporter.MailReport(t.Context(), 12, "ali@example.com")
			return err
		},
		"send": func(o *office) error {
			_, _, err := o.reporter.SendReport(t.Context(), 12, "ali@example.com")
			return err
		},
		"draft": func(o *office) error {
			o.sender = mail.Settings{}
			_, err := o.reporter.MailReport(t.Context(), 12, "ali@example.com")
			return err
		},
	}
	value, letter := []string{"groups", "problems", "deviations", "plan"}, []string{"sender", "workbook", "rows"}
	for ask, fails := range map[string][]string{
		"value": value,
		"saved": {"report"},
		"file":  append([]string{"report", "words", "workbook", "rows", "save", "create .html", "create .xlsx"}, value...),
		"html":  append([]string{"words"}, value...),
		"xlsx":  append([]string{"words", "workbook", "rows"}, value...),
		"eml":   slices.Concat([]string{"words", "draft"}, value, letter),
		"mail":  slices.Concat([]string{"words", "queue"}, value, letter),
		"send":  slices.Concat([]string{"words", "queue", "deliver"}, value, letter),
		"draft": slices.Concat([]string{"words", "draft", "create .eml"}, value, letter),
	} {
		if err := asks[ask](newOffice("")); err != nil {
			t.Errorf("%s: %v", ask, err)
		}
		for _, what := range fails {
			o := newOffice("")
			o.broken[what] = errBroken
			if err := asks[ask](o); !errors.Is(err, errBroken) {
				t.Errorf("%s, when %s fails: %v", ask, what, err)
			}
			if len(o.saved) != 0 || o.woken > 0 && what != "deliver" {
				t.Errorf("%s, when %s fails: saved %+v, woken %d times", ask, what, o.saved, o.woken)
			}
		}
		o := newOffice("")
		o.runs = nil
		if err := asks[ask](o); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s of no transfer: %v", ask, err)
		}
	}
}

func TestReporter_writesTheReportOfARunThatHasEnded(t *testing.T) {
	o := newOffice("")
	o.reporter.Ended(o.runs[12])
	o.reporter.Wait()
	stem := "tr/2026-11-25-0030-report.file-12 "
	want := Saved{RunID: 12, State: transfer.StateDone, Open: 5, HTML: stem + "(0).html", XLSX: stem + "(1).xlsx", SavedAt: domaintest.Moment}
	if len(o.saved) != 1 || o.saved[0] != want || o.woken != 1 || len(o.letters) != 0 || len(o.files) != 2 {
		t.Fatalf("%+v, woken %d times, %d letters, %d files", o.saved, o.woken, len(o.letters), len(o.files))
	}
	if page := o.files[want.HTML]; !strings.Contains(page, fmt.Sprint("problem", pageProblems-1, "-", taxNumber)) || strings.Contains(page, fmt.Sprint("problem", pageProblems)) {
		t.Errorf("%s", page)
	}
	if book := o.files[want.XLSX]; book != "book in tr of Sahibi "+taxNumber+": first-"+taxNumber+" second" {
		t.Errorf("%s", book)
	}
	if got, ok, err := o.reporter.SavedReport(t.Context(), 12); got != want || !ok || err != nil {
		t.Errorf("%+v, %v, %v", got, ok, err)
	}
	// Once; a page that was taken away is written again.
	if path, err := o.reporter.ReportFile(t.Context(), 12); path != want.HTML || err != nil || len(o.files) != 2 {
		t.Errorf("%s, %v, %d files", path, err, len(o.files))
	}
	delete(o.files, want.HTML)
	if path, err := o.reporter.ReportFile(t.Context(), 12); path != stem+"(1).html" || err != nil || !o.Exists(path) {
		t.Errorf("%s, %v", path, err)
	}
	// Another end of the same run is another report.
	run := o.runs[12]
	run.Counters.Failed--
	o.runs[12] = run
	if _, ok, err := o.reporter.SavedReport(t.Context(), 12); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if _, err := o.reporter.ReportFile(t.Context(), 12); err != nil || o.saved[0].Open != 4 {
		t.Errorf("%+v, %v", o.saved, err)
	}
}

func TestReporter_mailsTheReportThatARunAskedFor(t *testing.T) {
	o := newOffice("Ali <ali@example.com>")
	for range 2 { // once is enough, also when the page is written again
		o.reporter.Ended(o.runs[12])
		o.reporter.Wait()
		delete(o.files, o.saved[0].HTML)
	}
	if len(o.saved) != 2 || o.saved[0].Draft != "" || len(o.letters) != 1 || o.woken != 2 || o.letters[0].To != "Ali <ali@example.com>" {
		t.Errorf("%+v\n%+v", o.saved, o.letters)
	}
	o = newOffice("ali@example.com")
	o.sender = mail.Settings{}
	for range 2 {
		o.reporter.Ended(o.runs[12])
		o.reporter.Wait()
		delete(o.files, o.saved[0].HTML)
	}
	draft := "tr/2026-11-25-0030-report.file-12 (2).eml"
	if len(o.saved) != 2 || o.saved[0].Draft != draft || o.saved[1].Draft != draft || len(o.letters) != 0 || !strings.HasPrefix(o.files[draft], "draft to ali@example.com: ") {
		t.Errorf("%+v\n%q", o.saved, o.files)
	}
	// Of a run that goes on there is a page when somebody looks, and no letter.
	o = newOffice("ali@example.com")
	run := o.runs[12]
	run.State = transfer.StatePaused
	o.runs[12] = run
	if path, err := o.reporter.ReportFile(t.Context(), 12); err != nil || path == "" || len(o.saved) != 1 || len(o.letters) != 0 || o.saved[0].Draft != "" {
		t.Errorf("%s, %v, %+v, %d letters", path, err, o.saved, len(o.letters))
	}
}

func TestReporter_savesTheReportAlsoWhereItsLetterCannotBeMade(t *testing.T) {
	for what, spoil := range map[string]func(o *office){
		"an address that is none": func(o *office) {
			run := o.runs[12]
			run.Options.ReportTo = "ali\r\nBcc: veli@example.com"
			o.runs[12] = run
		},
		"no settings": func(o *office) { o.broken["sender"] = errBroken },
		"no draft":    func(o *office) { o.broken["create .eml"], o.sender = errBroken, mail.Settings{} },
	} {
		o := newOffice("ali@example.com")
		spoil(o)
		if err := o.reporter.SaveReports(t.Context()); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if len(o.saved) != 1 || o.saved[0].HTML == "" || len(o.letters) != 0 || o.woken != 1 || !strings.Contains(o.log.String(), "transfer=12") {
			t.Errorf("%s: %+v, %d letters, woken %d times, %s", what, o.saved, len(o.letters), o.woken, o.log.String())
		}
	}
}

func TestReporter_writesWhatAKillHasLeftOut(t *testing.T) {
	for what, do := range map[string]func(o *office) error{
		"by itself": func(o *office) error { err := o.reporter.CatchUp(t.Context()); o.reporter.Wait(); return err },
		"now":       func(o *office) error { return o.reporter.SaveReports(t.Context()) },
	} {
		o := newOffice("")
		if err := do(o); err != nil || len(o.saved) != 1 || o.woken != 1 || o.log.Len() != 0 {
			t.Errorf("%s: %v, %+v, %s", what, err, o.saved, o.log.String())
		}
		if err := do(o); err != nil || len(o.saved) != 1 || o.woken != 1 {
			t.Errorf("%s, again: %v, %+v", what, err, o.saved)
		}
		o = newOffice("")
		o.broken["unreported"], o.broken["words"] = errBroken, errBroken
		if err := do(o); !errors.Is(err, errBroken) || len(o.saved) != 0 || o.woken != 0 || !strings.Contains(o.log.String(), "transfer=12") {
			t.Errorf("%s: %v, %+v, %s", what, err, o.saved, o.log.String())
		}
	}
}

// The letter says what the page says, with tax numbers masked wherever one may stand.
func TestReporter_queuesALetterThatHidesTaxNumbers(t *testing.T) {
	o := newOffice("")
	mailed, err := o.reporter.MailReport(t.Context(), 12, " Ali <ali@example.com> ")
	if err != nil || mailed.Draft != "" || mailed.Letter.ID != 1 || len(o.letters) != 1 || o.woken != 1 {
		t.Fatalf("%+v, %v, %d letters, woken %d times", mailed, err, len(o.letters), o.woken)
	}
	l, masked := o.letters[0], MaskNumbers(taxNumber)
	switch value, err := o.reporter.Report(t.Context(), 12, mailProblems); {
	case err != nil:
		t.Error(err)
	case l.To != "Ali <ali@example.com>" || l.RunID != 12 || !strings.HasSuffix(l.MessageID, "@example.com"):
		t.Errorf("%+v", l)
	case l.Content.Subject != value.Masked().Title(language) || l.Content.Text != "report.mail.greeting[Sahibi "+masked+"]"+value.Masked().Text(language):
		t.Errorf("%s\n%s", l.Content.Subject, l.Content.Text)
	case strings.Contains(l.Content.HTML, taxNumber) || !strings.Contains(l.Content.HTML, fmt.Sprint("problem", mailProblems-1)) || strings.Contains(l.Content.HTML, fmt.Sprint("problem", mailProblems)):
		t.Errorf("%s", l.Content.HTML)
	case l.Content.File.Name != "report.file-12.xlsx" || l.Content.File.Type != xlsxType || string(l.Content.File.Data) != "book in tr of Sahibi "+masked+": first-"+masked+" second":
		t.Errorf("%s %s: %s", l.Content.File.Name, l.Content.File.Type, l.Content.File.Data)
	}
	sent, draft, err := o.reporter.SendReport(t.Context(), 12, "veli@example.com")
	if err != nil || draft != "" || sent.State != mail.StateSent || sent.To != "veli@example.com" || len(o.letters) != 2 {
		t.Errorf("%+v, %s, %v", sent, draft, err)
	}
	for _, to := range []string{"", " ", "ali"} {
		_, err := o.reporter.MailReport(t.Context(), 12, to)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != "to" || len(o.letters) != 2 {
			t.Errorf("to %q: %v", to, err)
		}
	}
}

func TestReporter_savesADraftWhereNothingCanBeSent(t *testing.T) {
	o := newOffice("")
	o.sender = mail.Settings{}
	for _, to := range []string{"", "veli@example.com"} { // it may be to nobody yet
		mailed, err := o.reporter.MailReport(t.Context(), 12, to)
		if text := o.files[mailed.Draft]; err != nil || !strings.HasPrefix(text, "draft to "+to+": ") || !strings.HasSuffix(mailed.Draft, ".eml") {
			t.Errorf("%+v, %v, %s", mailed, err, text)
		}
	}
	if _, err := o.reporter.MailReport(t.Context(), 12, "veli"); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("no address: %v", err)
	}
	if l, draft, err := o.reporter.SendReport(t.Context(), 12, ""); err != nil || draft == "" || l.ID != 0 || len(o.letters) != 0 || o.woken != 0 {
		t.Errorf("%+v, %s, %v", l, draft, err)
	}
}

func TestReporter_writesAFileThatAPersonNamed(t *testing.T) {
	o := newOffice("")
	for ending, want := range map[string]string{
		".html": "<!doctype html>", ".xlsx": "book in tr of Sahibi " + taxNumber + ": first-" + taxNumber + " second", ".eml": "draft to veli@example.com: ",
	} {
		if err := o.reporter.WriteReport(t.Context(), 12, "a"+ending, ending, "veli@example.com"); err != nil || !strings.HasPrefix(strings.ToLower(o.files["a"+ending]), strings.ToLower(want)) {
			t.Errorf("%s: %v, %.80s", ending, err, o.files["a"+ending])
		}
	}
	if page := o.files["a.html"]; !strings.Contains(page, fmt.Sprint("problem", pageProblems-1)) || strings.Contains(page, fmt.Sprint("problem", pageProblems)) {
		t.Error("the page has other problems")
	}
	err := o.reporter.WriteReport(t.Context(), 12, "a.doc", ".doc", "")
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindFile || e.Detail != "file.unknown-ending" || len(o.files) != 3 {
		t.Errorf("%v, %d files", err, len(o.files))
	}
}
