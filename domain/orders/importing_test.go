package orders

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

var errBroken = errors.New("broken")

// office is a company in memory: the lines of one file, and what is kept.
type office struct {
	lines    []string
	kept     map[Key]Kept
	mappings []Mapping
	judged   []Key
	// fail ends the call of that name.
	fail map[string]error
	file string
	// beside are the orders of the other companies, by their names in this order.
	beside []neighbour
	asked  int // of them, orders
}

type neighbour struct {
	name string
	kept []Order
}

func (o *office) others(_ context.Context, look func(name string, order func(ctx context.Context, k Key) (Kept, error)) error) error {
	for _, n := range o.beside {
		if err := look(n.name, func(_ context.Context, k Key) (Kept, error) {
			o.asked++
			for _, x := range n.kept {
				if x.Key() == k {
					return Kept{Order: x}, o.fail["beside"]
				}
			}
			return Kept{}, domain.E(domain.KindNotFound, "find the order", nil)
		}); err != nil {
			return err
		}
	}
	return o.fail["others"]
}

func (o *office) ReadOrderFile(_ context.Context, _ string, r listing.Reading, profiles []Profile) (File, error) {
	result, err := Read(table(o.lines...), profiles, domain.Districts{})
	return File{Result: result, Format: "csv", Sheet: r.Sheet}, err
}

func (o *office) TakeOrders(_ context.Context, from Source, file string, list []Order) (t Taken, err error) {
	o.file = string(from) + " " + file
	for _, order := range list {
		before, found := o.kept[order.Key()]
		switch {
		case !found:
			t.New++
		case before.Fingerprint() == order.Fingerprint() && before.Status == order.Status:
			t.Same++
			continue
		default:
			t.Changed++
		}
		stage := StageHeld
		if order.Status == StatusOK {
			stage = StageReady
		}
		o.kept[order.Key()] = Kept{Order: order, Verdict: Verdict{Stage: stage}}
	}
	return t, o.fail["take"]
}

func (o *office) Order(_ context.Context, k Key) (Kept, error) {
	if err := o.fail["order"]; err != nil {
		return Kept{}, err
	}
	kept, ok := o.kept[k]
	if !ok {
		return Kept{}, domain.E(domain.KindNotFound, "find the order", nil)
	}
	return kept, nil
}

func (o *office) EachOrder(_ context.Context, q Query) iter.Seq2[Kept, error] {
	return func(yield func(Kept, error) bool) {
		for k, kept := range o.kept {
			if k.Marketplace == q.Marketplace && !yield(kept, nil) {
				return
			}
		}
		if err := o.fail["each"]; err != nil {
			yield(Kept{}, err)
		}
	}
}

func (o *office) OrderMappings(context.Context) ([]Mapping, error) {
	return o.mappings, o.fail["mappings"]
}

func (o *office) SaveOrderMapping(_ context.Context, m Mapping) error {
	o.mappings = append(slices.DeleteFunc(o.mappings, func(old Mapping) bool { return old.Name == m.Name }), m)
	return o.fail["save"]
}

func (o *office) judge(_ context.Context, keys ...Key) error {
	o.judged = keys
	return o.fail["judge"]
}

func opened(lines ...string) (*office, *Importer) {
	o := &office{lines: lines, kept: map[Key]Kept{}, fail: map[string]error{}}
	return o, NewImporter(o, o, o.judge, o.others)
}

