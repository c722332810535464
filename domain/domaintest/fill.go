// Package domaintest makes values for tests in which every field says something of its own, and tells in
// which fields two values differ. Both go by reflection: a field that is added to a type joins every test
// that carries such values, without anybody remembering it.
package domaintest

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Maker gives the n-th value of a type that has rules of its own: an enumeration, a code with a check digit.
type Maker struct {
	of   reflect.Type
	make func(n int) reflect.Value
}

// As lets f make all values of type T. n is never negative and grows from field to field.
func As[T any](f func(n int) T) Maker {
	return Maker{reflect.TypeFor[T](), func(n int) reflect.Value {
		v := reflect.New(reflect.TypeFor[T]()).Elem()
		v.Set(reflect.ValueOf(f(n)))
		return v
	}}
}

// OneOf gives the values of an enumeration in turn. Leave out the zero value: a field that holds it
// cannot be seen to be forgotten.
func OneOf[T any](values ...T) Maker {
	return As(func(n int) T { return values[n%len(values)] })
}

// Fill gives a T in which no field is zero and no two fields of one type are equal (enumerations repeat).
// Another seed gives other values in every field, but for bools, which are true for even seeds and false for
// odd ones, and enumerations with one such value. Slices get two elements, maps one entry, pointers are
// followed; unexported fields stay zero. It panics on a type that it cannot fill: give a Maker.
//
// Values are such as the stores keep exactly: times in UTC with milliseconds, durations in whole
// milliseconds, decimals with two places, barcodes that are right GTIN-13.
func Fill[T any](seed int, makers ...Maker) T {
	f := filler{seed: seed, n: seed * stride, makers: map[reflect.Type]func(int) reflect.Value{}}
	for _, m := range append(standing(), makers...) {
		f.makers[m.of] = m.make
	}
	var v T
	f.fill(reflect.ValueOf(&v).Elem(), reflect.TypeFor[T]().String())
	return v
}

// stride keeps the values of two seeds apart: no type of the house has so many fields. It is a prime, so
// that enumerations are not at the same value again.
const stride = 1009

// standing are the types of the vocabulary that have rules of their own.
func standing() []Maker {
	return []Maker{
		As(func(n int) domain.Barcode { return domain.Barcode(GTIN13(n)) }),
		As(func(n int) decimal.Decimal { return decimal.New(int64(n)*100+int64(n%99)+1, -2) }),
		As(func(n int) time.Time {
			return Moment.Add(time.Duration(n)*time.Hour + time.Duration(n)*time.Millisecond)
		}),
		As(func(n int) time.Duration { return time.Duration(n+1) * 1001 * time.Millisecond }),
		As(func(n int) domain.Secret { return domain.NewSecret(fmt.Sprintf("secret-%d", n)) }),
		OneOf(domain.ProductPassive, domain.ProductDraft, domain.ProductArchived),
		OneOf(domain.USD, domain.EUR, domain.GBP),
		OneOf(domain.ScenarioCommercial),
		OneOf(domain.PushBoth, domain.PushStock, domain.PushPrice),
		OneOf(domain.EnvironmentTest),
		OneOf(domain.InvoiceEArchive, domain.InvoiceEInvoice, domain.InvoiceEArchiveForInternet),
		OneOf(domain.EStatusDone, domain.EStatusInProgress, domain.EStatusDraft),
		OneOf(domain.PaidOnDelivery, domain.PaidByTransfer, domain.PaidByIntermediary),
	}
}

// Moment is where the times of filled values begin.
var Moment = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// GTIN13 gives the n-th right GTIN-13 of a Turkish prefix.
func GTIN13(n int) string {
	body := fmt.Sprintf("869%09d", n)
	sum := 0
	for i, r := range body {
		weight := 1 + i%2*2
		sum += int(r-'0') * weight
	}
	return fmt.Sprintf("%s%d", body, (10-sum%10)%10)
}

type filler struct {
	seed, n int
	makers  map[reflect.Type]func(int) reflect.Value
}

func (f *filler) fill(v reflect.Value, path string) {
	f.n++
	if m := f.makers[v.Type()]; m != nil {
		v.Set(m(f.n))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("%s Ğış %d", path[strings.LastIndexByte(path, '.')+1:], f.n))
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Uint8:
		v.SetUint(uint64(f.n%255 + 1))
	case reflect.Uint, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(f.n))
	case reflect.Bool:
		v.SetBool(f.seed%2 == 0)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i), path)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(key, path)
		f.fill(value, path)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		f.fields(v, path)
	default:
		panic("domaintest: no value for " + path + " of type " + v.Type().String())
	}
}

func (f *filler) fields(v reflect.Value, path string) {
	if null, ok := v.Addr().Interface().(*decimal.NullDecimal); ok {
		null.Valid = true
		f.fill(reflect.ValueOf(&null.Decimal).Elem(), path)
		return
	}
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() {
			f.fill(v.Field(i), path+"."+field.Name)
		}
	}
}
