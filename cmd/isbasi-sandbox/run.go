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
	"time"

	"github.com/shopspring/decimal"

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
	keyIgnored                        bool
	changeFilter, stockDates          bool
	reads, writes                     int
	registered, unanswered            string
	gibReads                          int
	gibDelay                          time.Duration
	draftsUnlisted, netFirst          bool
	refusedIsDraft                    bool
	totalOff                          decimal.Decimal
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
	flags.BoolVar(&s.keyIgnored, "key-ignored", false, "ignore a filter of the products by id, which is honoured otherwise")
	flags.BoolVar(&s.changeFilter, "change-filter", false, "honour a filter of the products by modificationDate, which is ignored otherwise")
	flags.BoolVar(&s.stockDates, "stock-dates", false, "a movement of stock sets the product's modificationDate")
	flags.IntVar(&s.reads, "reads", 0, "`number` of reads a month, then 429; 0 = any")
	flags.IntVar(&s.writes, "writes", 0, "`number` of writes a month, then 429; 0 = any")
	flags.StringVar(&s.registered, "registered", "", "tax `numbers` of e-Fatura users, with commas between them, instead of those of the firms")
	flags.StringVar(&s.unanswered, "unanswered", "", "tax `numbers` of which gibUser answers 503, with commas between them")
	flags.IntVar(&s.gibReads, "gib-reads", 0, "`number` of answers that show a document as in progress, before GİB is done with it")
	flags.DurationVar(&s.gibDelay, "gib-delay", 0, "`time` that GİB works on a document")
	flags.BoolVar(&s.draftsUnlisted, "drafts-unlisted", false, "drafts do not stand in the list of invoices")
	flags.BoolVar(&s.refusedIsDraft, "refused-is-draft", false, "a document that GİB refuses is a draft again, and not in a state of its own")
	flags.BoolVar(&s.netFirst, "net-first", false, "round the net of a total with VAT, not its VAT: they differ by 0.01 in a tie")
	flags.TextVar(&s.totalOff, "total-off", decimal.Zero, "`amount` that is added to the total of every draft")
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
	case flags.NArg() > 0 || s.count < 0 || s.reads < 0 || s.writes < 0 || s.gibReads < 0 || s.gibDelay < 0:
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
	o := s.options()
	o.Products, o.Faults = products, faults
	server, err := sandbox.New(o)
	if err != nil {
		return err
	}
	server.Home(newPage(server))
	if err := greet(stdout, server.URL(), s, products); err != nil {
		return errors.Join(err, server.Close())
	}
	<-ctx.Done()
	return server.Close()
}

// options are the server's, but for its products and faults.
func (s settings) options() sandbox.Options {
	keys := strings.Split(s.key, ",")
	tenants := map[string]string{}
	for i, key := range keys {
		tenants[key] = fmt.Sprintf("%s%02d", sandbox.DemoTenant[:len(sandbox.DemoTenant)-2], i+1)
	}
	o := sandbox.Options{
		ConsentURL: s.consentURL, MoreTenants: furtherTenants(s.tenants),
		Addr: s.addr, APIKeys: keys, Tenants: tenants, Callback: s.callback,
		LoginNeedsPassword: s.needsPassword, AutoConsent: s.autoConsent,
		AllowStock: s.allowStock, KeyIgnored: s.keyIgnored, ChangeFilter: s.changeFilter, StockChangesDate: s.stockDates, ReadLimit: s.reads, WriteLimit: s.writes,
		Registered: list(s.registered), Unanswered: list(s.unanswered), GIBReads: s.gibReads, GIBDelay: s.gibDelay,
		DraftsUnlisted: s.draftsUnlisted, RefusedIsDraft: s.refusedIsDraft, NetFirst: s.netFirst, TotalOff: s.totalOff,
	}
	if s.accountOnly {
		o.AccountKeys = keys
	}
	return o
}

// list reads words with commas between them; nil when there are none.
func list(text string) (words []string) {
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// furtherTenants reads firms as they are written on the command line; one without a name has none.
func furtherTenants(firms string) (tenants []sandbox.Tenant) {
	for _, text := range list(firms) {
		id, name, _ := strings.Cut(text, "=")
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
		{"page:", url + "/"},
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
