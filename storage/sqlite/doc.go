// Package sqlite keeps this machine's data: sopyo.db (companies, preferences, the queue of
// transfers, what API keys have cost) and one file per company (catalogue, bindings, transfers, quota, settings). It decides nothing: it stores what
// domain types say, in transactions that a kill cannot halve (architecture.md "Rules inside", SQLite).
package sqlite
