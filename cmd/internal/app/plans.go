package app

import (
	"context"
	"fmt"
	"io"

	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/plan"
)

// WritePlan writes the plan of a run that nobody has confirmed yet as a plan file, to path or ("") among
// the company's documents, and gives its path.
func (c *Company) WritePlan(ctx context.Context, run int64, path string) (string, error) {
	d, err := c.Document(ctx, run)
	if err != nil {
		return "", err
	}
	return c.planFile(run, path, ".json", func(out io.Writer) error { return plan.Write(out, d, c.Store.PlanRows(ctx, run)) })
}

// SavePlanPage writes the plan of a run as a page that can be read anywhere and sent to the accountant, to path
// or ("") among the company's documents, and gives its path.
func (c *Company) SavePlanPage(ctx context.Context, run int64, path string) (string, error) {
	d, err := c.Document(ctx, run)
	if err != nil {
		return "", err
	}
	w, err := c.app.words(ctx, "")
	if err != nil {
		return "", err
	}
	page := report.PlanPage{Document: d, MadeAt: d.MadeAt}
	if page.First, err = c.Store.FirstPlanned(ctx, run, report.PlanRows); err != nil {
		return "", err
	}
	return c.planFile(run, path, ".html", func(out io.Writer) error { return page.WriteHTML(out, w) })
}

// planFile writes a file of a plan to path, or ("") among the company's documents, and gives its path.
func (c *Company) planFile(run int64, path, ending string, write func(io.Writer) error) (string, error) {
	if path == "" {
		return c.create(fmt.Sprintf("isbasi-plan-%d", run), ending, write)
	}
	return path, disk.Write(path, write)
}
