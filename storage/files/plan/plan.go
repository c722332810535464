// Package plan writes what an import would do as a file, and reads it back only when nothing of it was changed. Such a file is one JSON object in
// lines, with the checksum of all of them as its last.
package plan

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"reflect"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// A plan file is one JSON object written in lines: the head, each row in a line of its own, and the
// checksum of all the lines before. So it is read in steps however large it is, and one that was cut off
// or changed is told apart before anything of it is believed.
//
//	{"sopyo_plan":1,"plan":{…},"rows":[
//	{…},
//	{…}
//	],"sha256":"…"}
const (
	planVersion = 1
	planLine    = 1 << 20 // bytes of the longest line that is read
)

type planHead struct {
	Version  int                `json:"sopyo_plan"`
	Plan     planIdentity       `json:"plan"`
	Options  transfer.Options   `json:"options"`
	Forecast transfer.Forecast  `json:"forecast"`
	Rows     []*json.RawMessage `json:"rows"` // always empty: they follow in lines
}

type planIdentity struct {
	Company  domain.CompanyID `json:"company"`
	Name     string           `json:"name"`
	TenantID string           `json:"tenant_id"`
	Firm     string           `json:"firm"`
	Run      int64            `json:"run"`
	ReadAt   time.Time        `json:"read_at"`
	MadeAt   time.Time        `json:"made_at"`
	Products int              `json:"products"`
	Reads    int              `json:"reads"`
	Writes   int              `json:"writes"`
}

type planFoot struct {
	SHA256 string `json:"sha256"`
}

type planRow struct {
	ID         domain.RemoteID     `json:"id"`
	Type       int                 `json:"type"`
	Code       domain.Code         `json:"code,omitzero"`
	Barcode    domain.Barcode      `json:"barcode,omitzero"`
	Name       string              `json:"name,omitzero"`
	Brand      string              `json:"brand,omitzero"`
	Unit       string              `json:"unit,omitzero"`
	Active     bool                `json:"active"`
	Currency   domain.Currency     `json:"currency,omitzero"`
	Price      decimal.NullDecimal `json:"price"`
	Stock      decimal.NullDecimal `json:"stock"`
	VATRate    decimal.NullDecimal `json:"vat_rate"`
	ModifiedAt time.Time           `json:"modified_at,omitzero"`

	Tier       matching.Tier   `json:"tier,omitzero"`
	Reason     matching.Reason `json:"reason,omitzero"`
	Candidates int             `json:"candidates,omitzero"`
	Flag       matching.Flag   `json:"flag,omitzero"`
	Skipped    bool            `json:"skipped,omitzero"`
	Partner    *planPartner    `json:"partner,omitzero"`

	Outcome transfer.Outcome   `json:"outcome"`
	Becomes transfer.Unmatched `json:"becomes,omitzero"`
	Notes   []transfer.Note    `json:"notes,omitzero"`
	Before  *planValues        `json:"before,omitzero"`
	After   *planValues        `json:"after,omitzero"`
}

type planPartner struct {
	ID          domain.ProductID `json:"id"`
	Revision    int64            `json:"revision"`
	Fingerprint string           `json:"fingerprint,omitzero"`
}

type planValues struct {
	Price    decimal.NullDecimal `json:"price"`
	Currency domain.Currency     `json:"currency,omitzero"`
	Stock    decimal.NullDecimal `json:"stock"`
}

// Write writes a plan and its rows as a plan file. The same plan makes the same file. Errors: those of
// rows (domain.KindInternal where they have no kind) and of out.
func Write(out io.Writer, d transfer.Document, rows iter.Seq2[transfer.PlanRow, error]) error {
	sum := sha256.New()
	buffered := bufio.NewWriter(io.MultiWriter(out, sum))
	if err := writePlan(buffered, d, rows); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "],\"sha256\":%q}\n", hex.EncodeToString(sum.Sum(nil)))
	return err
}

