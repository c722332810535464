package pricing

import "math"

// Plot is old prices against new ones on logarithmic scales, counted in cells: it stays small whatever the
// size of the catalogue. It is for drawing only, which is why it may count in floats.
type Plot struct{ cells map[plotCell]Dot }

// Dot is the prices of one cell.
type Dot struct {
	Old, New   float64 // the middle of the cell, in the target currency
	Prices     int
	Suspicious int // of them
}

type plotCell struct{ old, new uint16 }

// A cell is a fortieth of a power of ten wide: about 6 percent.
const cellsPerDecade = 40

// add counts a trial that has both prices.
func (p *Plot) add(t Trial) {
	if t.Old <= 0 || t.New <= 0 {
		return
	}
	if p.cells == nil {
		p.cells = map[plotCell]Dot{}
	}
	c := plotCell{cellOf(t.Old), cellOf(t.New)}
	d := p.cells[c]
	d.Prices++
	if t.Found&Suspicious != 0 {
		d.Suspicious++
	}
	p.cells[c] = d
}

// Dots gives the cells that hold something, in no particular order.
func (p *Plot) Dots() []Dot {
	dots := make([]Dot, 0, len(p.cells))
	for c, d := range p.cells {
		d.Old, d.New = middle(c.old), middle(c.new)
		dots = append(dots, d)
	}
	return dots
}

func cellOf(kurus int64) uint16 { return uint16(math.Log10(float64(kurus)) * cellsPerDecade) }

func middle(cell uint16) float64 { return math.Pow(10, (float64(cell)+0.5)/cellsPerDecade) / 100 }
