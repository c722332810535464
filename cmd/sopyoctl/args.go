package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// needSubcommand refuses a group without its subcommand, which cobra would answer with help and success.
func needSubcommand(cmd *cobra.Command, args []string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	return usageError{groupError{strings.Join(append([]string{cmd.CommandPath()}, args...), " "), strings.Join(names, ", ")}}
}

// groupError says that a group was called without a subcommand that it has.
type groupError struct{ called, has string }

func (e groupError) Error() string { return e.called + ": one of " + e.has + " is needed" }

// argumentsError says that a command was given more or fewer arguments than it takes.
type argumentsError struct{ use string }

func (e argumentsError) Error() string { return "another number of arguments is needed: " + e.use }

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
			return usageError{argumentsError{cmd.UseLine()}}
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

// yes reads one of two words.
func yes(value, on, off string) (bool, error) {
	switch value {
	case on:
		return true, nil
	case off:
		return false, nil
	default:
		return false, fmt.Errorf("%q is neither %s nor %s", value, on, off)
	}
}
