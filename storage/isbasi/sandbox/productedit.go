package sandbox

// What a person does at İşbaşı's own screen to one product, while the program is at work. Edit changes
// many.

// Product is the product or service with this code as it is now; false when there is none.
func (s *Server) Product(code string) (Product, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.products.find(byCode(code))
	if p == nil {
		return Product{}, false
	}
	return *p, true
}

// ChangeProduct changes the product with this code: price, stock, currency, activeness, anything. Its
// ModifiedAt is now, unless change sets another one. False when there is no such product.
func (s *Server) ChangeProduct(code string, change func(*Product)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.products.find(byCode(code))
	if p == nil {
		return false
	}
	p.ModifiedAt = s.now()
	change(p)
	s.products.changed()
	return true
}

// AddProduct adds a product and gives it as it is kept: with an ID of its own when p has none, and
// modified now when p does not say when.
func (s *Server) AddProduct(p Product) Product {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.ID == 0 {
		p.ID = s.products.next(func(p *Product) int64 { return p.ID })
	}
	if p.ModifiedAt.IsZero() {
		p.ModifiedAt = s.now()
	}
	s.products.add(p)
	return p
}

// DeleteProduct deletes the product with this code; false when there is none.
func (s *Server) DeleteProduct(code string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.products.rows)
	s.products.remove(func(p *Product) bool { return p.Code == code })
	return len(s.products.rows) < before
}

func byCode(code string) func(*Product) bool { return func(p *Product) bool { return p.Code == code } }
