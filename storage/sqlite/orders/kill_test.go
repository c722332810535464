package orders_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
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

// killedOrders are those of one file of the child.
const killedOrders = 40

// workUntilKilled reads files and begins an attempt of the first order of each, and says what is answered.
func workUntilKilled(path string) error {
	ctx := context.Background()
	c, err := sqlitetest.OpenCompany(ctx, path)
	if err != nil {
		return err
	}
	for file := 0; ; file++ {
		list := make([]orders.Order, killedOrders)
		for i := range list {
			list[i] = sqlitetest.Sold(fmt.Sprint(file, "-", i), orders.Line{Name: "Çay"})
		}
		taken, err := c.TakeOrders(ctx, orders.SourceFile, "a", list)
		if err != nil || taken.New != killedOrders {
			return fmt.Errorf("%+v, %w", taken, err)
		}
		if err := c.Enqueue(ctx, orders.WishDraft, taken.IDs[0]); err != nil {
			return err
		}
		fmt.Println(file)
		k := list[0].Key()
		r, err := c.Begin(ctx, invoicing.Record{Attempt: invoicing.Attempt{Key: invoicing.Key{Marketplace: k.Marketplace, Package: k.Package, Direction: invoicing.DirectionSale}}})
		if err != nil {
			return err
		}
		fmt.Println(r.Serial)
	}
}

// Whatever a kill cuts off is there whole or not at all, and what was answered is there.
func TestStore_survivesKillsAtAnyMoment(t *testing.T) {
	for answers := 1; answers <= 6; answers++ {
		path := filepath.Join(t.TempDir(), "company.db")
		f, err := sqlitetest.OpenCompany(t.Context(), path)
		sqlitetest.Must(t, err, f.Close())
		self, err := os.Executable()
		sqlitetest.Must(t, err)
		child := exec.CommandContext(t.Context(), self)
		child.Env = append(os.Environ(), killedEnv+"="+path)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		sqlitetest.Must(t, err, child.Start())
		lines := bufio.NewReader(out)
		for range answers {
			if _, err := lines.ReadString('\n'); err != nil {
				t.Error(err)
			}
		}
		sqlitetest.Must(t, child.Process.Kill())
		if err := child.Wait(); err == nil {
			t.Error("the child ended by itself")
		}
		c := sqlitetest.Reopen(t, path)
		kept, attempts := sqlitetest.Count(t, c, `SELECT count(*) FROM sales_order`), sqlitetest.Count(t, c, `SELECT count(*) FROM invoice`)
		if kept%killedOrders != 0 || kept/killedOrders < (answers+1)/2 || attempts < answers/2 || attempts > kept/killedOrders {
			t.Errorf("after %d answers there are %d orders and %d attempts", answers, kept, attempts)
		}
		if n := sqlitetest.Count(t, c, `SELECT count(*) FROM history WHERE what = 'orders-taken'`); n*killedOrders != kept {
			t.Errorf("%d entries of %d orders", n, kept)
		}
		if n := sqlitetest.Count(t, c, `SELECT count(*) FROM sales_order o JOIN invoice i ON i.package = o.package WHERE o.wish <> ''`); n != 0 {
			t.Errorf("%d orders with an attempt wait", n)
		}
		sqlitetest.Attempted(t, c, orders.Key{Marketplace: "trendyol", Package: "next"}, invoicing.AttemptDrafted)
	}
}
