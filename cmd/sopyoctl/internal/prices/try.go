package prices

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/lines"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c commands) tryCommand() *cobra.Command {
	return lines.Command(c.Console, "Compute prices from JSON lines, without a company: one answer a line", c.tryAnswer, c.tryError)
}

// tryRequest is a line. Numbers are texts; JSON's own are understood too.
type tryRequest struct {
	Base       json.RawMessage    `json:"base"`
	VAT        json.RawMessage    `json:"vat"`
	Rate       json.RawMessage    `json:"rate"`
	Direction  pricing.Direction  `json:"direction"`
	Kind       pricing.Kind       `json:"kind"`
	Amount     json.RawMessage    `json:"amount"`
	Extra      json.RawMessage    `json:"extra"`
	Ending     string             `json:"ending"`
	EndingMode pricing.EndingMode `json:"ending_mode"`
	Minimum    json.RawMessage    `json:"minimum"`
	Cost       json.RawMessage    `json:"cost"`
	Previous   json.RawMessage    `json:"previous"`
	MaxChange  json.RawMessage    `json:"max_change"`
}

// tryResult is the answer to a line that was understood.
type tryResult struct {
	Price    *string           `json:"price"`
	Blocked  bool              `json:"blocked"`
	Approval bool              `json:"approval"`
	Warnings []pricing.Warning `json:"warnings"`
	Steps    []stepJSON        `json:"steps"`
}

type stepJSON struct {
	Stage pricing.Stage `json:"stage"`
	Price string        `json:"price"`
	Text  string        `json:"text"`
}

// tryAnswer computes one line.
func (c commands) tryAnswer(line []byte) (any, error) {
	in, err := tryInput(line)
	if err != nil {
		return nil, err
	}
	o := pricing.Offer{Result: pricing.Compute(in), Rule: in.Rule, VAT: in.VAT, Rate: pricing.Rate{Value: in.Rate}}
	if in.Rate.IsZero() { // else nobody has said what the base is in
		o.Currency = pricing.Target
	}
	return c.resultJSON(o), nil
}

func (c commands) tryError(err error) any {
	m := map[string]string{"kind": string(domain.KindOf(err)), "message": c.Sentence(err)}
	if e := new(domain.Error); errors.As(err, &e) && e.Field != "" {
		m["field"] = e.Field
	}
	return map[string]any{"error": m}
}

func (c commands) resultJSON(o pricing.Offer) tryResult {
	r := tryResult{
		Blocked: o.Blocked, Approval: o.Approval,
		Warnings: o.Warnings, Steps: make([]stepJSON, 0, len(o.Steps)),
	}
	if r.Warnings == nil {
		r.Warnings = []pricing.Warning{}
	}
	if o.Price.Valid {
		price := o.Price.Decimal.StringFixed(2)
		r.Price = &price
	}
	for _, s := range o.Steps {
		r.Steps = append(r.Steps, stepJSON{Stage: s.Stage, Price: exactMoney(s.Price), Text: pricing.StepSentence(c.Words, c.Words.Lang, s, o)})
	}
	return r
}

// exactMoney writes an amount with two decimals, or as many as it has.
func exactMoney(d decimal.Decimal) string {
	if d.Equal(d.Truncate(2)) {
		return d.StringFixed(2)
	}
	return d.String()
}

// tryInput understands a line. Whatever the line has besides the known names is refused: a guard with a
// slip in its name would guard nothing.
func tryInput(line []byte) (pricing.Input, error) {
	var req tryRequest
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&req); err != nil {
		bad := domain.Invalid("line", "not-json")
		bad.Err = err
		return pricing.Input{}, bad
	}
	if dec.More() || !bytes.HasPrefix(bytes.TrimSpace(line), []byte("{")) {
		return pricing.Input{}, domain.Invalid("line", "not-json")
	}
	return req.input()
}

func (r tryRequest) input() (pricing.Input, error) {
	var in pricing.Input
	var amount, extra, base, vat, rate decimal.NullDecimal
	for _, f := range []struct {
		name     string
		raw      json.RawMessage
		into     *decimal.NullDecimal
		negative bool
	}{
		{"base", r.Base, &base, true},
		{"vat", r.VAT, &vat, false},
		{"rate", r.Rate, &rate, false},
		{"amount", r.Amount, &amount, true},
		{"extra", r.Extra, &extra, true}, // the rule itself refuses these
		{"minimum", r.Minimum, &in.Minimum, false},
		{"cost", r.Cost, &in.Cost, false},
		{"previous", r.Previous, &in.Previous, false},
		{"max_change", r.MaxChange, &in.MaxChange, false},
	} {
		var err error
		if *f.into, err = jsonNumber(f.name, f.raw); err != nil {
			return in, err
		}
		if f.into.Decimal.IsNegative() && !f.negative {
			return in, domain.Invalid(f.name, "negative")
		}
	}
	switch {
	case !base.Valid:
		return in, domain.Invalid("base", "required")
	case rate.Valid && !rate.Decimal.IsPositive():
		return in, domain.Invalid("rate", "not-above-zero")
	}
	in.Base, in.VAT, in.Rate = base.Decimal, vat.Decimal, rate.Decimal
	var err error
	in.Rule, err = r.rule(amount, extra)
	return in, err
}

// rule gives the line's rule, nil when it says nothing of one.
func (r tryRequest) rule(amount, extra decimal.NullDecimal) (*pricing.Rule, error) {
	if r.Direction == "" && r.Kind == "" && !amount.Valid && !extra.Valid && r.Ending == "" {
		return nil, nil
	}
	rule := pricing.Rule{
		Direction: r.Direction, Kind: r.Kind, Amount: amount.Decimal, Extra: extra.Decimal,
		Ending: endingOf(r.Ending), EndingMode: r.EndingMode,
	}
	switch changes := r.Direction != "" || r.Kind != ""; {
	case changes && !amount.Valid:
		return nil, domain.Invalid("amount", "required")
	case !changes && !amount.Valid: // an extra price or an ending alone
		rule.Direction, rule.Kind = pricing.Increase, pricing.Amount
	}
	if rule.Ending != "" && rule.EndingMode == "" {
		rule.EndingMode = pricing.EndingUp
	}
	return &rule, rule.Validate()
}

// jsonNumber reads a number of a line: plain digits with at most one point. Null is none.
func jsonNumber(field string, raw json.RawMessage) (decimal.NullDecimal, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return decimal.NullDecimal{}, nil
	}
	text := string(raw)
	if raw[0] == '"' {
		if err := json.Unmarshal(raw, &text); err != nil {
			return decimal.NullDecimal{}, domain.Invalid(field, "number")
		}
	}
	d, ok := lines.Decimal(text)
	if !ok {
		return decimal.NullDecimal{}, domain.Invalid(field, "number")
	}
	return decimal.NewNullDecimal(d), nil
}
