package assets

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed marketplaces.json
var marketplaces []byte

// Marketplace is a place a product is sold at. Its ID is stored with prices and rules and never changes.
type Marketplace struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Marketplaces lists those of rules.md §3 in the order they are shown: marketplaces, then shop systems.
func Marketplaces() []Marketplace {
	var list []Marketplace
	mustDecode("marketplaces.json", marketplaces, &list)
	return list
}

// mustDecode reads embedded JSON; that it is sound is a matter of the build, and tested there.
func mustDecode(name string, raw []byte, into any) {
	if err := json.Unmarshal(raw, into); err != nil {
		panic(fmt.Sprintf("assets: %s: %v", name, err))
	}
}
