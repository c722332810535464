package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

func (c commands) supportCommand() *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use: "support", Short: "A file to send to support: versions, counts and the log, without names, prices and secrets", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, now := cmd.Context(), time.Now()
			var err error
			if path == "" {
				path, err = app.SupportFile(ctx, c.DataDir, app.Version(), now)
			} else {
				err = disk.Write(path, func(out io.Writer) error { return app.Support(ctx, c.DataDir, app.Version(), now, out) })
			}
			switch {
			case err != nil:
				return err
			case c.JSON:
				return c.Print(map[string]any{"file": path})
			}
			c.Say("ctl.support", path)
			return nil
		},
	}
	cmd.Flags().StringVar(&path, "out", "", "where to write it (default: a new file among your documents, or in the folder of --data)")
	return cmd
}
