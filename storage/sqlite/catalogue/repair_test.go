package catalogue_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// barcoded adds products with the barcodes, coded K1…
func barcoded(t *testing.T, c *sqlitetest.Company, barcodes ...string) []domain.Product {
	t.Helper()
	var products []domain.Product
	for i, b := range barcodes {
		products = append(products, domain.Product{Code: domain.Code(fmt.Sprintf("K%d", i+1)), Barcode: domain.Barcode(b), Name: "Ürün"})
	}
	return sqlitetest.Save(t, c, products...)
}

func barcodeFix(p domain.Product, to string) doctor.Fix {
	return doctor.Fix{Product: p.ID, Column: doctor.Barcode, From: string(p.Barcode), To: to}
}

func TestRepair_isTakenBackOnce(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := barcoded(t, c, "36000291452", "8690632059157")
	done, err := c.Repair(t.Context(), doctor.Repair{What: "lost-zero", Fixes: []doctor.Fix{barcodeFix(p[0], "036000291452")}}, sqlitetest.Quiet)
	if err != nil || done.ID == 0 || done.Done != 1 || done.Left != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	if kept := sqlitetest.ProductByCode(t, c, "K1"); kept.Barcode != "036000291452" || kept.Revision != 2 {
		t.Errorf("%+v", kept)
	}
	if h := sqlitetest.LastDone(t, c); h.What != "repair" || !strings.Contains(h.Detail, `"from":"36000291452"`) || !strings.Contains(h.Detail, `"code":"K1"`) {
		t.Errorf("%+v", h)
	}
	last, ok, err := c.LastRepair(t.Context())
	if err != nil || !ok || last.ID != done.ID || last.Done != 1 || last.What != "lost-zero" || !last.At.Equal(done.At) {
		t.Errorf("%+v, %v, %v", last, ok, err)
	}
	back, err := c.UndoRepair(t.Context(), done, sqlitetest.Quiet)
	if err != nil || back.Done != 1 || back.Left != 0 || back.What != "lost-zero" {
		t.Errorf("%+v, %v", back, err)
	}
	if kept := sqlitetest.ProductByCode(t, c, "K1"); kept.Barcode != "36000291452" || kept.Revision != 3 {
		t.Errorf("%+v", kept)
	}
	if h := sqlitetest.LastDone(t, c); h.What != "repair-undone" {
		t.Errorf("%+v", h)
	}
	if _, err = c.UndoRepair(t.Context(), done, sqlitetest.Quiet); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("a second time: %v", err)
	}
	if _, ok, err = c.LastRepair(t.Context()); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
}

func TestLastRepair_isTheNewest(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := barcoded(t, c, "36000291452", "8690632059157", "96385074")
	var ids []int64
	for i, to := range []string{"036000291452", "8690632059058"} {
		done, err := c.Repair(t.Context(), doctor.Repair{What: "lost-zero", Fixes: []doctor.Fix{barcodeFix(p[i], to)}}, sqlitetest.Quiet)
		if err != nil || done.Done != 1 {
			t.Fatalf("%+v, %v", done, err)
		}
		ids = append(ids, done.ID)
	}
	for _, want := range []int64{ids[1], ids[0]} {
		last, ok, err := c.LastRepair(t.Context())
		if err != nil || !ok || last.ID != want {
			t.Fatalf("%+v, %v, %v, want %d", last, ok, err, want)
		}
		if _, err := c.UndoRepair(t.Context(), last, sqlitetest.Quiet); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUndoRepair_leavesWhatChangedSince(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := barcoded(t, c, "36000291452", "12345678905", "8690632059150,00")
	done, err := c.Repair(t.Context(), doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{
		barcodeFix(p[0], "036000291452"), barcodeFix(p[1], "012345678905"), barcodeFix(p[2], "8690632059150"),
	}}, sqlitetest.Quiet)
	if err != nil || done.Done != 3 {
		t.Fatalf("%+v, %v", done, err)
	}
	changed := sqlitetest.ProductByCode(t, c, "K2")
	changed.Barcode = "4006381333931"
	sqlitetest.Save(t, c, changed)
	if _, err := c.DB.Writer.ExecContext(t.Context(), `DELETE FROM product WHERE id = ?`, p[2].ID); err != nil {
		t.Fatal(err)
	}
	back, err := c.UndoRepair(t.Context(), done, sqlitetest.Quiet)
	if err != nil || back.Done != 1 || back.Left != 2 {
		t.Errorf("%+v, %v", back, err)
	}
	if kept := sqlitetest.ProductByCode(t, c, "K2"); kept.Barcode != "4006381333931" {
		t.Errorf("what a person wrote has gone: %+v", kept)
	}
	if h := sqlitetest.LastDone(t, c); !strings.Contains(h.Detail, `"left_alone":2`) {
		t.Errorf("%+v", h)
	}
}

func TestRepair_leavesWhatIsNoLongerSoOrTaken(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := barcoded(t, c, "8690632059157", "36000291452", "8690632059150")
	done, err := c.Repair(t.Context(), doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{
		barcodeFix(p[0], "8690632059150"), // the third has it
		{Product: p[1].ID, Column: doctor.Barcode, From: "another", To: "036000291452"},
		{Product: p[0].ID, Column: doctor.Code, From: "K1", To: "K3"},
		{Product: 4711, Column: doctor.Code, From: "K1", To: "K9"},
	}}, sqlitetest.Quiet)
	if err != nil || done.Done != 0 || done.Left != 4 || done.ID != 0 {
		t.Errorf("%+v, %v", done, err)
	}
	if h := sqlitetest.LastDone(t, c); h.What == "repair" {
		t.Errorf("nothing was done, and it is noted: %+v", h)
	}
}

