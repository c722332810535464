package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// tablesOf gives the rows of every table of a company's file, sorted.
func tablesOf(t *testing.T, data string) map[string][]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(data, "companies", "*.db"))
	if err != nil || len(paths) != 1 {
		t.Fatal(paths, err)
	}
	db, err := sql.Open("sqlite", paths[0])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	texts := func(query string) (all []string) {
		rows, err := db.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(query, err)
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprintf("%v", values))
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(all)
		return all
	}
	tables := map[string][]string{}
	for _, name := range texts(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`) {
		name = name[1 : len(name)-1]
		tables[name] = texts(`SELECT * FROM "` + name + `"`)
	}
	return tables
}

// What was packed is what is there after it was restored on another machine: every row of every table, but for what a restore notes.
func TestBackup_restoresEveryRowOfEveryTable(t *testing.T) {
	b := newShop(t, 4, sandbox.Options{})
	b.json(0, "invoices", "issue", "--all", "--draft", "--yes")
	secret, file := b.password(), b.path("y.sopyoyedek")
	b.json(0, "backup", "--out", file, "--password-file", secret)
	want := tablesOf(t, b.data)
	b.data = filepath.Join(t.TempDir(), "başka")
	b.json(0, "restore", file, "--password-file", secret, "--yes")
	got := tablesOf(t, b.data)
	if len(want) < 30 || len(got) != len(want) {
		t.Errorf("%d tables, %d restored", len(want), len(got))
	}
	filled := 0
	for name, rows := range want {
		if len(rows) > 0 {
			filled++
		}
		lost := slices.DeleteFunc(slices.Clone(rows), func(row string) bool { return slices.Contains(got[name], row) })
		more := slices.DeleteFunc(slices.Clone(got[name]), func(row string) bool { return slices.Contains(rows, row) })
		if name == "history" && len(more) == 1 && strings.Contains(more[0], " restored ") {
			more = nil
		}
		if len(lost)+len(more) > 0 {
			t.Errorf("%s: lost %v, new %v", name, lost, more)
		}
	}
	t.Logf("%d tables, %d of them with rows", len(want), filled)
}
