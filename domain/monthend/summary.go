package monthend

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// Summary counts and adds up a month.
type Summary struct {
	Issued, Valid, Cancelled, Returned int // Valid: not cancelled; Returned are among them
	// Kinds and Sales are of the valid invoices, Void of the cancelled ones.
	Kinds       []KindSums
	Sales, Void invoicing.Sums
	Tasks       []TaskSums
	Open        int // tasks
	Platform    []PlatformSums
	Missing     int
	Late        int // of them, shipped more than LateDays before the month's end
	Hits        []HitCount
	NoPDF       int // invoices whose file is not here
	NoUBL       int
}

// KindSums are those of one kind of invoice.
type KindSums struct {
	Kind  domain.InvoiceKind
	Count int
	invoicing.Sums
}

// TaskSums are those of what happened behind invoices.
type TaskSums struct {
	What        What
	Count, Open int
	invoicing.Sums
}

// PlatformSums are those of one marketplace's invoice.
type PlatformSums struct {
	Marketplace string
	Count       int
	invoicing.Sums
}

// HitCount is how many orders one code keeps.
type HitCount struct {
	Hit invoicing.Hit
	N   int
}

// LateDays is how long after shipping an invoice is in time (VUK 231/5).
const LateDays = 7

// days counts from the day an order was shipped to the month's last one; ok = false when that day is unknown.
// It is not today that is counted to: a package says the same whenever it is made.
func (m Missing) days(of Month) (n int, ok bool) {
	if m.ShippedOn.IsZero() {
		return 0, false
	}
	return int(day(of.End()).Sub(day(m.ShippedOn)) / (24 * time.Hour)), true
}

// hitReady stands where nothing keeps an order, and still nobody has issued its invoice.
const hitReady invoicing.Hit = "ready"

func (m Missing) hits() []invoicing.Hit {
	if len(m.Hits) == 0 {
		return []invoicing.Hit{hitReady}
	}
	return m.Hits
}

func summarize(s Source) Summary {
	sum := Summary{Missing: len(s.Missing), Issued: len(s.Invoices)}
	for _, i := range s.Invoices {
		sum.count(i)
	}
	for _, what := range []What{WhatCancelled, WhatReturned} {
		tasks := kept(s.Tasks, func(t Task) bool { return t.What == what })
		if len(tasks) > 0 {
			open := len(kept(tasks, Task.Open))
			sum.Tasks = append(sum.Tasks, TaskSums{what, len(tasks), open, total(tasks, func(t Task) invoicing.Sums { return t.Sums })})
			sum.Open += open
		}
	}
	for _, group := range grouped(s.Platform, func(p PlatformInvoice) string { return p.Marketplace }) {
		of := total(group, func(p PlatformInvoice) invoicing.Sums { return p.Sums })
		sum.Platform = append(sum.Platform, PlatformSums{group[0].Marketplace, len(group), of})
	}
	hits := map[invoicing.Hit]int{}
	for _, m := range s.Missing {
		if days, known := m.days(s.Month); known && days > LateDays {
			sum.Late++
		}
		for _, h := range m.hits() {
			hits[h]++
		}
	}
	for h, n := range hits {
		sum.Hits = append(sum.Hits, HitCount{h, n})
	}
	slices.SortFunc(sum.Hits, func(a, b HitCount) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Hit, b.Hit)) })
	return sum
}

func (s *Summary) count(i Invoice) {
	if !i.HasPDF {
		s.NoPDF++
	}
	if !i.HasUBL {
		s.NoUBL++
	}
	if i.State == StateCancelled {
		s.Cancelled++
		s.Void = plus(s.Void, i.Sums)
		return
	}
	s.Valid++
	if i.State == StateReturned {
		s.Returned++
	}
	s.Sales = plus(s.Sales, i.Sums)
	n, found := slices.BinarySearchFunc(s.Kinds, i.Kind, func(k KindSums, kind domain.InvoiceKind) int { return rank(k.Kind) - rank(kind) })
	if !found {
		s.Kinds = slices.Insert(s.Kinds, n, KindSums{Kind: i.Kind})
	}
	k := &s.Kinds[n]
	k.Count, k.Sums = k.Count+1, plus(k.Sums, i.Sums)
}

