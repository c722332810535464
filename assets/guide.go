package assets

import (
	"embed"
)

//go:embed guide/rehber.tr.md guide/guide.en.md
var guides embed.FS

//go:embed links.json
var links []byte

// Guide is the set-up guide as Markdown, in Turkish unless lang is "en". It is readable offline.
func Guide(lang string) string {
	name := "guide/rehber.tr.md"
	if lang == "en" {
		name = "guide/guide.en.md"
	}
	text, err := guides.ReadFile(name)
	if err != nil {
		panic("assets: " + err.Error()) // embedded: it is there or the build fails
	}
	return string(text)
}

// VideoURL is where "Videolu Anlatım" leads.
func VideoURL() string { return linked().Video }

// ReleasesURL is the page of the newest release of the program.
func ReleasesURL() string { return linked().Releases }

type addresses struct {
	Video    string `json:"video"`
	Releases string `json:"releases"`
}

func linked() (l addresses) {
	mustDecode("links.json", links, &l)
	return l
}
