package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

// manualCommand writes the manual page for packages. cobra/doc, the usual maker, writes its headings in English only, a
// page for each of a hundred commands, and brings a Markdown library into the program.
func (c commands) manualCommand() *cobra.Command {
	return &cobra.Command{
		Use: "manual", Short: "The manual page of this program, for man", Args: console.None, Hidden: true,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.manual(cmd.Root(), c.Out) },
	}
}

// manual writes root and every command under it as one page of man(7), in the language of messages.
func (c commands) manual(root *cobra.Command, out io.Writer) error {
	var b strings.Builder
	name := root.Name()
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"%s %s\"\n.ad l\n", strings.ToUpper(name), name, app.Version()) //nolint:forbidigo // ASCII, by man's habit
	fmt.Fprintf(&b, ".SH %s\n%s \\- %s\n", c.T("man.name"), name, roff(c.T("man.about")))
	fmt.Fprintf(&b, ".SH %s\n.B %s\n%s\n", c.T("man.synopsis"), name, roff(c.T("man.usage")))
	fmt.Fprintf(&b, ".SH %s\n", c.T("man.options"))
	manualFlags(&b, root.PersistentFlags())
	fmt.Fprintf(&b, ".SH %s\n", c.T("man.commands"))
	c.manualCommands(&b, root)
	fmt.Fprintf(&b, ".SH %s\n", c.T("man.exit"))
	for code := console.ExitOK; code <= console.ExitPartly; code++ {
		fmt.Fprintf(&b, ".TP\n.B %d\n%s\n", code, roff(c.T("man.exit."+strconv.Itoa(code))))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// manualCommands writes what stands under a command, groups as their members.
func (c commands) manualCommands(b *strings.Builder, parent *cobra.Command) {
	for _, cmd := range parent.Commands() {
		if !cmd.IsAvailableCommand() || cmd.Name() == "help" {
			continue
		}
		c.Translate(cmd)
		cmd.DisableFlagsInUseLine = true // they follow, each with its words
		fmt.Fprintf(b, ".SS %s\n%s\n", roff(cmd.UseLine()), roff(cmd.Short))
		if cmd.Long != "" {
			fmt.Fprintf(b, ".PP\n%s\n", roff(cmd.Long))
		}
		if cmd.Example != "" {
			fmt.Fprintf(b, ".PP\n.nf\n%s\n.fi\n", roff(cmd.Example))
		}
		manualFlags(b, cmd.LocalNonPersistentFlags())
		c.manualCommands(b, cmd)
	}
}

func manualFlags(b *strings.Builder, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" || f.Name == "version" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		head := "--" + f.Name
		if f.Shorthand != "" {
			head = "-" + f.Shorthand + ", " + head
		}
		fmt.Fprintf(b, ".TP\n%s\n%s\n", strings.TrimSpace(`\fB`+roff(head)+`\fR `+roff(value)), roff(usage))
	})
}

// roff writes text so that man takes nothing in it for a request.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
