package lines

import (
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// Command is one that answers the lines of standard input, without a company.
func Command(c *console.Console, short string, answer func(line []byte) (any, error), refused func(error) any) *cobra.Command {
	var stdin bool
	cmd := &cobra.Command{
		Use: "try --stdin", Short: short, Args: console.None,
		RunE: func(*cobra.Command, []string) error {
			if !stdin {
				return console.Misused("ctl.usage.required", "--stdin")
			}
			return Answer(c.In, c.Out, answer, refused)
		},
	}
	cmd.Flags().BoolVar(&stdin, "stdin", false, "read the lines from standard input")
	return cmd
}

// Sentence makes of an error an answer that says it.
func Sentence(c *console.Console) func(error) any {
	return func(err error) any { return map[string]string{"error": c.Sentence(err)} }
}
