package charset

import (
	"slices"
	"unicode"
)

// Letters of other scripts than Latin stand beside each other, Turkish ones of an 8-bit encoding mostly beside those of ASCII.
// Which of the encodings of such scripts it is tell how frequent the letters are that it makes, in hundredths of a percent, and
// that no capital follows a small letter (files.md §2, 09).
var (
	cyrillic = frequencies(
		"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєў",
		1097, 845, 801, 735, 670, 626, 547, 473, 454, 440, 349, 321, 298, 281, 262, 201, 190, 174, 170, 165, 159, 144, 121, 97, 94, 73, 64, 48, 36, 32,
		26, 4, 4, 200, 60, 40, 50)
	greek = frequencies(
		"αοιτεςνσηρπκυμλωάόίέγδήχθφύβώξζψϊ",
		1000, 820, 750, 780, 700, 400, 650, 420, 420, 420, 400, 400, 350, 330, 320, 170, 180, 180, 180, 150, 170, 160, 130, 110, 120, 90, 90, 70, 80, 40, 40, 15, 5)
)

const (
	notInScript = -300 // of a letter that no text of the script has
	likely      = 250  // how frequent the letters of a text are at least
	clearly     = 100  // by how much the best encoding has to be better than the next
	fewLetters  = 8    // prove nothing
	manyLetters = 20   // fewer have to prove half as much more
)

// script is an encoding of letters other than Latin ones.
type script struct {
	name           string
	page           *codePage
	letters        map[rune]int
	small, capital [2]int // the upper halves of the bytes that are such letters
}

var scripts = []script{
	{"windows-1251", windows1251, cyrillic, [2]int{0xe, 0xf}, [2]int{0xc, 0xd}},
	{"koi8-r", koi8r, cyrillic, [2]int{0xc, 0xd}, [2]int{0xe, 0xf}},
	{"cp866", dosCyrillic, cyrillic, [2]int{0xa, 0xe}, [2]int{0x8, 0x9}},
	{"iso-8859-5", iso88595, cyrillic, [2]int{0xd, 0xe}, [2]int{0xb, 0xc}},
	{"windows-1253", windows1253, greek, [2]int{0xe, 0xf}, [2]int{0xc, 0xc}}, // among those of 0xd are small ones,
}

func frequencies(letters string, percents ...int) map[rune]int {
	all, i := map[rune]int{}, 0
	for _, r := range letters {
		all[r] = percents[i]
		i++
	}
	return all
}

// otherScript tells which encoding of another script the bytes are of, if they are of any; where that is not certain it has others.
func (c *byteCount) otherScript() (g Guess, page *codePage, ok bool) {
	all, latin, joined, turkish := c.neighbours()
	if all < fewLetters/2 || 10*latin > all || 10*joined < 6*all || 2*turkish >= all {
		return Guess{}, nil, false
	}
	best, next := -1, notInScript
	points := make([]int, len(scripts))
	for i := range scripts {
		points[i] = scripts[i].fits(c, all)
		if best < 0 || points[i] > points[best] {
			best = i
		}
	}
	for i, p := range points {
		if i != best {
			next = max(next, p)
		}
	}
	margin := clearly
	if all < manyLetters {
		margin += clearly / 2
	}
	if all >= fewLetters && points[best] >= likely && points[best]-next >= margin {
		return Guess{Charset: Of(scripts[best].name)}, scripts[best].page, true
	}
	out := Guess{Charset: Of("windows-1254"), Others: []string{"windows-1254"}, Sample: c.sample}
	for i := range scripts {
		out.Others = append(out.Others, scripts[i].name)
	}
	out.Others = append(out.Others, "windows-1256")
	return out, windows1254, true
}

// neighbours counts the bytes, those beside letters of ASCII, other ones beside each other, and those that are Turkish letters.
func (c *byteCount) neighbours() (all, latin, joined, turkish int) {
	for i, use := range c.used {
		n := 0
		for before, row := range use {
			for behind, times := range row {
				n += times
				switch {
				case before == besideLower || before == besideUpper || behind == besideLower || behind == besideUpper:
					latin += times
				case before == besideHigh || behind == besideHigh:
					joined += times
				}
			}
		}
		if all += n; isTurkish(windows1254.rune(byte(0x80 + i))) {
			turkish += n
		}
	}
	return all, latin, joined, turkish
}

// latin tells whether most of the bytes are letters beside those of ASCII, or such as Turkish has.
func (c *byteCount) latin() bool {
	all, latin, _, turkish := c.neighbours()
	return 2*latin > all || 4*turkish > 3*all
}

// IsScript tells whether a Charset of that name has letters other than Latin ones.
func IsScript(name string) bool {
	return slices.ContainsFunc(scripts, func(s script) bool { return s.name == name })
}

// isOf tells whether the bytes may be of an encoding of another script, by its name: most of them are letters that texts have.
func (c *byteCount) isOf(name string) bool {
	for i := range scripts {
		if scripts[i].name == name {
			return scripts[i].fits(c, c.wrong) >= likely
		}
	}
	return false
}

// fits tells how frequent the letters are on average that the bytes are in this encoding.
func (s *script) fits(c *byteCount, all int) int {
	sum := 0
	for i, use := range c.used {
		n := 0
		for _, row := range use {
			for _, times := range row {
				n += times
			}
		}
		often, known := s.letters[unicode.ToLower(s.page.rune(byte(0x80+i)))]
		if !known {
			often = notInScript
		}
		sum += n * often
	}
	pairs, wrong := 1, 0
	for from, row := range c.steps {
		for to, times := range row {
			if pairs += times; slices.Contains(s.small[:], from+8) && slices.Contains(s.capital[:], to+8) {
				wrong += times
			}
		}
	}
	return sum/max(all, 1) - 2000*wrong/pairs
}

// IsOf tells whether the bytes that are no UTF-8 may be of an encoding of another script, by its name.
func (g Guess) IsOf(name string) bool { return g.seen != nil && g.seen.isOf(name) }

// Latin tells whether they are mostly letters beside those of ASCII, or such as Turkish has.
func (g Guess) Latin() bool { return g.seen != nil && g.seen.latin() }
