package report

import "github.com/sopyo/sopyo-desktop/domain/words"

// Facts are the report's numbers as a table of two columns, for a sheet of their own.
func (r Report) Facts(w words.Words) [][2]string {
	var all [][2]string
	add := func(pairs []pair) {
		for _, p := range pairs {
			all = append(all, [2]string{p.Name, p.Value})
		}
	}
	add(r.facts(w))
	for _, c := range r.cards(w) {
		all = append(all, [2]string{c.Name, c.Value})
	}
	add(r.rest(w))
	for _, list := range r.lists(w) {
		all = append(all, [2]string{}, [2]string{list.Title, ""})
		add(list.Lines)
	}
	return all
}
