package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ParseFaults reads faults as they are written on a command line: separated by semicolons, each a kind
// and its settings.
//
//	html route=products/products nth=3; rate every=10 retry=2s; redirect to=http://127.0.0.1:1/
//
// The settings: route, page, nth, every, times, status, message (a "_" stands for a blank), delay, retry,
// date (true: Retry-After as a date), to, by, after (true: the call was carried out before).
func ParseFaults(script string) ([]Fault, error) {
	var faults []Fault
	for _, text := range strings.Split(script, ";") {
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		f := Fault{Kind: FaultKind(words[0])}
		if !slices.Contains(FaultKinds(), f.Kind) {
			return nil, fmt.Errorf("fault %q: unknown kind %q", strings.TrimSpace(text), words[0])
		}
		for _, word := range words[1:] {
			name, value, _ := strings.Cut(word, "=")
			if err := f.set(name, value); err != nil {
				return nil, fmt.Errorf("fault %q: %s: %w", strings.TrimSpace(text), name, err)
			}
		}
		faults = append(faults, f)
	}
	return faults, nil
}

// FaultKinds lists them all.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultStatus, FaultHTML, FaultBody, FaultRate, FaultRedirect, FaultDelay, FaultCut,
		FaultDrop, FaultLost, FaultToken, FaultCount, FaultRepeat, FaultGrow, FaultShrink,
	}
}

func (f *Fault) set(name, value string) (err error) {
	numbers := map[string]*int{
		"page": &f.Page, "nth": &f.Nth, "every": &f.Every, "times": &f.Times, "status": &f.Status, "by": &f.By,
	}
	switch name {
	case "route":
		f.Route = value
	case "message":
		f.Message = strings.ReplaceAll(value, "_", " ")
	case "to":
		f.Location = value
	case "delay":
		f.Delay, err = time.ParseDuration(value)
	case "retry":
		f.RetryAfter, err = time.ParseDuration(value)
	case "after":
		f.After, err = strconv.ParseBool(value)
	case "date":
		f.RetryDate, err = strconv.ParseBool(value)
	default:
		n, ok := numbers[name]
		if !ok {
			return errors.New("unknown setting")
		}
		*n, err = strconv.Atoi(value)
	}
	return err
}
