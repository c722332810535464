package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// translate lets the help of commands speak the language of messages. Cobra wants its texts before it knows the language.
func (c *ctl) translate(all ...*cobra.Command) {
	for _, cmd := range all {
		plain := cmd.HelpFunc()
		cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
			if err := c.speak(); err == nil {
				c.reword(cmd)
			}
			plain(cmd, args)
		})
	}
}

// reword gives a command the words of the chosen language where there are any: help.COMMAND, and help.COMMAND.FLAG for its
// flags.
func (c *ctl) reword(cmd *cobra.Command) {
	_, path, _ := strings.Cut(cmd.CommandPath(), " ")
	key := "help." + strings.ReplaceAll(path, " ", ".")
	for _, sub := range cmd.Commands() {
		if own := key + "." + sub.Name(); c.text.Has(own) {
			sub.Short = c.text.T(own)
		}
	}
	if c.text.Has(key) {
		cmd.Short = c.text.T(key)
	}
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if own := key + "." + f.Name; c.text.Has(own) {
			f.Usage = c.text.T(own)
		}
	})
}
