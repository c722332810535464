// Package database opens the files of storage/sqlite, migrates them and owns their transactions. Its rooms
// read and write only in the transactions that it hands to them.
package database
