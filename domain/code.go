package domain

// Code is a product's code (SKU). Codes are text: 007 ≠ 7; they are compared by their keys (rules.md §1).
type Code string