// rank is the place of a kind in every list; the unknown one is the last.
func rank(k domain.InvoiceKind) int {
	kinds := []domain.InvoiceKind{domain.InvoiceEInvoice, domain.InvoiceEArchive, domain.InvoiceEArchiveForInternet, domain.InvoiceKindNone}
	return slices.Index(kinds, k)
}

// sorted gives what is of the month, in the order of every list, whatever order it came in.
func (s Source) sorted() Source {
	s.Invoices = of(s.Month, s.Invoices)
	s.Tasks = slices.SortedStableFunc(slices.Values(s.withVoid()), func(a, b Task) int {
		return cmp.Or(day(a.At).Compare(day(b.At)), cmp.Compare(a.Number, b.Number), cmp.Compare(a.What, b.What),
			byName(a.Marketplace, b.Marketplace), cmp.Compare(a.Package, b.Package), cmp.Compare(a.Document, b.Document), a.Total.Cmp(b.Total))
	})
	s.Platform = slices.SortedStableFunc(slices.Values(s.Platform), func(a, b PlatformInvoice) int {
		return cmp.Or(byName(a.Marketplace, b.Marketplace), day(a.Date).Compare(day(b.Date)), cmp.Compare(a.Order, b.Order),
			cmp.Compare(a.Package, b.Package), a.Total.Cmp(b.Total))
	})
	s.Missing = kept(s.Missing, func(m Missing) bool { return !m.ShippedOn.After(s.Month.End()) })
	slices.SortStableFunc(s.Missing, func(a, b Missing) int {
		return cmp.Or(day(a.ShippedOn).Compare(day(b.ShippedOn)), byName(a.Marketplace, b.Marketplace), cmp.Compare(a.Order, b.Order),
			cmp.Compare(a.Package, b.Package), a.Total.Cmp(b.Total))
	})
	s.Listing.Invoices = kept(s.Listing.Invoices, func(l Listed) bool { return s.Month.Contains(l.Date) })
	s.Changes = sortedChanges(s.Changes)
	return s
}

// withVoid adds a task for each cancelled invoice that has none: somebody cancelled it at İşbaşı, and there is
// nothing left to do.
func (s Source) withVoid() []Task {
	known := map[domain.RemoteID]bool{}
	for _, t := range s.Tasks {
		known[t.InvoiceID] = known[t.InvoiceID] || t.What == WhatCancelled
	}
	tasks := slices.Clone(s.Tasks)
	for _, i := range s.Invoices {
		if i.State == StateCancelled && !known[i.RemoteID] {
			tasks = append(tasks, Task{
				What: WhatCancelled, InvoiceID: i.RemoteID, Number: i.Number, InvoiceDate: i.Date, Kind: i.Kind, Buyer: i.Buyer,
				Marketplace: i.Marketplace, Order: i.Order, Package: i.Package, Sums: i.Sums, Document: name(i),
			})
		}
	}
	return tasks
}

// of gives the invoices dated in the month, by day and number.
func of(m Month, all []Invoice) []Invoice {
	all = kept(all, func(i Invoice) bool { return m.Contains(i.Date) })
	slices.SortStableFunc(all, func(a, b Invoice) int {
		return cmp.Or(day(a.Date).Compare(day(b.Date)), cmp.Compare(a.Number, b.Number), cmp.Compare(a.RemoteID, b.RemoteID))
	})
	return all
}

func byName(a, b string) int {
	return cmp.Or(bytes.Compare(domain.SortKey(a), domain.SortKey(b)), cmp.Compare(a, b))
}

// kept gives a new slice of what is wanted.
func kept[T any](all []T, wanted func(T) bool) []T {
	var some []T
	for _, v := range all {
		if wanted(v) {
			some = append(some, v)
		}
	}
	return some
}

// grouped parts a sorted slice where the key changes.
func grouped[T any](all []T, key func(T) string) [][]T {
	var groups [][]T
	for i, v := range all {
		if i == 0 || key(all[i-1]) != key(v) {
			groups = append(groups, nil)
		}
		last := &groups[len(groups)-1]
		*last = append(*last, v)
	}
	return groups
}