// take finds and imports, and describes what came of it.
func take(t *testing.T, i *Importer, c Choice) string {
	t.Helper()
	f, err := i.FindOrders(t.Context(), "dir/liste.csv", c)
	if err != nil {
		t.Fatal(err)
	}
	done, err := i.ImportOrders(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s: %d new, %d same, %d changed; %d ready, %d held", f.Profile.Name, done.New, done.Same, done.Changed, done.Stages[StageReady], done.Stages[StageHeld])
}

func TestImportOrders_againChangesNothing(t *testing.T) {
	o, i := opened(trendyolHeader, "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000", "2|9|İptal Edildi|Tabak|1|50|50|0|0|50")
	o.kept[Key{"trendyol", "0"}] = Kept{Order: Order{Marketplace: "trendyol", Package: "0"}, Verdict: Verdict{Stage: StageReady}}
	for _, want := range []string{"trendyol: 2 new, 0 same, 0 changed; 1 ready, 1 held", "trendyol: 0 new, 2 same, 0 changed; 1 ready, 1 held"} {
		if got := take(t, i, Choice{}); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if !slices.Equal(o.judged, []Key{{"trendyol", "1"}, {"trendyol", "2"}}) || o.file != "file liste.csv" || len(o.mappings) != 0 {
			t.Errorf("judged %v, took %s, kept %v", o.judged, o.file, o.mappings)
		}
	}
	// The other way of stating the amount: both are known now, in whichever order they come again.
	for _, row := range []string{"1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100", "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000"} {
		o.lines[1] = row
		take(t, i, Choice{})
		if k := o.kept[Key{"trendyol", "1"}]; !k.TwoAmounts() || len(k.Lines) != 1 {
			t.Errorf("after %s: %s", row, describe(k.Order))
		}
	}
}

func TestFindOrders_keepsNothing(t *testing.T) {
	o, i := opened(n11Header, "1|Yolda|a|1|5||")
	f, err := i.FindOrders(t.Context(), "x", Choice{Words: map[string]Status{"Yolda": StatusOK}, Reading: listing.Reading{Sheet: "S"}})
	if err != nil || len(f.Orders) != 1 || f.Orders[0].Status != StatusOK || f.Mapping == nil || f.Sheet != "S" || f.Path != "x" {
		t.Errorf("%+v, %v", f, err)
	}
	if len(o.kept)+len(o.mappings)+len(o.judged) > 0 {
		t.Error("a look has kept something")
	}
}

func TestImportOrders_remembersWhatAWordMeans(t *testing.T) {
	_, i := opened(ikasHeader, "1|Yolda|Ödendi|Kazak|1|200.00|0|0|200.00", "2|Gönderildi|Kapıda|Kazak|1|200.00|0|0|200.00")
	for _, c := range []struct {
		words map[string]Status
		want  string
	}{
		{nil, "ikas: 2 new, 0 same, 0 changed; 0 ready, 2 held"},
		{map[string]Status{"yolda": StatusOK}, "ikas: 0 new, 1 same, 1 changed; 1 ready, 1 held"},
		{map[string]Status{"Kapıda": StatusOpen}, "ikas: 0 new, 1 same, 1 changed; 1 ready, 1 held"},
		{nil, "ikas: 0 new, 2 same, 0 changed; 1 ready, 1 held"}, // both are remembered
	} {
		if got := take(t, i, Choice{Words: c.words}); got != c.want {
			t.Errorf("%v: %s, want %s", c.words, got, c.want)
		}
	}
}

func TestImportOrders_remembersColumns(t *testing.T) {
	o, i := opened(n11Header+"|Alıcı", "1|Kargoda|a|1|5|||Ayşe Yılmaz")
	if got := take(t, i, Choice{}); got != "n11: 1 new, 0 same, 0 changed; 1 ready, 0 held" || o.kept[Key{"n11", "1"}].Buyer.First != "" {
		t.Error(got)
	}
	mapped := Choice{Profile: "N11", Columns: map[Field]string{FieldBuyer: "Alıcı"}}
	for _, c := range []struct {
		choice Choice
		want   string
	}{
		{mapped, "n11: 0 new, 0 same, 1 changed; 1 ready, 0 held"},
		{Choice{}, "n11: 0 new, 1 same, 0 changed; 1 ready, 0 held"},
		{Choice{Profile: "n11"}, "n11: 0 new, 1 same, 0 changed; 1 ready, 0 held"},
	} {
		if got := take(t, i, c.choice); got != c.want || o.kept[Key{"n11", "1"}].Buyer.First != "Ayşe" {
			t.Errorf("%+v: %s", c.choice, got)
		}
	}
	// A file without the column is read by the built-in profile.
	o.lines = []string{n11Header, "2|Kargoda|a|1|5||"}
	for _, c := range []Choice{{}, {Profile: "n11"}} {
		if f, err := i.FindOrders(t.Context(), "x", c); err != nil || f.Profile.Name != "n11" {
			t.Errorf("%+v: %+v, %v", c, f.Profile, err)
		}
	}
	// Its words are those that were explained beside the columns.
	o.lines = []string{n11Header, "2|Yolda|a|1|5||"}
	take(t, i, Choice{Words: map[string]Status{"Yolda": StatusOK}})
	if f, err := i.FindOrders(t.Context(), "x", Choice{}); err != nil || f.Orders[0].Status != StatusOK {
		t.Errorf("%+v, %v", f.Orders, err)
	}
	// A second column is added to the first.
	o.lines = []string{n11Header + "|Alıcı|Şehir", "1|Kargoda|a|1|5|||Ayşe Yılmaz|İzmir"}
	take(t, i, Choice{Profile: "n11", Columns: map[Field]string{FieldCity: "Şehir"}})
	if len(o.mappings) != 1 || !maps.Equal(o.mappings[0].Columns, map[Field]string{FieldBuyer: "Alıcı", FieldCity: "Şehir"}) || o.kept[Key{"n11", "1"}].Buyer.City != "İzmir" {
		t.Errorf("%+v", o.mappings)
	}
}

func TestImportOrders_ofAFileThatNobodyKnows(t *testing.T) {
	o, i := opened("No|Ne|Kaç|Tutar", "1|a|1|5")
	columns := map[Field]string{FieldNumber: "No", FieldProduct: "Ne", FieldQuantity: "Kaç", FieldAmount: "Tutar"}
	if _, err := i.FindOrders(t.Context(), "x", Choice{}); domain.KindOf(err) != domain.KindFile {
		t.Error(err)
	}
	for want, c := range map[string]Choice{
		"Pazar, Pazar":       {Marketplace: "Pazar", Columns: columns, Words: map[string]Status{"": StatusOK}},
		"Dükkân, kendi-site": {Marketplace: "kendi-site", Profile: "Dükkân", Columns: columns, Words: map[string]Status{"": StatusOK}},
	} {
		f, err := i.FindOrders(t.Context(), "x", c)
		if err != nil || f.Profile.Name+", "+f.Orders[0].Marketplace != want || f.Orders[0].Status != StatusOK {
			t.Errorf("%s: %+v, %v", want, f, err)
		}
		if _, err := i.ImportOrders(t.Context(), f); err != nil {
			t.Error(err)
		}
	}
	if len(o.mappings) != 2 {
		t.Errorf("%+v", o.mappings)
	}
}

func TestFindOrders_refusesWhatCannotBeMeant(t *testing.T) {
	o, i := opened(n11Header, "1|Kargoda|a|1|5||")
	for name, c := range map[string]struct {
		choice        Choice
		field, detail string
	}{
		"an unknown profile":            {Choice{Profile: "x"}, "profile", "orders.unknown-profile"},
		"columns of an unknown one":     {Choice{Profile: "x", Columns: map[Field]string{FieldCity: "c"}}, "base", "orders.unknown-profile"},
		"columns of nobody's file":      {Choice{Columns: map[Field]string{FieldCity: "c"}}, "name", "required"},
		"an unknown status":             {Choice{Words: map[string]Status{"w": "x"}}, "w", "orders.unknown-status"},
		"columns that the file has not": {Choice{Profile: "n11", Columns: map[Field]string{FieldCity: "c"}}, "map", "order-columns-missing"},
	} {
		_, err := i.FindOrders(t.Context(), "x", c.choice)
		if e := new(domain.Error); !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != c.field || e.Detail != c.detail {
			t.Errorf("%s: %v", name, err)
		}
	}
	o.mappings = []Mapping{{Name: "of a newer program", Base: "y"}}
	_, err := i.FindOrders(t.Context(), "x", Choice{Profile: "of a newer program"})
	if e := new(domain.Error); !errors.As(err, &e) || !strings.HasPrefix(e.Err.Error(), "trendyol, hepsiburada, n11") {
		t.Error(err)
	}
}

func TestImporter_saysWhatEndsIt(t *testing.T) {
	for _, what := range []string{"mappings", "save", "order", "take", "judge", "each"} {
		o, i := opened(trendyolHeader, "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000")
		o.fail[what] = errBroken
		f, err := i.FindOrders(t.Context(), "x", Choice{Words: map[string]Status{"Yolda": StatusOK}})
		if err == nil {
			_, err = i.ImportOrders(t.Context(), f)
		}
		if !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", what, err)
		}
	}
	// Nobody is judged where there is no order.
	o, i := opened(trendyolHeader, "1|9||Kupa|x|1.154|1.154|54|100|1.000")
	o.fail["judge"] = errBroken
	if f, err := i.FindOrders(t.Context(), "x", Choice{}); err != nil || f.Refused != 1 {
		t.Errorf("%+v, %v", f, err)
	} else if _, err := i.ImportOrders(t.Context(), f); err != nil {
		t.Error(err)
	}
}
