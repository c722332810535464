package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// needSubcommand refuses a group without its subcommand, which cobra would answer with help and success.
func needSubcommand(cmd *cobra.Command, args []string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	return misused("ctl.usage.needed", strings.Join(append([]string{cmd.CommandPath()}, args...), " "), strings.Join(names, ", "))
}

// What arguments commands take.
var (
	none      = arguments(cobra.NoArgs)
	atMostOne = arguments(cobra.MaximumNArgs(1))
)

func exact(n int) cobra.PositionalArgs   { return arguments(cobra.ExactArgs(n)) }
func minimum(n int) cobra.PositionalArgs { return arguments(cobra.MinimumNArgs(n)) }

// arguments makes what a check of cobra's says an error of ours.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return misused("ctl.usage.arguments", placeholders(cmd.UseLine()))
		}
		return nil
	}
}

// pageFlags let a list be shown in pages, of most rows when nothing is said.
func pageFlags(cmd *cobra.Command, limit, offset *int, most int) {
	cmd.Flags().IntVar(limit, "limit", most, "at most that many; 0 = all")
	cmd.Flags().IntVar(offset, "offset", 0, "leave out that many first")
}

func marketplaceFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "marketplace", "", "one marketplace, by id or name")
}

// yes reads one of two words, the value of name.
func yes(name, value, on, off string) (bool, error) {
	switch value {
	case on:
		return true, nil
	case off:
		return false, nil
	default:
		return false, misused("ctl.usage.one-of", name, value, on+", "+off)
	}
}
