package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// readProducts makes İşbaşı products of a product file. What the file has no column or no value for
// stays absent; a row without a code gets P and its number below the header, in six digits.
func readProducts(ctx context.Context, path string) (products []sandbox.Product, err error) {
	f, err := files.Open(ctx, path, listing.Reading{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	products = []sandbox.Product{} // a server told nothing takes demo products
	number := 0
	for row, err := range files.Products(f, mapping.Of(f.Header())) {
		if err != nil {
			return nil, err
		}
		number++
		if row.Refused {
			continue
		}
		products = append(products, product(row.Product, number))
	}
	return products, nil
}

func product(p domain.Product, number int) sandbox.Product {
	code := string(p.Code)
	if code == "" {
		code = fmt.Sprintf("P%06d", number)
	}
	currency := string(p.Currency)
	if p.Currency == domain.TRY {
		currency = "TL" // as İşbaşı writes it
	}
	return sandbox.Product{
		ID: int64(1000 + number), Type: sandbox.TypeProduct, Code: code, Name: p.Name,
		Barcode: string(p.Barcode), Brand: p.Brand, VATRate: p.VATRate, Stock: p.Stock,
		Price: p.Price, Currency: currency,
	}
}