func TestRepair_mendsWhatIsDoubledAlready(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := barcoded(t, c, "36000291452", "036000291452") // one barcode, with its zero and without
	done, err := c.Repair(t.Context(), doctor.Repair{What: "lost-zero", Fixes: []doctor.Fix{barcodeFix(p[0], "036000291452")}}, sqlitetest.Quiet)
	if err != nil || done.Done != 1 {
		t.Errorf("%+v, %v", done, err)
	}
}

// midway is over as soon as the first fix was counted.
type midway struct {
	context.Context //nolint:containedctx // it is one
	count           doctor.Count
}

func (m *midway) Done() <-chan struct{} {
	if n, _ := m.count.Snapshot(); n == 0 {
		return nil
	}
	return m.Context.Done()
}

func (m *midway) Err() error {
	if n, _ := m.count.Snapshot(); n == 0 {
		return nil
	}
	return m.Context.Err()
}

func TestRepair_cancelledChangesNothing(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := barcoded(t, c, "36000291452", "12345678905")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	half := &midway{Context: ctx}
	_, err := c.Repair(half, doctor.Repair{What: "lost-zero", Fixes: []doctor.Fix{
		barcodeFix(p[0], "036000291452"), barcodeFix(p[1], "012345678905"),
	}}, &half.count)
	if n, of := half.count.Snapshot(); n != 1 || of != 2 {
		t.Errorf("%d of %d were gone through", n, of)
	}
	if domain.KindOf(err) != domain.KindCancelled && !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if kept := sqlitetest.ProductByCode(t, c, "K1"); kept.Barcode != "36000291452" || kept.Revision != 1 {
		t.Errorf("%+v", kept)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM repair_change`); n != 0 {
		t.Errorf("%d changes are kept", n)
	}
}

func TestRepair_fillsUpCodes(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := sqlitetest.Save(t, c, domain.Product{Code: "7", Name: "a"}, domain.Product{Code: "0123", Name: "b"})
	padded := doctor.Padded{Fixes: []doctor.Fix{{Product: p[0].ID, Column: doctor.Code, From: "7", To: "0007"}}}
	done, err := c.Repair(t.Context(), padded.Filling(doctor.Code, 4), sqlitetest.Quiet)
	if err != nil || done.Done != 1 || done.Width != 4 {
		t.Fatalf("%+v, %v", done, err)
	}
	if h := sqlitetest.LastDone(t, c); !strings.Contains(h.Detail, `"what":"pad-code"`) || !strings.Contains(h.Detail, `"width":4`) {
		t.Errorf("%+v", h)
	}
	taken := sqlitetest.Save(t, c, domain.Product{Code: "7", Name: "c"})[0] // somebody has used the number meanwhile
	back, err := c.UndoRepair(t.Context(), done, sqlitetest.Quiet)
	if err != nil || back.Done != 0 || back.Left != 1 {
		t.Errorf("%+v, %v", back, err)
	}
	if kept := sqlitetest.ProductByCode(t, c, "7"); kept.ID != taken.ID {
		t.Errorf("%+v", kept)
	}
}

func TestRepair_refusesWhatNobodyCouldWord(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for _, r := range []doctor.Repair{
		{},
		{What: "all"},
		{What: "pad-code"},
		{What: "pad-name", Width: 8},
		{What: "box", Width: 8},
		{What: "pad-code", Width: doctor.Widest + 1},
		{What: "box", Fixes: []doctor.Fix{{Product: 1, Column: "name", From: "a", To: "b"}}},
	} {
		if _, err := c.Repair(t.Context(), r, sqlitetest.Quiet); err == nil {
			t.Errorf("%+v", r)
		}
	}
}
