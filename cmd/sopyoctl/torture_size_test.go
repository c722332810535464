//go:build !race

package main

// What is tortured: an import of so many products, through a storm of faults. KILLS and DECISIONS say other
// numbers.
const (
	tortureProducts  = 5000
	tortureKills     = 20
	tortureDecisions = 30
)
