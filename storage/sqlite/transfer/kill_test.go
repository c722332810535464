package transfer_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// killedEnv names the file that a child process works on until it is killed.
const killedEnv = "SOPYO_TEST_KILLED"

func TestMain(m *testing.M) {
	if path := os.Getenv(killedEnv); path != "" {
		if err := workUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// workUntilKilled applies one batch of 10, and stands still in the middle of the second.
func workUntilKilled(path string) error {
	ctx := context.Background()
	c, err := sqlitetest.OpenCompany(ctx, path)
	if err != nil {
		return err
	}
	r, err := c.Run(ctx, 1)
	if err != nil {
		return err
	}
	if r, _, err = c.Apply(ctx, r, 10, sqlitetest.TakePrice); err != nil {
		return err
	}
	rows := 0
	_, _, err = c.Apply(ctx, r, 10, func(cand transfer.Candidate) transfer.Effect {
		if rows++; rows == 6 {
			fmt.Println("in the middle")
			_, _ = os.Stdin.Read(make([]byte, 1)) // nothing ever comes
		}
		return sqlitetest.TakePrice(cand)
	})
	return err
}

func TestApply_survivesAKillInTheMiddleOfABatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	c := sqlitetest.Reopen(t, path)
	sqlitetest.Planned(t, c, 25)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}

	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self)
	child.Env = append(os.Environ(), killedEnv+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, readErr := bufio.NewReader(out).ReadString('\n')
	if err := child.Process.Kill(); err != nil {
		t.Error(err)
	}
	if err := child.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
	if readErr != nil || line != "in the middle\n" {
		t.Fatalf("the child said %q, %v", line, readErr)
	}

	c = sqlitetest.Reopen(t, path)
	r := storedRun(t, c, 1)
	if n := r.Counters; n.Matched != 10 || n.Pending != 15 || n.Read != 25 {
		t.Errorf("counters %+v, want the first batch alone", n)
	}
	for query, want := range map[string]int{
		`SELECT count(*) FROM transfer_row WHERE outcome = 'matched'`: 10,
		`SELECT count(*) FROM binding`:                                10,
		`SELECT count(*) FROM before_image`:                           10,
		`SELECT count(*) FROM product WHERE revision = 2`:             10,
	} {
		if n := sqlitetest.Count(t, c, query); n != want {
			t.Errorf("%s = %d, want %d", query, n, want)
		}
	}
	r, rows, err := c.Apply(t.Context(), r, 100, sqlitetest.TakePrice)
	if err != nil || len(rows) != 15 || r.Counters.Matched != 25 || r.Counters.Pending != 0 {
		t.Errorf("going on: %d rows, %+v, %v", len(rows), r.Counters, err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product WHERE revision = 2`); n != 25 {
		t.Errorf("%d products changed exactly once", n)
	}
}