func writePlan(w *bufio.Writer, d transfer.Document, rows iter.Seq2[transfer.PlanRow, error]) error {
	head, err := json.Marshal(planHead{
		Version: planVersion, Options: d.Options, Forecast: d.Forecast, Rows: []*json.RawMessage{},
		Plan: planIdentity{
			Company: d.Company, Name: d.Name, TenantID: d.TenantID, Firm: d.Firm, Run: d.RunID, ReadAt: d.ReadAt, MadeAt: d.MadeAt,
			Products: d.Cost.Products, Reads: d.Cost.Reads, Writes: d.Cost.Writes,
		},
	})
	if err != nil {
		return err
	}
	_, _ = w.Write(bytes.TrimSuffix(head, []byte("]}"))) // what fails is said by each later write
	separator := "\n"
	for row, err := range rows {
		if err != nil {
			return refusal.Foreign(err)
		}
		line, err := json.Marshal(wireRow(row))
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s%s", separator, line); err != nil {
			return err
		}
		separator = ",\n"
	}
	return w.WriteByte('\n')
}

func wireRow(r transfer.PlanRow) planRow {
	m, p := r.Remote, r.Planned
	wire := planRow{
		ID: m.ID, Type: m.Type, Code: m.Code, Barcode: m.Barcode, Name: m.Name, Brand: m.Brand, Unit: m.Unit, Active: m.Active,
		Currency: m.Currency, Price: m.Price, Stock: m.Stock, VATRate: m.VATRate, ModifiedAt: m.ModifiedAt,
		Tier: r.Tier, Reason: r.Reason, Candidates: r.Candidates, Flag: r.Flag, Skipped: r.Skipped,
		Outcome: p.Outcome, Becomes: p.Becomes, Notes: p.Notes, Before: wireValues(p.Before), After: wireValues(p.After),
	}
	if r.Tier != matching.TierNone {
		wire.Partner = &planPartner{ID: r.ProductID, Revision: r.Revision, Fingerprint: r.Partner}
	}
	return wire
}

func wireValues(v transfer.Values) *planValues {
	if v == (transfer.Values{}) {
		return nil
	}
	w := planValues(v)
	return &w
}

func (w *planRow) row() transfer.PlanRow {
	r := transfer.PlanRow{Row: transfer.Row{
		Remote: domain.RemoteProduct{
			ID: w.ID, Type: w.Type, Code: w.Code, Barcode: w.Barcode, Name: w.Name, Brand: w.Brand, Unit: w.Unit, Active: w.Active,
			Currency: w.Currency, Price: w.Price, Stock: w.Stock, VATRate: w.VATRate, ModifiedAt: w.ModifiedAt,
		},
		Tier: w.Tier, Reason: w.Reason, Candidates: w.Candidates, Flag: w.Flag, Skipped: w.Skipped,
		Planned: transfer.Planned{Outcome: w.Outcome, Becomes: w.Becomes, Notes: w.Notes},
		Outcome: transfer.OutcomePending,
	}}
	if w.Before != nil {
		r.Planned.Before = transfer.Values(*w.Before)
	}
	if w.After != nil {
		r.Planned.After = transfer.Values(*w.After)
	}
	if w.Partner != nil {
		r.ProductID, r.Revision, r.Partner = w.Partner.ID, w.Partner.Revision, w.Partner.Fingerprint
	}
	return r
}

// planReader reads a plan file.
type planReader struct{ io.ReadSeekCloser }

// Open checks a plan file from its first to its last line. Errors: domain.KindFile, Detail says why:
// plan.none (it is no plan), plan.newer, plan.damaged (changed or cut off); and those of opening a file.
func Open(path string) (transfer.PlanFile, error) {
	f, _, err := document.OpenRegular(path)
	if err != nil {
		return transfer.PlanFile{}, err
	}
	return checkPlan(f)
}

// checkPlan takes f over, and closes it when it is no whole plan.
func checkPlan(f io.ReadSeekCloser) (p transfer.PlanFile, err error) {
	defer func() {
		if err != nil {
			p, err = transfer.PlanFile{}, errors.Join(err, f.Close())
		}
	}()
	file := planReader{f}
	p = transfer.PlanFile{Rows: file.rows(), Close: f.Close}
	if p.Document, err = file.readHead(); err != nil {
		return p, err
	}
	if p.Checksum, err = file.verify(); err != nil {
		return p, err
	}
	var counted transfer.Forecast
	for row, err := range p.Rows {
		if err != nil {
			return p, err
		}
		counted.Add(row.Row)
	}
	if !reflect.DeepEqual(counted, p.Document.Forecast) {
		return p, planError("plan.damaged", errors.New("the rows are not those that were counted"))
	}
	return p, nil
}

