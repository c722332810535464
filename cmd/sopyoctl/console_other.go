//go:build !windows

package main

// greet and draws: terminals take UTF-8 and obey escapes.
func greet() {}

func draws(any) bool { return true }
