package orders

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// File is a list of orders as it was read.
type File struct {
	Result
	Format string // csv or xlsx
	Sheet  string // that was read, and all that there are
	Sheets []string
}

// Files reads lists of orders.
type Files interface {
	// ReadOrderFile reads a list of orders by the one of the profiles whose columns it has. Errors are those of Read.
	ReadOrderFile(ctx context.Context, path string, r listing.Reading, profiles []Profile) (File, error)
}

// Store is where a company keeps orders, and what it says of files.
type Store interface {
	// TakeOrders keeps the orders of a source, each once.
	TakeOrders(ctx context.Context, from Source, file string, list []Order) (Taken, error)
	// Order gives the order of that key. KindNotFound: there is none.
	Order(ctx context.Context, k Key) (Kept, error)
	// EachOrder gives the orders that q finds, whatever page it asks for.
	EachOrder(ctx context.Context, q Query) iter.Seq2[Kept, error]
	// OrderMappings are what people have said of files, by name.
	OrderMappings(ctx context.Context) ([]Mapping, error)
	SaveOrderMapping(ctx context.Context, m Mapping) error
}

// Importer brings the orders of files into a company.
type Importer struct {
	files  Files
	store  Store
	judge  func(ctx context.Context, keys ...Key) error
	others Others
}

// NewImporter makes the importer of a company. judge judges orders that were read; others, which may be nil, are the companies
// beside it.
func NewImporter(files Files, store Store, judge func(ctx context.Context, keys ...Key) error, others Others) *Importer {
	return &Importer{files, store, judge, others}
}

// Choice is what a person says of a file before it is read. The zero value: nothing, the file's columns tell.
type Choice struct {
	Reading     listing.Reading
	Profile     string // by name, built in or the company's own; "" = the one whose columns it has
	Marketplace string // whose file it is; "" = the profile's
	// Columns are columns by name, beside those of the profile; without a profile they are all there are. Words are what
	// the file's words of a status mean. Both are kept under the profile's name when the orders are.
	Columns map[Field]string
	Words   map[string]Status
}

// Found is what was read of a file, before anything of it is kept.
type Found struct {
	Path string
	File
	// Mapping is what is kept of it besides, nil: nothing.
	Mapping *Mapping
}

// Imported is what became of a file's orders.
type Imported struct {
	Taken
	Stages map[Stage]int // of the orders of the file
}

// FindOrders reads a file and keeps nothing. Errors are those of Read; of Mapping.Profile; KindInvalid with Field
// "profile": there is none of that name.
func (i *Importer) FindOrders(ctx context.Context, path string, c Choice) (Found, error) {
	mappings, err := i.store.OrderMappings(ctx)
	if err != nil {
		return Found{}, err
	}
	profiles, err := c.profiles(mappings)
	if err != nil {
		return Found{}, err
	}
	found := Found{Path: path}
	if found.File, err = i.files.ReadOrderFile(ctx, path, c.Reading, profiles); err != nil {
		return Found{}, err
	}
	if len(c.Columns) == 0 && len(c.Words) == 0 {
		return found, nil
	}
	m := c.mapping(found.Profile.Name, mappings)
	if _, err := m.Profile(); err != nil {
		return Found{}, err
	}
	found.Mapping = &m
	if len(c.Words) == 0 {
		return found, nil
	}
	// They are words of whichever profile was found.
	found.File, err = i.files.ReadOrderFile(ctx, path, c.Reading, []Profile{found.Profile.explained(c.Words)})
	return found, err
}

// ImportOrders keeps the orders of a file that was read, what was said of it, and judges them. Those that are here
// already stay as they are, in whatever format they come again.
func (i *Importer) ImportOrders(ctx context.Context, f Found) (Imported, error) {
	if f.Mapping != nil {
		if err := i.store.SaveOrderMapping(ctx, *f.Mapping); err != nil {
			return Imported{}, err
		}
	}
	list, keys := slices.Clone(f.Orders), make([]Key, len(f.Orders))
	for n := range list {
		keys[n] = list[n].Key()
		if err := i.contest(ctx, &list[n]); err != nil {
			return Imported{}, err
		}
	}
	taken, err := i.store.TakeOrders(ctx, SourceFile, filepath.Base(f.Path), list)
	if err != nil {
		return Imported{}, err
	}
	done := Imported{Taken: taken}
	if len(keys) == 0 {
		return done, nil
	}
	if err := i.judge(ctx, keys...); err != nil {
		return done, err
	}
	done.Stages, err = i.stages(ctx, keys)
	return done, err
}

