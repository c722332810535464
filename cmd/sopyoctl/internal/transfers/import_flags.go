package transfers

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

type importFlags struct {
	plan, resume, readAnew, oldPlan bool
	retry                           bool
	out, page, fromPlan             string
	match                           []string
	unmatched                       string
	options                         transfer.Options
}

func (f *importFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.plan, "plan", false, "read and match only; write a plan file and nothing to the catalogue")
	flags.StringVar(&f.out, "out", "", "with --plan: where the plan file goes (default: among your documents)")
	flags.StringVar(&f.page, "html", "", "with --plan: write the plan as a page for people, too")
	flags.StringVar(&f.fromPlan, "from-plan", "", "carry out exactly the plan of that file, without reading İşbaşı")
	flags.BoolVar(&f.retry, "retry-failed", false, "try what failed in the last transfer again")
	flags.StringSliceVar(&f.match, "match", []string{"barcode", "code"}, "what to match by")
	flags.BoolVar(&f.options.IncludePassive, "include-passive", false, "take passive products too")
	flags.BoolVar(&f.options.OnlyInStock, "only-in-stock", false, "take only products with stock")
	flags.StringVar(&f.unmatched, "unmatched", string(transfer.UnmatchedListed), "listed, draft or created")
	flags.BoolVar(&f.options.TakeName, "take-name", false, "take the name too on a match")
	flags.BoolVar(&f.options.TakeBrand, "take-brand", false, "take the brand too on a match")
	flags.BoolVar(&f.options.TakeVAT, "take-vat", false, "take the VAT rate too on a match")
	flags.StringVar(&f.options.ReportTo, "report-to", "", "mail the report to this address when the transfer ends (default: 'to' of mail settings; none = nobody)")
	flags.IntVar(&f.options.Limit, "limit", 0, "apply only the first N rows; the rest waits for --resume")
	flags.BoolVar(&f.resume, "resume", false, "go on with the transfer that was not finished")
	flags.BoolVar(&f.readAnew, "read-anew", false, "with --resume: read İşbaşı again instead of an old plan")
	flags.BoolVar(&f.options.TakeRead, "accept-count", false, "where İşbaşı's count has disagreed with what came twice: go on with what was read; nothing is taken as gone")
	flags.BoolVar(&f.oldPlan, "accept-old", false, "carry out a plan that is older than a day")
	flags.BoolVar(&f.oldPlan, "accept-old-plan", false, "")
	_ = flags.MarkHidden("accept-old-plan") // its first name
}

func (f *importFlags) parse() error {
	f.options.ByBarcode, f.options.ByCode = false, false
	for _, m := range f.match {
		switch m {
		case "barcode":
			f.options.ByBarcode = true
		case "code":
			f.options.ByCode = true
		default:
			return console.Misused("ctl.usage.one-of", "--match", m, "barcode, code")
		}
	}
	f.options.Unmatched = transfer.Unmatched(f.unmatched)
	switch f.options.Unmatched {
	case transfer.UnmatchedListed, transfer.UnmatchedDraft, transfer.UnmatchedCreated:
	default:
		return console.Misused("ctl.usage.one-of", "--unmatched", f.unmatched, console.Names([]transfer.Unmatched{transfer.UnmatchedListed, transfer.UnmatchedDraft, transfer.UnmatchedCreated}))
	}
	return f.options.Validate()
}
