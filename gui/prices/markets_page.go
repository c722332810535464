package prices

import (
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// NewMarkets makes Ayarlar, Pazaryerleri: the same list that section 4 opens, as a page of its own.
func NewMarkets(k *kit.Env, co Company) kit.Page {
	m := newMarketsScreen(&env{k, co}, func(pricing.Marketplaces) {})
	m.back.Hide() // the menu leads here, and away
	m.rules.Show()
	return m
}
