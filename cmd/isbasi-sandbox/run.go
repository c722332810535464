package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// errUsage is an argument that package flag refused, and told so.
var errUsage = errors.New("usage")

// settings are the command line.
type settings struct {
	addr, file, callback, key, faults string
	count                             int
	seed                              uint64
	needsPassword, autoConsent        bool
	accountOnly                       bool
	consentURL, tenants               string
	allowStock                        bool
	changeFilter, stockDates          bool
	reads, writes                     int
}

func parse(args []string, stderr io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("isbasi-sandbox", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.addr, "addr", "127.0.0.1:8790", "`address` to listen on")
	flags.IntVar(&s.count, "n", 1200, "`number` of generated products")
	flags.Uint64Var(&s.seed, "seed", 1, "`seed` of the generator: the same one gives the same products")
	flags.StringVar(&s.file, "products", "", "`file` (.csv, .xlsx) with the products, instead of generated ones")
	flags.StringVar(&s.callback, "callback", sandbox.DemoCallback, "`address` the browser is sent back to, as registered with the key")
	flags.BoolVar(&s.needsPassword, "needs-password", false, "refuse a browser sign-in without e-mail and password")
	flags.StringVar(&s.faults, "faults", "", "`script` of faults, e.g. \"html route=products/products nth=3; rate every=10 retry=2s\"")
	flags.StringVar(&s.key, "key", sandbox.DemoKey, "API `key` that is accepted; several with commas between them are those of several firms")
	flags.BoolVar(&s.autoConsent, "auto-consent", false, "the consent page allows by itself")
	flags.StringVar(&s.consentURL, "consent-url", "", "`address` that the consent page's begins with, instead of the server's own; it is served here all the same")
	flags.BoolVar(&s.accountOnly, "account-only", false, "the keys may not sign in by the browser: 403, only e-mail and password do")
	flags.StringVar(&s.tenants, "tenants", "", "further `firms` of the user, which a login can name: tenantId=NAME, with commas between them")
	flags.BoolVar(&s.allowStock, "allow-stock", false, "take stock receipts, which the key may not write otherwise")
	flags.BoolVar(&s.changeFilter, "change-filter", false, "honour a filter of the products by modificationDate, which is ignored otherwise")
	flags.BoolVar(&s.stockDates, "stock-dates", false, "a movement of stock sets the product's modificationDate")
	flags.IntVar(&s.reads, "reads", 0, "`number` of reads a month, then 429; 0 = any")
	flags.IntVar(&s.writes, "writes", 0, "`number` of writes a month, then 429; 0 = any")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "Usage of isbasi-sandbox:")
		flags.PrintDefaults()
		fmt.Fprint(stderr, "\n"+sandbox.FaultHelp)
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return s, err
	case err != nil:
		return s, errUsage
	case flags.NArg() > 0 || s.count < 0 || s.reads < 0 || s.writes < 0:
		flags.Usage()
		return s, errUsage
	}
	return s, nil
}

// run serves until ctx ends. What a person needs to sign in is printed on stdout once it is served.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parse(args, stderr)
	if err != nil {
		return err
	}
	faults, err := sandbox.ParseFaults(s.faults)
	if err != nil {
		return err
	}
	products := append(sandbox.Products(s.count, s.seed), sandbox.Services(s.count/100, s.seed)...)
	if s.file != "" {
		if products, err = readProducts(ctx, s.file); err != nil {
			return err
		}
	}
	keys := strings.Split(s.key, ",")
	tenants := map[string]string{}
	for i, key := range keys {
		tenants[key] = fmt.Sprintf("%s%02d", sandbox.DemoTenant[:len(sandbox.DemoTenant)-2], i+1)
	}
	var accountKeys []string
	if s.accountOnly {
		accountKeys = keys
	}
	server, err := sandbox.New(sandbox.Options{
		ConsentURL: s.consentURL, AccountKeys: accountKeys, MoreTenants: furtherTenants(s.tenants),
		Addr: s.addr, Products: products, APIKeys: keys, Tenants: tenants, Callback: s.callback,
		LoginNeedsPassword: s.needsPassword, AutoConsent: s.autoConsent, Faults: faults,
		AllowStock: s.allowStock, ChangeFilter: s.changeFilter, StockChangesDate: s.stockDates, ReadLimit: s.reads, WriteLimit: s.writes,
	})
	if err != nil {
		return err
	}
	if err := greet(stdout, server.URL(), s, products); err != nil {
		return errors.Join(err, server.Close())
	}
	<-ctx.Done()
	return server.Close()
}

// furtherTenants reads firms as they are written on the command line; one without a name has none.
func furtherTenants(list string) (tenants []sandbox.Tenant) {
	for text := range strings.SplitSeq(list, ",") {
		id, name, _ := strings.Cut(strings.TrimSpace(text), "=")
		if id != "" {
			tenants = append(tenants, sandbox.Tenant{ID: id, Name: name})
		}
	}
	return tenants
}

// greet tells what is served; none of it opens anything but the stand-in.
func greet(out io.Writer, url string, s settings, products []sandbox.Product) error {
	goods := 0
	for _, p := range products {
		if p.Type == sandbox.TypeProduct {
			goods++
		}
	}
	var text bytes.Buffer // written at once: who reads it may stop after the line it wants
	w := tabwriter.NewWriter(&text, 0, 0, 1, ' ', 0)
	for _, line := range [][2]string{
		{"url:", url},
		{"key:", s.key},
		{"user:", sandbox.DemoUser},
		{"password:", sandbox.DemoPassword},
		{"callback:", s.callback},
		{"products:", fmt.Sprintf("%d and %d services", goods, len(products)-goods)},
	} {
		if _, err := fmt.Fprintf(w, "%s\t%s\n", line[0], line[1]); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := out.Write(text.Bytes())
	return err
}
