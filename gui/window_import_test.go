package gui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// filePorts are a company that takes files.
type filePorts struct {
	*kittest.Files
	behind
}

// withFiles runs f with the window of a company that takes files.
func withFiles(t *testing.T, files *kittest.Files, f func(s *stage)) {
	t.Helper()
	onStageWith(t, kittest.NewCompany(), func(s *stage, cfg *Config) {
		cfg.First.Ports = filePorts{files, behind{everything{s.office, unasked{}}}}
	}, f)
}

func TestImport_closingAsksAndTakesNothing(t *testing.T) {
	files := kittest.NewFiles()
	withFiles(t, files, func(s *stage) {
		files.Block = make(chan struct{})
		s.w.Open(kit.PlaceFiles)
		s.w.files.Open("/belgeler/liste.csv", listing.Reading{}, nil)
		s.Settle()
		s.Tap("İçeri Al")
		s.w.askClose()
		s.Settle()
		s.answer("Pencerede Kal")
		s.w.askClose()
		s.Settle()
		s.answer("Durdur ve Kapat")
		if s.gone != 1 || len(files.Taken) != 0 {
			t.Errorf("closed %d times, taken %d", s.gone, len(files.Taken))
		}
	})
}

func TestImport_takesADroppedFile(t *testing.T) {
	files := kittest.NewFiles()
	withFiles(t, files, func(s *stage) {
		s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/indirilenler/yeni.csv")})
		s.Settle()
		s.Reads("yeni.csv", "İçeri Al")
		s.w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.Settle()
		s.Reads("Son dosyalar")
		s.w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.Settle()
		s.in(kit.PlaceToday)
	})
}

// orderLists are a company whose files list orders.
type orderLists struct{ filePorts }

func (orderLists) FindOrders(_ context.Context, path string, _ orders.Choice) (orders.Found, error) {
	return orders.Found{Path: path, File: orders.File{Result: orders.Result{Profile: orders.Profiles()[0], Orders: make([]orders.Order, 3)}}}, nil
}

func (orderLists) OrdersElsewhere(context.Context, []orders.Order) ([]orders.Elsewhere, error) {
	return nil, nil
}

func (orderLists) ListOrders(context.Context, orders.Query) ([]orders.Kept, int, error) {
	return nil, 0, nil
}

func TestWindow_aDroppedListOfOrdersOpensInOrders(t *testing.T) {
	files := kittest.NewFiles()
	files.Opening = &domain.Error{Kind: domain.KindFile, Detail: listing.RefusedOrders, Field: "Trendyol"}
	onStageWith(t, kittest.NewCompany(), func(s *stage, cfg *Config) {
		cfg.First.Ports = orderLists{filePorts{files, behind{everything{s.office, unasked{}}}}}
	}, func(s *stage) {
		s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/indirilenler/siparisler.xlsx")})
		s.Settle()
		s.in(kit.PlaceOrders)
		s.Reads("Trendyol: 3 sipariş", "siparisler.xlsx", "3 Siparişi Al")
	})
}
