package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// localise lets help, usage and what is said of flags and arguments speak the language of messages: help.COMMAND is what a command
// does, help.COMMAND.FLAG what a flag of its does, help.global.FLAG one of all. Cobra wants its texts before it knows the language.
func (c *ctl) localise(root *cobra.Command) {
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		if err := c.speak(); err != nil {
			return err
		}
		c.translate(cmd)
		fmt.Fprint(cmd.OutOrStderr(), c.usage(cmd))
		return nil
	})
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		if err := c.speak(); err != nil {
			fmt.Fprintln(c.err, err)
			return
		}
		c.translate(cmd)
		about := cmd.Short
		if cmd.Long != "" {
			about += "\n\n" + cmd.Long
		}
		fmt.Fprint(cmd.OutOrStdout(), about+"\n\n"+c.usage(cmd))
	})
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		if c.speak() != nil {
			return usageError{err}
		}
		return usageError{c.flagError(err)}
	})
}

// translate words a command, those below it, and its flags.
func (c *ctl) translate(cmd *cobra.Command) {
	key := helpKey(cmd)
	if c.text.Has(key) {
		cmd.Short = c.text.T(key)
	}
	for _, sub := range cmd.Commands() {
		if own := helpKey(sub); c.text.Has(own) {
			sub.Short = c.text.T(own)
		}
	}
	word := func(prefix string) func(*pflag.Flag) {
		return func(f *pflag.Flag) {
			if own := prefix + "." + f.Name; c.text.Has(own) {
				f.Usage = c.text.T(own)
			}
		}
	}
	cmd.LocalFlags().VisitAll(word(key))
	cmd.Root().PersistentFlags().VisitAll(word("help.global"))
	if f := cmd.Flags().Lookup("help"); f != nil {
		f.Usage = c.text.T("ctl.usage.help-flag")
	}
}

func helpKey(cmd *cobra.Command) string {
	if !cmd.HasParent() {
		return "help." + cmd.Name()
	}
	_, path, _ := strings.Cut(cmd.CommandPath(), " ")
	return "help." + strings.ReplaceAll(path, " ", ".")
}

// usage is how a command is called, and what belongs to it.
func (c *ctl) usage(cmd *cobra.Command) string {
	var b strings.Builder
	part := func(key, text string) {
		if text = strings.TrimRight(text, "\n"); text != "" {
			fmt.Fprintf(&b, "%s\n%s\n\n", c.text.T(key), text)
		}
	}
	call := ""
	if cmd.Runnable() && !cmd.HasAvailableSubCommands() {
		call = "  " + c.useLine(cmd.UseLine())
	} else {
		call = "  " + cmd.CommandPath() + " " + c.text.T("ctl.usage.command")
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
		return strings.ReplaceAll(set.FlagUsages(), "(default ", "("+c.text.T("ctl.usage.default")+" ")
	}
	part("ctl.usage.flags", flags(cmd.LocalFlags()))
	part("ctl.usage.global", flags(cmd.InheritedFlags()))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintln(&b, c.text.T("ctl.usage.more", cmd.CommandPath()))
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (c *ctl) useLine(line string) string {
	return strings.Replace(line, "[flags]", c.text.T("ctl.usage.options"), 1)
}

// misuse words a command line that cannot be meant; cobra's own complaints have no type.
func (c *ctl) misuse(err error) string {
	if c.text == nil && c.speak() != nil {
		return err.Error()
	}
	var arguments argumentsError
	var group groupError
	said := err.Error()
	quoted := strings.Split(said, `"`)
	switch {
	case errors.As(err, &arguments):
		return c.t("ctl.usage.arguments", c.useLine(arguments.use))
	case errors.As(err, &group):
		return c.t("ctl.usage.needed", group.called, group.has)
	case strings.HasPrefix(said, "unknown command") && len(quoted) > 3:
		return c.t("ctl.usage.unknown-command", quoted[1], quoted[3]+" --help")
	case strings.HasPrefix(said, "required flag") && len(quoted) > 1:
		return c.t("ctl.usage.required", "--"+strings.Join(strings.Split(quoted[1], ", "), ", --"))
	}
	return said
}

// flagError words what is wrong with a flag.
func (c *ctl) flagError(err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return errors.New(c.t("ctl.usage.unknown-flag", dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames())))
	case errors.As(err, &missing):
		return errors.New(c.t("ctl.usage.no-value", dashed(missing.GetSpecifiedName(), missing.GetSpecifiedShortnames())))
	case errors.As(err, &wrong):
		return errors.New(c.t("ctl.usage.wrong-value", "--"+wrong.GetFlag().Name, wrong.GetValue(), wrong.GetFlag().Value.Type()))
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
