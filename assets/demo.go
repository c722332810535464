package assets

import _ "embed"

//go:embed demo/catalogue.csv
var demoCatalogue []byte

// DemoCatalogue is the demo company's own product list: CSV in UTF-8, separated by semicolons, with
// Turkish headers and decimal commas. Package sandbox makes it and tests that it is as made.
func DemoCatalogue() []byte { return demoCatalogue }
