package files

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// The limits of feeds.
const (
	deepest      = 100
	mostElements = 5_000
	longestName  = 200
	mostColumns  = 500
	mostRepeats  = 20
	mostVariants = 2_000
)

// asFeed reads content as a feed: "product variant | header | rows", or the refusal as "!key (line)".
func asFeed(t *testing.T, content string) string {
	t.Helper()
	f, err := understand(documentOf(t, filestest.Faulty(content, 0)), "a.xml", listing.Reading{}, headerSearcher{})
	if err != nil {
		return filestest.Refusal(err)
	}
	defer f.Close()
	text := f.Info().Element + " " + f.Info().Variant + "|" + strings.Join(f.Header(), ",")
	for row, err := range f.Rows() {
		if err != nil {
			return text + filestest.Refusal(err)
		}
		text += fmt.Sprintf("|%d:%s", row.Line, strings.Join(row.Cells, ","))
	}
	return text
}

// What is not well formed is refused with its line; what is odd, but whole, is read.
func TestFeed_shapes(t *testing.T) {
	for content, want := range map[string]string{
		"<r><p><kod>1</kod></p></r>":      "r/p |kod|1:1",
		"<p kod='1'/>":                    "p |@kod|1:1",
		"<p kod='1'>x</p>":                "p |p,@kod|1:x,1",
		"<r><p kod='1'>x</p><p>y</p></r>": "r/p |r/p,@kod|1:x,1|1:y,",
		"<r><p xmlns='u' xmlns:a='v' xsi:x='1' xml:lang='tr' a:kod='1'/></r>": "r/p |@kod|1:1",
		"<r>\n<!-- a --><?pi b?>\n<p><kod>1<!-- c -->2</kod></p></r>\n ":      "r/p |kod|3:12",
		"<r><p><kod>1</kod></p></r> \r\n\t":                                   "r/p |kod|1:1",
		"<a:r><a:p><a:kod>1</a:kod></a:p></a:r>":                              "r/p |kod|1:1",
		"<r><p><kod> 1 </kod><x> </x></p></r>":                                "r/p |kod,x|1: 1 , ",
		"<r><p><kod><b>1</b>2</kod></p></r>":                                  "r/p |kod,kod/b|1:2,1",
		"<r><p><a><kod>1</kod></a></p></r>":                                   "r/p/a |kod|1:1",
		"<r><a:p><kod>1</kod></b:p></r>":                                      "!file.broken (1)",
		"<r><p><kod>1</kod></p>\n</r></r>":                                    "!file.broken (2)",
		"<r>\n<p></r></p>":                                                    "!file.broken (2)",
		"</r>":                                                                "!file.broken (1)",
		"<r><kod>1</kod></r>\n<r/>":                                           "!file.broken (2)",
		"<r><kod>1</kod></r>\nx":                                              "!file.broken (2)",
		"<r>\n<p>":                                                            "!file.broken (2)",
		"<r><p><kod>1</kod></p></r><!DOCTYPE x>":                              "!file.doctype (1)",
		"<r><p><kod>1</kod></p></r><!-- x --><?x y?>":                         "r/p |kod|1:1",
		"<!-- x -->":                                                          "!file.empty ()",
		"<r><p a:=''><kod>1</kod></p></r>":                                    "r/p |@a:,kod|1:,1",
		"<r><p><kod>1\x00</kod></p></r>":                                      "!file.nul (1)",
		"<r>\n<p><kod>1\x01\x1f\t2</kod></p></r>":                             "r/p |kod|2:1  \t2",
		"<r><p><kod>1\r2</kod></p></r>":                                       "r/p |kod|1:1\n2",
		"<r><p><kod>1&#13;</kod><x>&#13;<y>a</y></x></p></r>":                 "r/p |kod,x/y|1:1\r,a",
		"<r><p kod='1' kod='2'/></r>":                                         "r/p |@kod,@kod[2]|1:1,2",
	} {
		if got := asFeed(t, content); got != want {
			t.Errorf("%q:\n got %q\nwant %q", content, got, want)
		}
	}
}

