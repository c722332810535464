//go:build !race

package main

// What is tortured: an import of so many products, through a storm of faults; and how many lines are tried. PRODUCTS, KILLS, DECISIONS, ROUNDS and COMMAND_KILLS
// say other numbers.
const (
	tortureProducts  = 1500
	tortureKills     = 20
	tortureDecisions = 30
	torturedRounds   = 1
	torturedKills    = 3
	triedSyncLines   = 50_000
	triedOrderLines  = 20_000
)
