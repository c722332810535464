//go:build !linux

package main

import "errors"

const canLimitFiles = false

func limitFiles(uint64) error { return errors.ErrUnsupported }