// Each limit just reached is taken, and one more is refused.
func TestFeed_limits(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	nested := func(n int) string { return strings.Repeat("<a>", n-1) + "<kod>1</kod>" + strings.Repeat("</a>", n-1) }
	kinds := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<k%d/>", i)
		}
		return b.String()
	}
	product := func(inside string) string { return "<r>\n<p><kod>1</kod>" + inside + "</p></r>" }
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<k%d>1</k%d>", i, i)
		}
		return b.String()
	}
	variants := func(n int) string {
		return "<r>\n<p><ad>a</ad>" + strings.Repeat("<v><kod>1</kod><stok>1</stok></v>", n) + "</p><p><ad>b</ad></p></r>"
	}
	for name, c := range map[string]struct{ content, want string }{
		"as deep as may be":             {nested(deepest), ""},
		"one deeper":                    {nested(deepest + 1), "!file.too-deep (1)"},
		"an attribute as long":          {product("<b " + x(longestName-1) + "='1'/>"), ""},
		"a longer one":                  {product("<b " + x(longestName) + "='1'/>"), "!file.too-many-cells (2)"},
		"an attribute's value as long":  {product("<b c='" + x(table.MaxField) + "'/>"), ""},
		"a longer value of one":         {product("<b c='" + x(table.MaxField+1) + "'/>"), "!file.cell-too-long (2)"},
		"as many kinds of elements":     {"<r><q>" + kinds(mostElements-4) + "</q><p><kod>1</kod><ad>x</ad></p></r>", ""},
		"one more":                      {"<r><q>" + kinds(mostElements-3) + "</q><p><kod>1</kod><ad>x</ad></p></r>", "!file.too-many-cells (1)"},
		"a name as long as may be":      {product("<" + x(longestName) + "/>"), ""},
		"one longer":                    {product("<" + x(longestName+1) + "/>"), "!file.too-many-cells (2)"},
		"a value as long as may be":     {product("<ad>" + x(table.MaxField) + "</ad>"), ""},
		"one longer value":              {product("<ad>" + x(table.MaxField+1) + "</ad>"), "!file.cell-too-long (2)"},
		"a value of two pieces":         {product("<ad>" + x(table.MaxField-1) + "<b/>x</ad>"), ""},
		"one longer in two pieces":      {product("<ad>" + x(table.MaxField) + "<b/>x</ad>"), "!file.cell-too-long (2)"},
		"values as long as may be":      {product(strings.Repeat("<ad>"+x(table.MaxField)+"</ad>", 7) + "<b>" + x(table.MaxField-1) + "</b>"), ""},
		"one longer together":           {product(strings.Repeat("<ad>"+x(table.MaxField)+"</ad>", 7) + "<b>" + x(table.MaxField) + "</b>"), "!file.row-too-long (2)"},
		"as many columns":               {product(many(mostColumns - 1)), ""},
		"one column more":               {product(many(mostColumns)), "!file.too-many-cells ()"},
		"as many variants":              {variants(mostVariants), ""},
		"one variant more":              {variants(mostVariants + 1), "!file.too-many-rows (2)"},
		"a comment that is long enough": {"<r><!--" + x(document.MaxToken-100_000) + "--><p><kod>1</kod></p></r>", ""},
		"a comment that is too long":    {"<r><!--" + x(document.MaxToken+100_000) + "--><p><kod>1</kod></p></r>", "!file.cell-too-long (1)"},
	} {
		got := asFeed(t, c.content)
		if at := strings.LastIndex(got, "!"); c.want != "" && (at < 0 || got[at:] != c.want) || c.want == "" && strings.Contains(got, "!") {
			t.Errorf("%s: %.100s … %s, want %q", name, got, got[max(0, len(got)-40):], c.want)
		}
	}
	// What repeats itself has columns of its own, up to a number; what is behind them is left out.
	got := asFeed(t, product(strings.Repeat("<img>a</img>", mostRepeats+5)))
	if want := fmt.Sprintf("img[%d]|2:1%s", mostRepeats, strings.Repeat(",a", mostRepeats)); !strings.HasSuffix(got, want) {
		t.Errorf("repeats: %s, want … %s", got, want)
	}
}

