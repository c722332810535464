package sandbox

import (
	"strconv"
	"strings"
)

// productKeys reads ids=101-1,205-2: each an id and a type (isbasi-api.md §4.4). It is an error answer
// when one cannot be read or is not there: then nothing is done.
func (s *Server) productKeys(c *call) ([]*Product, answer, bool) {
	var found []*Product
	for text := range strings.SplitSeq(c.query("ids"), ",") {
		id, kind, ok := strings.Cut(strings.TrimSpace(text), "-")
		if _, err := strconv.ParseInt(id, 10, 64); err != nil || !ok {
			return nil, s.invalid(c, []string{"ids, id-tip biçiminde olmalıdır."}), false
		}
		p := s.product(id, kind)
		if p == nil {
			return nil, s.gone(c), false
		}
		found = append(found, p)
	}
	return found, answer{}, true
}

// deleteProducts answers how many are gone.
func (s *Server) deleteProducts(c *call) answer {
	found, refused, ok := s.productKeys(c)
	if !ok {
		return refused
	}
	going := map[int64]bool{}
	for _, p := range found {
		going[p.ID] = true
	}
	s.products.remove(func(p *Product) bool { return going[p.ID] })
	return s.ok(c, len(going))
}

func (s *Server) activateProducts(c *call) answer   { return s.setPassive(c, false) }
func (s *Server) deactivateProducts(c *call) answer { return s.setPassive(c, true) }

func (s *Server) setPassive(c *call, passive bool) answer {
	found, refused, ok := s.productKeys(c)
	if !ok {
		return refused
	}
	for _, p := range found {
		p.Passive, p.ModifiedAt = passive, s.now()
	}
	s.products.changed()
	return s.ok(c, len(found))
}
