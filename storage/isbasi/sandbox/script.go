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
// FaultHelp tells the kinds and settings.
//
//	html route=products/products nth=3; rate every=10 retry=2s; redirect to=http://127.0.0.1:1/
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
		if f.Kind == FaultIgnore && f.Field == "" {
			return nil, fmt.Errorf("fault %q: no field", strings.TrimSpace(text))
		}
		faults = append(faults, f)
	}
	return faults, nil
}

// String writes the fault as ParseFaults reads it.
func (f Fault) String() string {
	words := []string{string(f.Kind)}
	add := func(name, value, none string) {
		if value != none {
			words = append(words, name+"="+value)
		}
	}
	add("route", f.Route, "")
	for _, n := range []struct {
		name  string
		value int
	}{{"page", f.Page}, {"nth", f.Nth}, {"every", f.Every}, {"times", f.Times}, {"status", f.Status}, {"by", f.By}} {
		add(n.name, strconv.Itoa(n.value), "0")
	}
	add("message", strings.ReplaceAll(f.Message, " ", "_"), "")
	add("field", f.Field, "")
	add("to", f.Location, "")
	add("delay", f.Delay.String(), "0s")
	add("retry", f.RetryAfter.String(), "0s")
	add("after", strconv.FormatBool(f.After), "false")
	add("date", strconv.FormatBool(f.RetryDate), "false")
	return strings.Join(words, " ")
}

// FaultHelp is the language of ParseFaults, for a person to read.
const FaultHelp = `Faults, separated by semicolons, each a kind and its settings:
  status    an error of İşbaşı's own: status (500), message ("_" stands for a blank)
  html      a gateway's page: status (502)
  body      message as the whole body: status (200)
  rate      429: retry=2s for Retry-After, date=true to write it as a date
  redirect  307 to=ADDRESS
  delay     the answer comes after delay=5s; with after=true the call is carried out at once
  cut       half of the answer, then the connection ends
  drop      the connection ends, nothing was carried out
  lost      the connection ends, the call was carried out
  late      the connection ends (status=504: a gateway's page), the call is carried out after delay=5s
  ignore    success is answered, but field=NAME of the body is not stored (of a product prices, name …;
            of a stock receipt stockTransactionLines)
  refuse    GİB refuses the document that einvoices/eInvoiceWithJson sends: status (1150) is its code, message its note
  token     every access token has ended
  count     a list's count is off by=1
  repeat    a list answers its first page, whatever was asked for
  grow      by=1 products appear at the end of their list
  shrink    the first by=1 products are gone
Which calls: route=NAME, page=2 of a list, nth=3 (only the third), every=10, times=1 (so often at most).
After a status, html, body, rate or redirect the call was not carried out, with after=true it was.
Routes: PUT:products, PUT:stock, products/products, products/{id}/{type}, user/integrationLogin and so on:
the path below /api/v1.0/, with the verb before it where a path has several.
Example: lost route=PUT:products nth=2; ignore route=PUT:products field=prices times=1
`

// FaultKinds lists them all.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultStatus, FaultHTML, FaultBody, FaultRate, FaultRedirect, FaultDelay, FaultCut,
		FaultDrop, FaultLost, FaultLate, FaultIgnore, FaultRefuse, FaultToken, FaultCount, FaultRepeat, FaultGrow, FaultShrink,
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
	case "field":
		f.Field = value
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
