package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// shares is what an in-store number may not share with others when it is created together with them. Matching does not join
// such numbers, so no flag of a row tells.
type shares struct {
	codes    map[string]int // of İşbaşı's products of the run, by their keys
	numbers  map[string]int // in-store numbers among them
	ours     map[string]bool
	gathered bool
}

// shared tells whether another product has the code or the in-store number of an İşbaşı product of the run.
func (d *decider) shared(ctx context.Context, m domain.RemoteProduct) (bool, error) {
	number := inStore(m.Barcode)
	if number == "" {
		return false, nil
	}
	if s := &d.shares; !s.gathered {
		if err := s.gather(ctx, d.tx, d.run.ID); err != nil {
			return false, err
		}
	}
	return d.shares.numbers[number] > 1 || d.shares.ours[number] || d.shares.codes[m.Code.K0()] > 1, nil
}

func (s *shares) gather(ctx context.Context, tx *sql.Tx, run int64) error {
	s.codes, s.numbers, s.ours = map[string]int{}, map[string]int{}, map[string]bool{}
	for p, err := range database.SelectSeq(ctx, tx, func(p *domain.RemoteProduct) []any { return []any{&p.Code, &p.Barcode} },
		`SELECT code, barcode FROM transfer_product WHERE transfer_id = ?`, run) {
		if err != nil {
			return err
		}
		if code := p.Code.K0(); code != "" {
			s.codes[code]++
		}
		if n := inStore(p.Barcode); n != "" {
			s.numbers[n]++
		}
	}
	for b, err := range database.SelectSeq(ctx, tx, database.Itself[domain.Barcode], `SELECT barcode FROM product WHERE barcode <> '' AND barcode_key = ''`) {
		if err != nil {
			return err
		}
		if n := inStore(b); n != "" {
			s.ours[n] = true
		}
	}
	s.gathered = true
	return nil
}

// inStore gives the number of a barcode that is one, else "".
func inStore(b domain.Barcode) string {
	if key, class := b.Key(); class == domain.BarcodeRestricted {
		return key
	}
	return ""
}
