package transfer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Document is a plan that can leave the program: with whose it is, so that it can be carried out later,
// and only where it belongs. Its rows follow it, in the order of reading.
type Document struct {
	Company  domain.CompanyID // on the machine that made it
	Name     string           // of the company there
	TenantID string           // of the firm at İşbaşı
	Firm     string
	Plan
}

// Same tells whether two names of a firm at İşbaşı are the same one. An unknown one is no firm.
func (d Document) Same(tenantID string) bool {
	return tenantID != "" && strings.EqualFold(d.TenantID, tenantID) //nolint:forbidigo // a GUID's letters are a to f
}

// PlanRow is a row of a plan with the fingerprint of its partner as the plan saw it, "" where it has no
// partner or that one had changed before the document was made.
type PlanRow struct {
	Row
	Partner string
}

// PlanFile is a plan file that was found whole. Whoever opened it closes it.
type PlanFile struct {
	Document Document
	Checksum string // of its lines; another plan has another one
	Rows     iter.Seq2[PlanRow, error]
	Close    func() error
}

// Fingerprint tells a product as it stands from every other, also where another file has one of the same
// number and revision. It is made of what a person sees of it.
func Fingerprint(p domain.Product) string {
	h := sha256.New()
	for _, part := range []string{
		fmt.Sprint(p.ID), string(p.Code), string(p.Barcode), p.Name, p.Brand, p.Description, string(p.Currency),
		digitsOf(p.Price), digitsOf(p.Stock), digitsOf(p.VATRate), string(p.State),
	} {
		_, _ = io.WriteString(h, fmt.Sprintf("%d:%s", len(part), part)) // a hash never fails
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func digitsOf(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

// RunOf makes the run that carries a document out: it waits for its confirmation, and reads nothing.
func (d Document) RunOf(createdAt time.Time) Run {
	return Run{
		State: StatePlanned, Phase: PhaseApply, Options: d.Options, NextPage: d.Cost.Reads + 1, Total: d.Cost.Products,
		CreatedAt: createdAt, ReadAt: d.ReadAt,
	}
}
