package console

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// NeedSubcommand refuses a group without its subcommand, which cobra would answer with help and success.
func NeedSubcommand(cmd *cobra.Command, args []string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	return Misused("ctl.usage.needed", strings.Join(append([]string{cmd.CommandPath()}, args...), " "), strings.Join(names, ", "))
}

// None wants no arguments.
func None(cmd *cobra.Command, args []string) error { return arguments(cobra.NoArgs)(cmd, args) }

// AtMostOne wants one argument or none.
func AtMostOne(cmd *cobra.Command, args []string) error {
	return arguments(cobra.MaximumNArgs(1))(cmd, args)
}

// Named tells whether a file of that name is the one that was named, if one was.
func Named(args []string, file string) bool { return len(args) == 0 || filepath.Base(args[0]) == file }

// Exact wants n arguments.
func Exact(n int) cobra.PositionalArgs { return arguments(cobra.ExactArgs(n)) }

// Minimum wants n arguments or more.
func Minimum(n int) cobra.PositionalArgs { return arguments(cobra.MinimumNArgs(n)) }

// arguments makes what a check of cobra's says an error of ours.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return Misused("ctl.usage.arguments", Placeholders(cmd.UseLine()))
		}
		return nil
	}
}

// PageFlags let a list be shown in pages, of most rows when nothing is said.
func PageFlags(cmd *cobra.Command, limit, offset *int, most int) {
	cmd.Flags().IntVar(limit, "limit", most, "at most that many; 0 = all")
	cmd.Flags().IntVar(offset, "offset", 0, "leave out that many first")
}

// Yes reads one of two words, the value of name.
func Yes(name, value, on, off string) (bool, error) {
	switch value {
	case on:
		return true, nil
	case off:
		return false, nil
	default:
		return false, Misused("ctl.usage.one-of", name, value, on+", "+off)
	}
}
