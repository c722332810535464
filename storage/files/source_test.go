package files

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/plan"
)

func TestFolders_openASourceOfAnOrderOrOfChosenColumns(t *testing.T) {
	path := filestest.Written(t, "liste.csv", "Stok Kodu;alfa\nK-1;Bir\n")
	found, err := Folders{}.Inspect(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	order := listing.Order{Path: path, Mapping: listing.Mapping{listing.Code, listing.Name}, Stamp: found.Stamp}
	for what, open := range map[string]func() (listing.Source, error){
		"order": func() (listing.Source, error) { return Folders{}.OpenOrder(t.Context(), order) },
		"chosen": func() (listing.Source, error) {
			return Folders{}.OpenChosen(t.Context(), path, listing.Reading{}, map[listing.Field]string{listing.Name: "alfa"})
		},
	} {
		s, err := open()
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Header) != 2 || s.Header[1] != "alfa" || len(s.Columns) != 2 || !slices.Equal(s.Columns[listing.Code], []int{0}) || !slices.Equal(s.Columns[listing.Name], []int{1}) {
			t.Errorf("%s: %v, %v", what, s.Header, s.Columns)
		}
		rows := 0
		for row, err := range s.Rows {
			if rows++; err != nil || row.Product.Code != "K-1" || row.Product.Name != "Bir" {
				t.Errorf("%s: %+v, %v", what, row, err)
			}
		}
		if err := s.Close(); rows != 1 || err != nil {
			t.Errorf("%s: %d rows, %v", what, rows, err)
		}
	}
	order.Stamp.Size++
	if _, err := (Folders{}).OpenOrder(t.Context(), order); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("a file that changed: %v", err)
	}
	if _, err := (Folders{}).OpenChosen(t.Context(), path, listing.Reading{}, map[listing.Field]string{listing.Name: "beta"}); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("a column that is not there: %v", err)
	}
	if _, err := (Folders{}).OpenChosen(t.Context(), filepath.Join(t.TempDir(), "yok.csv"), listing.Reading{}, nil); domain.KindOf(err) != domain.KindFile {
		t.Errorf("no file: %v", err)
	}
}

func TestOpenPlan_givesWhatAJobNeeds(t *testing.T) {
	d, rows := filestest.PlanOf()
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := planAt(path, d, filestest.EachRow(rows)); err != nil {
		t.Fatal(err)
	}
	p, err := plan.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for row, err := range p.Rows {
		if err != nil || row.Remote.ID != rows[n].Remote.ID {
			t.Errorf("row %d: %+v, %v", n, row, err)
		}
		n++
	}
	if err := p.Close(); n != 3 || p.Document.RunID != d.RunID || p.Checksum == "" || err != nil {
		t.Errorf("%d rows of %+v, %q, %v", n, p.Document, p.Checksum, err)
	}
	if _, err := plan.Open(path + "x"); domain.KindOf(err) != domain.KindFile {
		t.Errorf("no file: %v", err)
	}
}
