//go:build plant_repeat

package transport

const writesRepeated = true
