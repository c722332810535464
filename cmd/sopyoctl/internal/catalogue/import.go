package catalogue

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// importOf is what a person says of an import.
type importOf struct {
	path    string
	reading listing.Reading
	columns map[listing.Field]string
	dryRun  bool
	undo    bool
	yes     bool
}

func (c commands) importCommand() *cobra.Command {
	var of importOf
	var columns, answers []string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Take the products of a CSV, XLSX or XML file; a second time updates and never doubles; --undo takes the last file back",
		Args: func(cmd *cobra.Command, args []string) error {
			if of.undo {
				return console.AtMostOne(cmd, args)
			}
			return console.Exact(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if of.undo {
				return c.undoImport(cmd, of, args)
			}
			of.path = args[0]
			if of.columns, err = parseMap(columns); err != nil {
				return err
			}
			if of.reading.Answers, err = parseAnswers(answers); err != nil {
				return err
			}
			if cmd.Flags().Changed("header") && of.reading.HeaderRow < 1 {
				return console.Misused("ctl.usage.from-one", "--header", of.reading.HeaderRow)
			}
			if of.reading.Sheet == listing.ChooseAll {
				of.reading.Sheet = listing.AllSheets
			}
			var company *app.Company
			if of.dryRun {
				company, err = c.Read(cmd.Context())
			}
			if !of.dryRun || domain.KindOf(err) == domain.KindNotFound && c.Company == "" { // the first company of a machine
				company, err = c.Open(cmd.Context(), true)
			}
			if err != nil {
				return err
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			return c.importCatalogue(ctx, company, of)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&columns, "map", nil, "columns by header, number or letter: code=COLUMN,barcode=COLUMN…")
	flags.StringVar(&of.reading.Sheet, "sheet", "", "which sheet of a workbook, or all")
	flags.IntVar(&of.reading.HeaderRow, "header", 0, "row of the header, from 1 (default: found)")
	flags.StringArrayVar(&answers, "accept", nil, "the answer to a question, ID=CHOICE; more of them in further flags")
	flags.BoolVar(&of.dryRun, "dry-run", false, "only tell what would come of it; nothing is written")
	flags.BoolVar(&of.undo, "undo", false, "take the last file back, or FILE if that is the last one; what was changed since stays")
	flags.BoolVar(&of.yes, "yes", false, "confirm --undo without asking")
	return cmd
}

// importCatalogue takes the file in, and accounts for it.
func (c commands) importCatalogue(ctx context.Context, company *app.Company, of importOf) error {
	done, err := c.importFile(ctx, company, of)
	if e := new(domain.Error); errors.As(err, &e) && e.Kind == domain.KindInvalid && e.Field == "map" && c.CanAsk() {
		if of.columns, err = c.askColumns(e.Err.Error(), of.columns); err == nil {
			done, err = c.importFile(ctx, company, of)
		}
	}
	open := len(done.Open()) > 0
	if err != nil && (!open || domain.KindOf(err) != domain.KindState) {
		return err
	}
	if err := c.showImported(done, !of.dryRun && !open); err != nil {
		return err
	}
	if open {
		return console.Ended(console.ExitPartly)
	}
	return nil
}

// importFile takes the file in, or only plans it, and says how far it is.
func (c commands) importFile(ctx context.Context, company *app.Company, of importOf) (listing.Result, error) {
	var count listing.Count
	type end struct {
		result listing.Result
		err    error
	}
	do := company.ImportFile
	if of.dryRun {
		do = company.PlanFile
	}
	ended := make(chan end, 1)
	go func() {
		r, err := do(ctx, of.path, of.reading, of.columns, &count)
		ended <- end{r, err}
	}()
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			read, done, of := count.Snapshot()
			line := c.T("import.reading", read)
			if of > 0 {
				line = c.T("import.writing", done, of)
			}
			c.Redraw(line)
		case e := <-ended:
			c.Redraw("")
			return e.result, e.err
		}
	}
}

// parseMap reads FIELD=COLUMN, several of them behind commas; a comma without FIELD= behind it is the column's own.
func parseMap(columns []string) (map[listing.Field]string, error) {
	chosen := map[listing.Field]string{}
	for _, list := range columns {
		var last listing.Field
		for _, one := range strings.Split(list, ",") {
			field, column, ok := strings.Cut(one, "=")
			switch {
			case ok:
				last = listing.Field(strings.TrimSpace(field))
				chosen[last] = column
			case last == "":
				return nil, console.Misused("ctl.usage.form", "--map", one, console.Placeholders("FIELD=COLUMN"))
			default:
				chosen[last] += "," + one
			}
		}
	}
	return chosen, nil
}

// parseAnswers reads ID=CHOICE. An ID may have a header in it, and a choice may be one: either may have the sign of its own.
func parseAnswers(answers []string) (listing.Answers, error) {
	said := listing.Answers{}
	for _, one := range answers {
		kind, _, _ := strings.Cut(one, ":")
		cut := strings.Index(one, "=")
		if listing.QuestionKind(kind).OfHeader() {
			cut = strings.LastIndex(one, "=")
		}
		if cut < 0 {
			return nil, console.Misused("ctl.usage.form", "--accept", one, console.Placeholders("ID=CHOICE"))
		}
		said[one[:cut]] = one[cut+1:]
	}
	return said, nil
}

// askColumns asks which columns hold code, barcode and name.
func (c commands) askColumns(headers string, chosen map[listing.Field]string) (map[listing.Field]string, error) {
	fmt.Fprintln(c.Err, c.T("ctl.columns", headers))
	lines := bufio.NewReader(c.In)
	for _, field := range []listing.Field{listing.Code, listing.Barcode, listing.Name, listing.Price, listing.Stock} {
		fmt.Fprint(c.Err, c.T("ctl.column-of", string(field))+" ")
		line, err := lines.ReadString('\n')
		if err != nil {
			return nil, domain.E(domain.KindCancelled, "ask for columns", err)
		}
		if line = strings.TrimSpace(line); line != "" {
			chosen[field] = line
		}
	}
	return chosen, nil
}
