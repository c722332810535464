package prices

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/charts"
)

// largestShown is how many of the changes are seen first.
const largestShown = 20

// newLabSummary shows a laboratory at a glance: four numbers that open their lists, and the largest changes. column is counted from
// 1, 0 is every one.
func newLabSummary(e *env, lab *pricing.Laboratory, markets pricing.Marketplaces, column int, open func(key string)) fyne.CanvasObject {
	total := lab.Total()
	if column > 0 {
		total = lab.Columns()[column-1].Counts
	}
	cards := container.NewGridWithColumns(4)
	for _, c := range []struct {
		key  string
		icon fyne.Resource
		n    int
	}{
		{"moved", theme.ViewRefreshIcon(), total.Moved},
		{"blocked", theme.NewColoredResource(theme.CancelIcon(), theme.ColorNameError), total.Blocked},
		{"approval", theme.NewColoredResource(theme.HistoryIcon(), theme.ColorNamePrimary), total.Approval},
		{"suspicious", theme.NewColoredResource(theme.WarningIcon(), theme.ColorNameWarning), total.Suspicious},
	} {
		icon := c.icon
		if c.key == "moved" {
			icon = theme.NewColoredResource(icon, theme.ColorNameForeground)
		}
		cards.Add(widgets.NewCard(icon, e.Count(c.n), e.T("lab.card."+c.key), nil, func() { open(c.key) }))
	}
	largest := newTrialTable(e, trialQuery{pricing.TrialQuery{Found: pricing.FoundMoved, Column: column, Sort: pricing.TrialsByChange, Desc: true}, lab, markets, ""}, largestShown)
	title := widgets.NewBody(e.T("lab.largest", min(largestShown, total.Moved))).Bold()
	widgets.ShowIf(title, total.Moved > 0)
	widgets.ShowIf(largest, total.Moved > 0)
	return widgets.NewBorder(container.NewVBox(cards, title), nil, nil, nil, largest)
}

// newLabPlots shows old prices against new ones, side by side for marketplaces that differ.
func newLabPlots(e *env, lab *pricing.Laboratory, markets pricing.Marketplaces, column int) fyne.CanvasObject {
	columns := lab.Columns()
	if column > 0 {
		columns = columns[column-1 : column]
	}
	body := container.NewVBox(
		charts.NewPlotKey(e.T("lab.plot.key.price"), e.T("lab.plot.key.odd"), e.T("lab.plot.key.same")),
		labPlots(e, columns, markets))
	return container.NewVScroll(widgets.BesideBar(body))
}

// The heights of plots, and what a scroll bar covers.
const onePlotHeight, plotHeight = 250, 230

// labPlots draws a plot for each column, all with the same scales.
func labPlots(e *env, columns []*pricing.Column, markets pricing.Marketplaces) fyne.CanvasObject {
	low, high := math.Inf(1), math.Inf(-1)
	for _, c := range columns {
		for _, d := range c.Plot.Dots() {
			low = min(low, math.Log10(d.Old), math.Log10(d.New))
			high = max(high, math.Log10(d.Old), math.Log10(d.New))
		}
	}
	across, height := min(2, len(columns)), float32(plotHeight)
	if across < 2 {
		across, height = 1, onePlotHeight
	}
	grid := container.NewGridWithColumns(across)
	for _, c := range columns {
		grid.Add(widgets.NewPanel(labPlot(e, c, markets, low-0.1, high+0.1, height)))
	}
	return grid
}

// countWords says what becomes of the prices of a column.
func countWords(w words.Words, n pricing.Counts) string {
	said := w.T("lab.plot.facts", n.Prices)
	if moves := words.Listed(", ", w.Counted("lab.plot.raised", n.Raised), w.Counted("lab.plot.lowered", n.Lowered), w.Counted("lab.plot.stay", n.Same),
		w.Counted("lab.plot.fresh", n.Fresh)); moves != "" {
		said += ": " + moves
	}
	if care := words.Listed(", ", w.Counted("lab.plot.blocked", n.Blocked), w.Counted("lab.plot.approval", n.Approval), w.Counted("lab.plot.suspicious", n.Suspicious)); care != "" {
		said += ". " + care
	}
	return said + "."
}

func labPlot(e *env, c *pricing.Column, markets pricing.Marketplaces, low, high float64, height float32) fyne.CanvasObject {
	rule := e.T("price.norule")
	if c.Rule != nil {
		rule = e.ruleText(*c.Rule, pricing.Target)
	}
	words := widgets.NewBorder(nil, nil, nil, widgets.NewCaption(rule).OneLine(), widgets.NewBody(placeNames(e, markets, c.Marketplaces)).Bold())
	facts := widgets.NewCaption(countWords(e.Words, c.Counts))
	dots := c.Plot.Dots()
	var plot fyne.CanvasObject = widgets.NewMuted(e.T("lab.plot.none"))
	if len(dots) > 0 {
		plot = widgets.FixedHeight(height, charts.NewPlot(low, high, priceTicks(e, low, high), e.T("lab.plot.old"), e.T("lab.plot.new"), plotPoints(dots)))
	}
	return widgets.NewBorder(words, facts, nil, nil, plot)
}

// plotPoints puts the dots on the scales. How much stands behind a dot is seen by powers of ten, as prices are.
func plotPoints(dots []pricing.Dot) []charts.PlotPoint {
	most := 1
	for _, d := range dots {
		most = max(most, d.Prices)
	}
	points := make([]charts.PlotPoint, len(dots))
	for i, d := range dots {
		points[i] = charts.PlotPoint{
			X: math.Log10(d.Old), Y: math.Log10(d.New), Odd: d.Suspicious > 0,
			Weight: math.Log(float64(1+d.Prices)) / math.Log(float64(1+most)),
		}
	}
	return points
}

// priceTicks are round prices on a logarithmic scale: powers of ten, and where these are few their 2 and 5
// folds too.
func priceTicks(e *env, low, high float64) []charts.PlotTick {
	folds := []int64{1}
	if high-low < 2.5 {
		folds = []int64{1, 2, 5}
	}
	var ticks []charts.PlotTick
	for power := int(math.Floor(low)); float64(power) <= high; power++ {
		for _, f := range folds {
			price := decimal.New(f, int32(power))
			at := float64(power) + math.Log10(float64(f))
			if at < low || at > high {
				continue
			}
			label := domain.FormatNumber(price, e.Lang)
			if e.Lang == "en" {
				label = domain.TRY.Symbol() + label
			} else {
				label += " " + domain.TRY.Symbol()
			}
			ticks = append(ticks, charts.PlotTick{At: at, Label: label})
		}
	}
	return ticks
}
