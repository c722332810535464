//go:build ci

package main

// workArea knows of no screen: with the tag ci there is none.
func workArea() (width, height float32) { return 0, 0 }