// stages counts the orders of those keys by where they stand.
func (i *Importer) stages(ctx context.Context, keys []Key) (map[Stage]int, error) {
	wanted, marketplaces, counts := map[Key]bool{}, map[string]bool{}, map[Stage]int{}
	for _, k := range keys {
		wanted[k], marketplaces[k.Marketplace] = true, true
	}
	for marketplace := range marketplaces {
		for k, err := range i.store.EachOrder(ctx, Query{Marketplace: marketplace}) {
			if err != nil {
				return nil, err
			}
			if wanted[k.Key()] {
				counts[k.Verdict.Stage]++
			}
		}
	}
	return counts, nil
}

// contest keeps both amounts of an order whose source has said the other one before.
func (i *Importer) contest(ctx context.Context, o *Order) error {
	if !slices.ContainsFunc(o.Lines, func(l Line) bool { return !l.PerUnit && !l.Platform.IsZero() }) {
		return nil
	}
	before, err := i.store.Order(ctx, o.Key())
	switch {
	case domain.KindOf(err) == domain.KindNotFound:
		return nil
	case err != nil:
		return err
	}
	*o = o.Contested(before.Order)
	return nil
}

// profiles are those that a file may be written by: the company's own come first.
func (c *Choice) profiles(mappings []Mapping) ([]Profile, error) {
	if len(c.Columns) > 0 {
		p, err := c.mapping(c.Profile, mappings).Profile()
		return []Profile{p}, err
	}
	var all []Profile
	said := map[string]Mapping{} // of built-in profiles
	for _, m := range mappings {
		if p, err := m.Profile(); err == nil { // one that a newer program has kept may be none here
			all, said[m.Name] = append(all, p), m
		}
	}
	for _, p := range Profiles() { // a file may lack the columns that a person named, and has the same words
		all = append(all, p.explained(said[p.Name].Words))
	}
	if c.Profile == "" {
		return all, nil
	}
	named := slices.DeleteFunc(slices.Clone(all), func(p Profile) bool { return domain.Fold(p.Name) != domain.Fold(c.Profile) })
	if len(named) == 0 {
		return nil, unknownProfile(all)
	}
	return named, nil
}

// unknownProfile refuses a profile's name and tells those that there are.
func unknownProfile(all []Profile) error {
	var names []string
	for _, p := range all {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	e := domain.Invalid("profile", "orders.unknown-profile")
	e.Err = errors.New(strings.Join(names, ", "))
	return e
}

// mapping adds what is said to what the company says already under that name of a profile, or to the built-in profile
// of it; one without a name is named by its marketplace.
func (c *Choice) mapping(name string, mappings []Mapping) Mapping {
	m := Mapping{Name: cmp.Or(name, c.Marketplace)}
	at := slices.IndexFunc(mappings, func(o Mapping) bool { return domain.Fold(o.Name) == domain.Fold(m.Name) })
	switch known, builtIn := FindProfile(m.Name); {
	case at >= 0:
		m = mappings[at]
	case builtIn && name != "":
		m.Name, m.Base = known.Name, known.Name
	case c.Marketplace == "":
		m.Base = m.Name // there is none of that name, which Profile says
	}
	m.Marketplace = cmp.Or(c.Marketplace, m.Marketplace)
	columns, words := map[Field]string{}, map[string]Status{}
	maps.Copy(columns, m.Columns)
	maps.Copy(columns, c.Columns)
	maps.Copy(words, m.Words)
	maps.Copy(words, c.Words)
	m.Columns, m.Words = columns, words
	return m
}