// rows gives the rows of the plan, in order.
func (p planReader) rows() iter.Seq2[transfer.PlanRow, error] {
	return func(yield func(transfer.PlanRow, error) bool) {
		lines, err := p.lines()
		if err != nil {
			yield(transfer.PlanRow{}, err)
			return
		}
		lines.Scan() // the head
		for lines.Scan() && lines.Bytes()[0] != ']' {
			var wire planRow
			if err := json.Unmarshal(bytes.TrimSuffix(lines.Bytes(), []byte(",")), &wire); err != nil {
				yield(transfer.PlanRow{}, lineError(lines, "plan.damaged", err))
				return
			}
			if !yield(wire.row(), nil) {
				return
			}
		}
		if lines.Err() != nil {
			yield(transfer.PlanRow{}, lineError(lines, "plan.damaged", nil))
		}
	}
}

func (p planReader) readHead() (transfer.Document, error) {
	lines, err := p.lines()
	if err != nil {
		return transfer.Document{}, err
	}
	var head planHead
	lines.Scan()
	if json.Unmarshal(append(bytes.Clone(lines.Bytes()), "]}"...), &head) != nil || head.Version == 0 {
		return transfer.Document{}, lineError(lines, "plan.none", nil)
	}
	if head.Version > planVersion {
		return transfer.Document{}, planError("plan.newer", fmt.Errorf("version %d", head.Version))
	}
	i := head.Plan
	return transfer.Document{
		Company: i.Company, Name: i.Name, TenantID: i.TenantID, Firm: i.Firm,
		Plan: transfer.Plan{
			RunID: i.Run, Options: head.Options, ReadAt: i.ReadAt, MadeAt: i.MadeAt,
			Cost: transfer.Cost{Products: i.Products, Reads: i.Reads, Writes: i.Writes}, Forecast: head.Forecast,
		},
	}, nil
}

// verify compares the checksum of the last line with that of all lines before it.
func (p planReader) verify() (string, error) {
	lines, err := p.lines()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	var foot planFoot
	for lines.Scan() {
		line := lines.Bytes()
		if foot.SHA256 != "" || len(line) == 0 {
			return "", planError("plan.damaged", errors.New("a line is out of place"))
		}
		if rest, last := bytes.CutPrefix(line, []byte("],")); last {
			_ = json.Unmarshal(append([]byte("{"), rest...), &foot) // what is no checksum is another one
			continue
		}
		hashLine(sum, line)
	}
	got := hex.EncodeToString(sum.Sum(nil))
	switch {
	case lines.Err() != nil:
		return "", lineError(lines, "plan.damaged", nil)
	case foot.SHA256 != got:
		return "", planError("plan.damaged", errors.New("the checksum is another one"))
	}
	return got, nil
}

func hashLine(sum hash.Hash, line []byte) {
	_, _ = sum.Write(line) // a hash never fails
	_, _ = sum.Write([]byte{'\n'})
}

// lines begins anew with the first line.
func (p planReader) lines() (*bufio.Scanner, error) {
	if _, err := p.Seek(0, io.SeekStart); err != nil {
		return nil, planError("file.unreadable", err)
	}
	s := bufio.NewScanner(p)
	s.Buffer(nil, planLine)
	return s, nil
}

// lineError says what is wrong with a line. One that the disk gave in part looks like a damaged one: what
// the disk said goes first.
func lineError(lines *bufio.Scanner, detail string, err error) error {
	if said := lines.Err(); said != nil {
		err = said
		if !errors.Is(said, bufio.ErrTooLong) {
			detail = "file.unreadable"
		}
	}
	return planError(detail, err)
}

func planError(detail string, err error) error {
	return &domain.Error{Kind: domain.KindFile, Op: "read the plan", Detail: detail, Err: err}
}
