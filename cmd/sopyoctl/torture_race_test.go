//go:build race

package main

// Under -race everything takes many times as long, and a race shows itself in a small import too.
const (
	tortureProducts  = 600
	tortureKills     = 4
	tortureDecisions = 10
	torturedRounds   = 1
	torturedKills    = 1
	triedSyncLines   = 5_000
	triedOrderLines  = 2_000
)