// Whatever is declared, the letters are right: by the declaration, by the mark, or by the bytes.
func TestFeed_everyDeclaredEncoding(t *testing.T) {
	const body = "<r><p><kod>1</kod><ad>ÇİĞ ışık éŞ</ad></p></r>"
	for labels, c := range map[string]struct {
		as   *charmap.Charmap
		name string
	}{
		"utf-8 UTF-8 utf8 UTF_8 us-ascii ascii":                                       {nil, "utf-8"},
		"windows-1254 Windows_1254 cp1254 CP-1254 x-cp1254":                           {charmap.Windows1254, "windows-1254"},
		"iso-8859-9 ISO_8859-9 iso8859-9 latin5 latin-5 l5 iso-ir-148":                {charmap.ISO8859_9, "iso-8859-9"},
		"windows-1252 cp1252 iso-8859-1 ISO8859-1 latin1 latin-1 iso-8859-15 latin-9": {charmap.Windows1252, ""},
	} {
		for label := range strings.FieldsSeq(labels) {
			text, name := body, c.name
			if name == "" {
				name, text = "windows-1252", strings.NewReplacer("İ", "", "Ğ", "", "ı", "", "ş", "", "Ş", "").Replace(body)
				if strings.Contains(label, "15") || strings.HasSuffix(label, "9") {
					name = "iso-8859-15"
				}
			}
			content := `<?xml version="1.0" encoding="` + label + `"?>` + text
			if c.as != nil {
				content = filestest.In8(t, c.as, content)
			}
			f := opened(t, filestest.Written(t, "a.xml", content))
			_, ad, _ := strings.Cut(text, "<ad>")
			ad, _, _ = strings.Cut(ad, "<")
			if got := cells(t, f); f.Info().Encoding != name || got[0][1] != ad {
				t.Errorf("%s: %s %q, want %s %q", label, f.Info().Encoding, got, name, ad)
			}
		}
	}
	if f := opened(t, filestest.Written(t, "a.xml", "<?xml version='1.0' encoding='iso-8859-15'?><r><p><kod>1</kod><ad>\xa4</ad></p></r>")); cells(t, f)[0][1] != "€" {
		t.Errorf("the euro of ISO-8859-15: %q", cells(t, f))
	}
	for _, label := range []string{"utf-7", "", "koi8-u"} { // the bytes are UTF-8, whatever it is called
		if got, want := asFeed(t, `<?xml version="1.0" encoding="`+label+`"?>`+body), "r/p |kod,ad|1:1,ÇİĞ ışık éŞ"; got != want {
			t.Errorf("%q: %s, want %s", label, got, want)
		}
		content := filestest.In8(t, charmap.Windows1254, `<?xml version="1.0" encoding="`+label+`"?>`+body)
		if got := asFeed(t, content); got != "!file.unknown-encoding (1)" && label != "" {
			t.Errorf("%q over other bytes: %s", label, got)
		}
	}
	if got := asFeed(t, filestest.In8(t, charmap.Windows1254, `<?xml version="1.0" encoding="windows-1251"?>`+body)); got != "r/p |kod,ad|1:1,ÇİĞ ışık éŞ" {
		t.Errorf("Cyrillic that is Turkish: %s", got)
	}
	// A mark goes before what is declared, and what is broken is so in every encoding.
	for content, want := range map[string]string{
		"\xff\xfe" + filestest.In16(`<?xml version="1.0" encoding="windows-1254"?><r><p><kod>ş</kod></p></r>`, true): "r/p |kod|1:ş",
		"\xff\xfe" + filestest.In16("<r><p><kod>ş</kod></r>", true):                                                  "!file.broken (1)",
		"<?xml version='1.0' encoding='l5'?><r><?xml version='1.0' encoding='utf-16'?><p><kod>\xfe</kod></p></r>":    "r/p |kod|1:ş", // said before
		"<?xml version='1.0' encoding='l5'?>\n<r>\n<p><kod>\xfe\x00</kod></p></r>":                                   "!file.nul (3)",
		"<r><p><kod>\xfe</kod></r>":                         "!file.broken (1)",
		"<r><p><kod>\xfe</kod></p></r>":                     "r/p |kod|1:ş",
		"<r><p><kod>\xfe\x00</kod></p></r>":                 "!file.nul (1)",
		"<?xml version='1.0' encoding='l5'?><r><p></r>\xfe": "!file.broken (1)",
	} {
		if got := asFeed(t, content); got != want {
			t.Errorf("%q: %s, want %s", content, got, want)
		}
	}
}

