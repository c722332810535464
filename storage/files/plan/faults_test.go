package plan

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

func TestPlan_ofADiskThatFailsAtItsNthRead(t *testing.T) {
	d, some := filestest.PlanOf()
	var rows []transfer.PlanRow
	for range 40 {
		rows = append(rows, some...)
	}
	d.Forecast = transfer.Forecast{}
	for _, r := range rows {
		d.Add(r.Row)
	}
	path := t.TempDir() + "/plan.json"
	if err := planTo(path, d, filestest.EachRow(rows)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; ; n++ {
		file := filestest.Faulty(string(raw), n)
		got := 0
		p, err := checkPlan(file)
		if err == nil {
			for r, rowErr := range p.Rows {
				if err = rowErr; err == nil {
					got++
					if r.Remote.ID == "" {
						t.Errorf("call %d failed: an empty row", n)
					}
				}
			}
			_ = p.Close()
		}
		if file.Closed != 1 {
			t.Errorf("call %d failed: closed %d times", n, file.Closed)
		}
		if !file.Failed() {
			if err != nil || got != len(rows) {
				t.Errorf("none failed: %d rows, %v", got, err)
			}
			return
		}
		if !errors.Is(err, filestest.ErrDisk) || domain.KindOf(err) != domain.KindFile || filestest.Detail(err) != "file.unreadable" {
			t.Errorf("call %d failed: %v", n, err)
		}
	}
}

// A plan that cannot be written whole is said to be none, at whichever byte the disk fails and whatever cannot be told.
func TestWritePlan_ofWhatCannotBeWritten(t *testing.T) {
	d, some := filestest.PlanOf()
	var rows []transfer.PlanRow
	for range 40 {
		rows = append(rows, some...)
	}
	for n := 1; ; n++ {
		disk := &filestest.FailingWriter{At: n}
		err := Write(disk, d, filestest.EachRow(rows))
		if disk.Calls < n {
			if err != nil {
				t.Errorf("none of %d writes failed: %v", disk.Calls, err)
			}
			break
		}
		if !errors.Is(err, filestest.ErrDisk) {
			t.Errorf("write %d failed: %v", n, err)
		}
	}
	never := time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC) // JSON has no such year
	late := d
	late.MadeAt = never
	rows[100].Remote.ModifiedAt = never
	for what, err := range map[string]error{"head": Write(io.Discard, late, filestest.EachRow(some)), "row": Write(io.Discard, d, filestest.EachRow(rows))} {
		if err == nil || !strings.Contains(err.Error(), "year") {
			t.Errorf("a %s that JSON does not have: %v", what, err)
		}
	}
}

func TestOpenPlan_saysWhatClosingSays(t *testing.T) {
	d, rows := filestest.PlanOf()
	raw, err := os.ReadFile(planFile(t, d, rows))
	if err != nil {
		t.Fatal(err)
	}
	file := filestest.Faulty(string(raw), 0)
	file.Closing = filestest.ErrDisk
	p, err := checkPlan(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); !errors.Is(err, filestest.ErrDisk) {
		t.Errorf("a plan: %v", err)
	}
	bad := filestest.Faulty("{}", 0)
	bad.Closing = filestest.ErrDisk
	if _, err := checkPlan(bad); filestest.Detail(err) != "plan.none" || !errors.Is(err, filestest.ErrDisk) {
		t.Errorf("a plan that is none: %v", err)
	}
}
