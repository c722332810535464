package transfers

import (
	"context"
	"fmt"

	"github.com/pkg/browser"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/letters"
	"github.com/sopyo/sopyo-desktop/domain/report"
)

// reportFlags say where a report goes; without any it is printed as text.
type reportFlags struct {
	html, xlsx, eml, mail string
	text, open            bool
}

func (c commands) reportCommand() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report [ID]",
		Short: "The report of a transfer (default: the last): printed, as files, or by e-mail",
		Args:  console.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			open := c.Take
			if f.mail == "" && !f.open { // nothing is kept
				open = c.Read
			}
			company, run, err := c.openTransfer(cmd.Context(), open, args)
			if err != nil {
				return err
			}
			return c.report(cmd.Context(), company, run.ID, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.html, "html", "", "write the page into FILE")
	flags.StringVar(&f.xlsx, "xlsx", "", "write the workbook of what needs you into FILE; mended it can be imported")
	flags.BoolVar(&f.text, "text", false, "print it as text, besides files")
	flags.StringVar(&f.eml, "eml", "", "write a draft for your own mail program into FILE")
	flags.StringVar(&f.mail, "mail", "", "send it to ADDRESS; without mail settings a draft is written")
	flags.BoolVar(&f.open, "open", false, "open the saved page in the browser; its path is printed")
	return cmd
}

func (c commands) report(ctx context.Context, company *app.Company, id int64, f reportFlags) error {
	answer := map[string]any{"id": id}
	for _, file := range []struct{ name, path, ending string }{{"html", f.html, ".html"}, {"xlsx", f.xlsx, ".xlsx"}, {"eml", f.eml, ".eml"}} {
		if file.path == "" {
			continue
		}
		if err := company.WriteReport(ctx, id, file.path, file.ending, f.mail); err != nil {
			return err
		}
		answer[file.name] = file.path
		c.Say("ctl.report.saved", file.path)
	}
	if f.open {
		path, err := company.ReportFile(ctx, id)
		if err != nil {
			return err
		}
		answer["path"] = path
		c.Say("ctl.report.saved", path)
		if err := browser.OpenURL(path); err != nil {
			fmt.Fprintln(c.Err, err)
		}
	}
	if f.mail != "" && f.eml == "" {
		if err := c.mailReport(ctx, company, id, f.mail, answer); err != nil {
			return err
		}
	}
	if c.JSON || f.text || len(answer) == 1 {
		value, err := company.Report(ctx, id, reportRows)
		if err != nil {
			return err
		}
		if c.JSON {
			answer["report"] = reportJSON(value)
			return c.Print(answer)
		}
		fmt.Fprint(c.Out, value.Text(c.Words))
	}
	return nil
}

// reportRows is how many rows a printed report shows.
const reportRows = 200

// mailReport sends the report now; what cannot be sent now waits in the queue.
func (c commands) mailReport(ctx context.Context, company *app.Company, id int64, to string, answer map[string]any) error {
	mailed, err := company.MailReport(ctx, id, to)
	if err != nil {
		return err
	}
	if mailed.Draft != "" {
		answer["draft"] = mailed.Draft
		c.Say("ctl.report.draft", mailed.Draft)
		return nil
	}
	c.Say("ctl.report.queued", to, mailed.Letter.ID)
	sent, err := letters.Deliver(ctx, c.Console, company)
	for _, l := range sent {
		if l.ID == mailed.Letter.ID {
			answer["letter"] = letters.LetterJSON(l)
		}
	}
	return err
}

func reportJSON(r report.Report) map[string]any {
	n := r.Run.Counters
	m := map[string]any{
		"company": r.Company, "state": r.Run.State, "read": n.Read, "transferred": n.Transferred, "matched": n.Matched,
		"unmatched": n.Unmatched, "skipped": n.Skipped, "failed": n.Failed, "pending": n.Pending,
		"api_reads": r.Run.APIReads, "api_writes": r.Run.APIWrites, "created_at": console.Stamp(r.Run.CreatedAt),
		"tiers": countsJSON(r.Tiers), "reasons": countsJSON(r.Reasons), "skips": countsJSON(r.Skips),
		"notes": countsJSON(r.Notes), "flags": countsJSON(r.Flags), "problems": r.ProblemCount,
	}
	if !r.Run.FinishedAt.IsZero() {
		m["finished_at"] = console.Stamp(r.Run.FinishedAt)
	}
	return m
}

func countsJSON[T ~string](counts []report.Count[T]) map[string]int {
	m := map[string]int{}
	for _, c := range counts {
		m[string(c.What)] = c.N
	}
	return m
}
