package console

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Localise lets help, usage and what is said of flags and arguments speak the language of messages: help.COMMAND is what a command
// does, help.COMMAND.FLAG what a flag of its does, help.global.FLAG one of all. Cobra wants its texts before it knows the language.
func (c *Console) Localise(root *cobra.Command) {
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		if err := c.Speak(); err != nil {
			return err
		}
		c.Translate(cmd)
		fmt.Fprint(cmd.OutOrStderr(), c.usage(cmd))
		return nil
	})
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		if err := c.Speak(); err != nil {
			fmt.Fprintln(c.Err, err)
			return
		}
		c.Translate(cmd)
		about := cmd.Short
		if cmd.Long != "" {
			about += "\n\n" + cmd.Long
		}
		fmt.Fprint(cmd.OutOrStdout(), about+"\n\n"+c.usage(cmd))
	})
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return flagError(err)
	})
}

// HelpCommand is cobra's own, which would say in English that there is no such command.
func HelpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Help about a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, _, err := cmd.Root().Find(args)
			if err != nil {
				return err
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// Translate words a command, those below it, and its flags.
func (c *Console) Translate(cmd *cobra.Command) {
	key := HelpKey(cmd)
	for _, one := range append(cmd.Commands(), cmd) {
		if own := HelpKey(one); c.Text.Has(own) {
			one.Short = c.Text.T(own)
		}
	}
	cmd.Long = "" // cobra's own commands have one
	if more := key + ".more"; c.Text.Has(more) {
		cmd.Long = c.Text.T(more)
	}
	word := func(prefix string) func(*pflag.Flag) {
		return func(f *pflag.Flag) {
			if own := prefix + "." + f.Name; c.Text.Has(own) {
				f.Usage = c.Text.T(own)
			}
		}
	}
	cmd.LocalFlags().VisitAll(word(key))
	cmd.Root().PersistentFlags().VisitAll(word("help.global"))
	for _, own := range []string{"help", "version"} {
		if f := cmd.Flags().Lookup(own); f != nil {
			f.Usage = c.Text.T("ctl.usage." + own + "-flag")
		}
	}
}

// HelpKey is the key of what the command does.
func HelpKey(cmd *cobra.Command) string {
	if !cmd.HasParent() {
		return "help." + cmd.Name()
	}
	_, path, _ := strings.Cut(cmd.CommandPath(), " ")
	return "help." + strings.ReplaceAll(path, " ", ".")
}

// usage is how a command is called, and what belongs to it.
func (c *Console) usage(cmd *cobra.Command) string {
	var b strings.Builder
	part := func(key, text string) {
		if text = strings.TrimRight(text, "\n"); text != "" {
			fmt.Fprintf(&b, "%s\n%s\n\n", c.Text.T(key), text)
		}
	}
	call := ""
	if cmd.Runnable() && !cmd.HasAvailableSubCommands() {
		call = "  " + c.useLine(cmd.UseLine())
	} else {
		call = "  " + cmd.CommandPath() + " " + c.Text.T("ctl.usage.command")
	}
	part("ctl.usage.usage", call)
	var commands strings.Builder
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			fmt.Fprintf(&commands, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
		}
	}
	part("ctl.usage.commands", commands.String())
	flags := func(set *pflag.FlagSet) string {
		lines := typeColumn.ReplaceAllStringFunc(set.FlagUsages(), func(head string) string {
			parts := typeColumn.FindStringSubmatch(head)
			was, is, gap := parts[2], c.kind(parts[2]), parts[3]
			return parts[1] + is + strings.Repeat(" ", max(2, len(gap)+utf8.RuneCountInString(was)-utf8.RuneCountInString(is)))
		})
		return strings.ReplaceAll(lines, "(default ", "("+c.Text.T("ctl.usage.default")+" ")
	}
	part("ctl.usage.flags", flags(cmd.LocalFlags()))
	part("ctl.usage.global", flags(cmd.InheritedFlags()))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintln(&b, c.Text.T("ctl.usage.more", cmd.CommandPath()))
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// typeColumn is how a line of pflag's begins: the flag, the type of its value, blanks.
var typeColumn = regexp.MustCompile(`(?m)^( +(?:-\w, )?--[\w-]+ )([A-Za-z]+)( {2,})`)

// kind words a type of a flag's value.
func (c *Console) kind(of string) string {
	if key := "ctl.usage.type." + of; c.Text.Has(key) {
		return c.Text.T(key)
	}
	return of
}

// Placeholders are words in capitals that stand for what is to be typed: FILE, NAME=VALUE.
type Placeholders string

var placeholder = regexp.MustCompile(`\p{Lu}{2,}`)

func (c *Console) useLine(line string) string {
	line = strings.Replace(line, "[flags]", c.Text.T("ctl.usage.options"), 1)
	return placeholder.ReplaceAllStringFunc(line, func(word string) string {
		if key := "ctl.usage.word." + word; c.Text.Has(key) {
			return c.Text.T(key)
		}
		return word
	})
}

// misuse words a command line that cannot be meant.
func (c *Console) misuse(err error) string {
	if c.Text == nil && c.Speak() != nil {
		return err.Error()
	}
	var own UsageError
	if !errors.As(err, &own) && !errors.As(cobraUsage(err), &own) {
		return err.Error()
	}
	args := slices.Clone(own.args)
	for i, arg := range args {
		switch of := arg.(type) {
		case Placeholders:
			args[i] = c.useLine(string(of))
		case valueType:
			args[i] = c.kind(string(of))
		}
	}
	return c.T(own.key, args...)
}

// cobraUsage makes one of ours of what cobra complains of, which has no type; nil: it is none of its complaints.
func cobraUsage(err error) error {
	said := err.Error()
	quoted := strings.Split(said, `"`)
	flags := func(names string) string {
		return "--" + strings.Join(strings.FieldsFunc(names, func(r rune) bool { return r == ' ' || r == ',' }), ", --")
	}
	switch group, _, inGroup := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(said, "if any flags in the group ["), "at least one of the flags in the group ["), "]"); {
	case strings.HasPrefix(said, "unknown command") && len(quoted) > 3:
		return Misused("ctl.usage.unknown-command", quoted[1], quoted[3]+" --help")
	case strings.HasPrefix(said, "required flag") && len(quoted) > 1:
		return Misused("ctl.usage.required", flags(quoted[1]))
	case strings.HasPrefix(said, "at least one of the flags") && inGroup:
		return Misused("ctl.usage.one-required", flags(group))
	case strings.HasPrefix(said, "if any flags in the group") && strings.Contains(said, "must all be set"):
		return Misused("ctl.usage.together", flags(group))
	case strings.HasPrefix(said, "if any flags in the group") && inGroup:
		return Misused("ctl.usage.exclude", flags(group))
	}
	return nil
}

// valueType is the name of the type of a flag's value.
type valueType string

// flagError makes one of ours of what is wrong with a flag.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		return Misused("ctl.usage.unknown-flag", dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames()))
	case errors.As(err, &missing):
		return Misused("ctl.usage.no-value", dashed(missing.GetSpecifiedName(), missing.GetSpecifiedShortnames()))
	case errors.As(err, &wrong):
		return Misused("ctl.usage.wrong-value", "--"+wrong.GetFlag().Name, wrong.GetValue(), valueType(wrong.GetFlag().Value.Type()))
	case errors.As(err, &syntax):
		return Misused("ctl.usage.unknown-flag", syntax.GetSpecifiedFlag())
	}
	return err
}

// dashed is a flag as it was typed: by its name, or by a letter among others.
func dashed(name, letters string) string {
	if letters != "" {
		return "-" + name
	}
	return "--" + name
}
