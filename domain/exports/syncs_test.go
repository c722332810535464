package exports

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

// inWords gives the one row of a table by its columns.
func inWords(t *testing.T, table Table) map[string]string {
	t.Helper()
	rows := cellsOf(t, table)
	if len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	row := map[string]string{}
	for i, c := range rows[0] {
		if c.Number.Valid {
			row[table.Columns[i]] = c.Number.Decimal.String()
		} else {
			row[table.Columns[i]] = c.Text
		}
	}
	return row
}

func wantColumns(t *testing.T, got, want map[string]string) {
	t.Helper()
	for column, value := range want {
		if got[column] != value {
			t.Errorf("%s: %q, want %q", column, got[column], value)
		}
	}
	if len(got) != len(want) {
		t.Errorf("columns %v", got)
	}
}

func TestWaiting_holdsBothValuesWithTheirTimes(t *testing.T) {
	o := domaintest.Fill[sync.Open](1)
	wantColumns(t, inWords(t, Waiting(said, []sync.Open{o})), map[string]string{
		"sync.code": string(o.Code), "sync.name": o.Name, "sync.field": "flow." + string(o.Field),
		"sync.ours": o.Ours.Decimal.String(), "sync.ours-at": said.Moment(o.OursAt), "sync.ours-by": o.OursBy,
		"sync.theirs": o.Theirs.Decimal.String(), "sync.theirs-at": said.Moment(o.TheirsAt), "sync.base": o.Base.Decimal.String(),
		"sync.currency": string(o.Currency), "sync.reason": "sync.why." + string(o.Why), "sync.since": said.Moment(o.Since),
	})
}

func TestChanges_holdTheOldValueOfTheSideThatIsWritten(t *testing.T) {
	for _, way := range []sync.Way{sync.WayPull, sync.WayPush} {
		i := domaintest.Fill[sync.Item](2)
		i.Way, i.State, i.Undone = way, sync.ItemApplied, false
		was := i.Ours
		if way == sync.WayPush {
			was = i.Theirs
		}
		wantColumns(t, inWords(t, Changes(said, []sync.Item{i})), map[string]string{
			"sync.code": string(i.Code), "sync.name": i.Name, "sync.field": "flow." + string(i.Field), "sync.way": "sync.way." + string(way),
			"sync.was": was.Decimal.String(), "sync.becomes": i.Value.Decimal.String(), "sync.currency": string(i.Currency),
			"sync.state": "sync.item.applied", "sync.reason": "sync.why." + string(i.Why), "sync.ended": said.Moment(i.EndedAt),
		})
	}
	if table := Changes(said, nil); slices.Contains(table.Columns, "") || len(cellsOf(t, table)) != 0 {
		t.Errorf("%v", table.Columns)
	}
}