// Which element is a product, and what is a variant of one.
func TestFeed_findsProductsAndVariants(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"the one of which more is known":                 {"<r><a><kod>1</kod></a><b><kod>1</kod><ad>x</ad></b></r>", "r/b |kod,ad|1:1,x"},
		"of as much known, what repeats":                 {"<r><a><kod>1</kod></a><b><kod>2</kod></b><b><kod>3</kod></b></r>", "r/b |kod|1:2|1:3"},
		"of repeated, what has most":                     {"<r><a><kod>1</kod></a><a/><b><kod>2</kod><x>y</x></b><b/></r>", "r/b |kod,x|1:2,y"},
		"of like ones, the more":                         {"<r><a><kod>1</kod></a><a/><b><kod>2</kod></b><b/><b/></r>", "r/b |kod|1:2"},
		"of equal ones, the first":                       {"<r><a><kod>1</kod></a><a/><b><kod>2</kod></b><b/></r>", "r/a |kod|1:1"},
		"of those that repeat, what has most, not more":  {"<r><a><kod>1</kod></a><a/><a/><b><kod>2</kod><x>y</x></b><b/></r>", "r/b |kod,x|1:2,y"},
		"what is known, not what repeats":                {"<r><a><kod>1</kod></a><b><x>2</x><y>3</y><z>4</z></b><b/></r>", "r/a |kod|1:1"},
		"nothing known, what repeats":                    {"<r><a><x>1</x><y>2</y></a><b><x>1</x><y>2</y></b><b/></r>", "r/b |x,y|1:1,2"},
		"nothing known, nothing repeats":                 {"<r><a><x>1</x><y>2</y></a></r>", "!file.empty ()"},
		"nothing known, one value only":                  {"<r><a><x>1</x></a><a><x>2</x></a></r>", "!file.empty ()"},
		"attributes are no products":                     {"<r kod='1' ad='x'/>", "r |@kod,@ad|1:1,x"},
		"a variant without a name":                       {"<r><p><ad>A</ad><v><kod>1</kod><stok>2</stok></v><v><kod>3</kod></v></p><p><ad>B</ad></p></r>", "r/p r/p/v|ad,kod,stok|1:A,1,2|1:A,3,|1:B,,"},
		"a variant of barcodes":                          {"<r><p><ad>A</ad><kod>K</kod><v><barkod>1</barkod><stok>2</stok></v></p></r>", "r/p r/p/v|ad,kod,barkod,stok|1:A,K,1,2"},
		"no variant without a stock":                     {"<r><p><ad>A</ad><kod>K</kod><fiyat>1</fiyat><v><barkod>1</barkod></v></p></r>", "r/p |ad,kod,fiyat,barkod|1:A,K,1,1"},
		"no variant of a stock alone":                    {"<r><p><ad>A</ad><kod>K</kod><fiyat>1</fiyat><v><stok>1</stok></v></p></r>", "r/p |ad,kod,fiyat,stok|1:A,K,1,1"},
		"the variant of which more is known":             {"<r><p><ad>A</ad><kod>K</kod><fiyat>1</fiyat><marka>M</marka><u><kod>1</kod><stok>2</stok></u><v><kod>3</kod><stok>4</stok><fiyat>5</fiyat></v></p></r>", "r/p r/p/v|ad,kod,fiyat,marka,u/kod,u/stok,stok|1:A,3,5,M,1,2,4"},
		"the one of more, in whatever order":             {"<r><p><ad>A</ad><kod>K</kod><fiyat>1</fiyat><marka>M</marka><v><kod>3</kod><stok>4</stok><fiyat>5</fiyat></v><u><kod>1</kod><stok>2</stok></u></p></r>", "r/p r/p/v|ad,kod,fiyat,marka,u/kod,u/stok,stok|1:A,3,5,M,1,2,4"},
		"of variants of as much, the first":              {"<r><p><ad>A</ad><kod>K</kod><fiyat>1</fiyat><v><kod>3</kod><stok>4</stok></v><u><kod>1</kod><stok>2</stok></u></p></r>", "r/p r/p/v|ad,kod,fiyat,u/kod,u/stok,stok|1:A,3,1,1,2,4"},
		"repeats of a product around its variants":       {"<r><p><ad>A</ad><g>a</g><v><kod>1</kod><stok>2</stok></v><g>b</g><v><kod>2</kod><stok>3</stok></v><g>c</g></p><p><ad>B</ad><g>d</g></p></r>", "r/p r/p/v|ad,g,g[2],g[3],kod,stok|1:A,a,b,c,1,2|1:A,a,b,c,2,3|1:B,d,,,,"},
		"a shop's own name is no product's":              {"<r><ad>Dükkân</ad><p><kod>1</kod><stok>2</stok></p><p><kod>3</kod></p></r>", "r/p |kod,stok|1:1,2|1:3,"},
		"a name further out":                             {"<r><q><ad>A</ad><x><p><kod>1</kod><stok>2</stok></p></x></q><q/></r>", "r/q r/q/x/p|ad,kod,stok|1:A,1,2"},
		"the product's own where the variant's is blank": {"<r><p><ad>A</ad><kod>K</kod><fiyat>9</fiyat><marka>M</marka><v><kod>1</kod><fiyat> </fiyat><stok>2</stok></v></p></r>", "r/p r/p/v|ad,kod,fiyat,marka,stok|1:A,1,9,M,2"},
		"names of both stand beside each other":          {"<r><p><ad>A</ad><kod>K</kod><marka>M</marka><v><ad>a</ad><kod>1</kod><stok>2</stok></v></p></r>", "r/p r/p/v|ad,kod,marka,v/ad,stok|1:A,1,M,a,2"},
		"whether VAT is in it":                           {"<r><p><ad>A</ad><marka>M</marka><v><kod>1</kod><stok>2</stok><kdvDahil>0</kdvDahil><x>y</x></v></p><p><ad>B</ad></p></r>", "r/p r/p/v|ad,marka,kod,stok,kdvDahil,v/x|1:A,M,1,2,0,y|1:B,,,,,"},
		"repeats within a variant":                       {"<r><p><ad>A</ad><v><kod>1</kod><stok>2</stok><g>a</g><g>b</g></v><v><kod>2</kod><stok>3</stok><g>c</g></v></p><p><ad>B</ad></p></r>", "r/p r/p/v|ad,kod,stok,v/g,v/g[2]|1:A,1,2,a,b|1:A,2,3,c,|1:B,,,,"},
		"a second code within a variant":                 {"<r><p><ad>A</ad><kod>K</kod><marka>M</marka><v><kod>1</kod><kod>2</kod><stok>3</stok></v></p></r>", "r/p r/p/v|ad,kod,marka,v/kod[2],stok|1:A,1,M,2,3"},
		"a second code of variants that alone have one":  {"<r><p><ad>A</ad><marka>M</marka><v><kod>1</kod><kod>2</kod><stok>3</stok></v></p><p><ad>B</ad></p></r>", "r/p r/p/v|ad,marka,kod,v/kod[2],stok|1:A,M,1,2,3|1:B,,,,"},
		"variants of a product that is known well":       {"<r><p><ad>A</ad><kod>K</kod><fiyat>9</fiyat><v><ad>a</ad><kod>1</kod><stok>2</stok><fiyat>3</fiyat></v></p><p><ad>B</ad></p></r>", "r/p r/p/v|ad,kod,fiyat,v/ad,stok|1:A,1,3,a,2|1:B,,,,"},
		"products of a group that has no code":           {"<r><p><ad>A</ad><marka>K</marka><fiyat>9</fiyat><v><ad>a</ad><kod>1</kod><stok>2</stok><fiyat>3</fiyat></v></p><p><ad>B</ad></p></r>", "r/p/v |ad,kod,stok,fiyat|1:a,1,2,3"},
		"products of a group with name and code":         {"<r><p><ad>A</ad><kod>K</kod><v><ad>a</ad><kod>1</kod><stok>2</stok></v></p><p><ad>B</ad></p></r>", "r/p/v |ad,kod,stok|1:a,1,2"},
		"products of the only group":                     {"<r><p><ad>A</ad><kod>K</kod><fiyat>9</fiyat><v><ad>a</ad><kod>1</kod><stok>2</stok><fiyat>3</fiyat></v></p></r>", "r/p/v |ad,kod,stok,fiyat|1:a,1,2,3"},
		"lists of lists":                                 {"<r><p><kod>1</kod><l><i>a</i><i>b</i></l><l><i>c</i></l></p></r>", "r/p |kod,l/i,l/i[2],l/i[3],l/i[4]|1:1,a,b,c,"},
		"values of a variant are its own":                {"<r><p><ad>A</ad><v><kod>1</kod><stok>2</stok></v>\n<v><stok>3</stok></v></p><p><ad>B</ad></p></r>", "r/p r/p/v|ad,kod,stok|1:A,1,2|2:A,,3|2:B,,"},
	} {
		if got := asFeed(t, c.content); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestElement_leaves(t *testing.T) {
	for content, want := range map[string]string{
		"<r><p><kod>1</kod><x><y/></x></p></r>": "kod,x/y", "<r><p><kod>1</kod><x a='1'/></p></r>": "kod,x/@a", "<r><p><kod>1</kod><x>a<y/></x></p></r>": "kod,x,x/y",
		"<r><p><kod>1</kod><x> \n\r\t<y/></x></p></r>": "kod,x/y", "<r><p><kod>1</kod><x>\u00a0<y/></x></p></r>": "kod,x,x/y",
	} {
		f, err := understand(documentOf(t, filestest.Faulty(content, 0)), "a.xml", listing.Reading{}, headerSearcher{})
		if err != nil {
			t.Errorf("%s: %v", content, err)
			continue
		}
		if !slices.Equal(f.Header(), strings.Split(want, ",")) {
			t.Errorf("%s: %q, want %s", content, f.Header(), want)
		}
	}
}

func TestFeed_whatIsNoFeed(t *testing.T) {
	for root, want := range map[string]string{
		"HTML": "file.markup", "Table": "file.markup", "head": "file.markup", "body": "file.markup", "META": "file.markup", "Workbook": "file.old-excel", "htmlx": "",
	} {
		got := asFeed(t, "<!-- x -->\n<"+root+"><p><kod>1</kod></p></"+root+">")
		if want != "" && got != "!"+want+" (2)" || want == "" && !strings.HasPrefix(got, root) {
			t.Errorf("%s: %s, want %s", root, got, want)
		}
	}
}
