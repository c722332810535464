package domain

// Barcode is what stands in a barcode field, as it was read; its Key says what it is worth (rules.md §1).
type Barcode string
