package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	_ "modernc.org/sqlite" // what an older program let in is put there by hand

	"github.com/sopyo/sopyo-desktop/domain"
)

// steering is a name as a hostile list may have it: it clears a screen, sets a title, writes a row of its own, and turns
// the ending of a file around.
const steering = "\x1b[2J\x1b]0;pwned\x07Çay\nSAHTE\tSATIR\u202Efdp.exe\u009b31m\u2028son"

// Names that were let in by an older program come out of no command as anything but text on their own line.
func TestEveryList_drawsForeignNamesOnTheirLine(t *testing.T) {
	b := shop(t)
	b.json(0, "marketplaces", "add", "Yerel Pazar")
	b.json(0, "transfer", "decide", "--remote", b.someRow(), "--ignore")
	files, err := filepath.Glob(filepath.Join(strings.ReplaceAll(b.data, "#", "?"), "companies", "*.db"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	for path, statements := range map[string][]string{
		files[0]: {
			`UPDATE product SET name = ?1`, `UPDATE product SET brand = ?1`, `UPDATE product SET code = ?1 || code`, `UPDATE product SET barcode = ?1`,
			`UPDATE transfer_product SET name = ?1`, `UPDATE transfer_product SET code = ?1 || code`, `UPDATE transfer_product SET barcode = ?1`, `UPDATE transfer_product SET brand = ?1`, `UPDATE transfer_product SET unit = ?1`,
			`UPDATE history SET actor = ?1`, `UPDATE history SET detail = json_object('file', ?1, 'name', ?1)`, `UPDATE decision SET actor = ?1`, `UPDATE sync_run SET actor = ?1`,
			`UPDATE connection SET firm_name = ?1`, `UPDATE connection SET user_name = ?1`, `UPDATE connection SET licence_name = ?1`,
			`UPDATE marketplace SET name = ?1`, `UPDATE report SET html = ?1`, `UPDATE report SET xlsx = ?1`,
			`UPDATE sales_order SET number = ?1`, `UPDATE sales_order SET word = ?1`, `UPDATE sales_order SET source = ?1`, `UPDATE sales_order SET file = ?1`,
			`UPDATE sales_order SET buyer = replace(buyer, 'Ayşe Yılmaz', substr(json_quote(?1), 2, length(json_quote(?1)) - 2))`,
			`UPDATE sales_order SET lines = replace(lines, 'Çay', substr(json_quote(?1), 2, length(json_quote(?1)) - 2))`,
			`INSERT INTO letter (transfer_id, attempts, recipient, message_id, subject, search_fold, text, html, file_name, file_type, state, cause, detail, created_at, changed_at)
				VALUES (1, 1, ?1, 'm', ?1, '', ?1, ?1, ?1, '', 'refused', 'mail-refused', ?1, '2026-11-26T09:00:00Z', '2026-11-26T09:00:00Z')`,
		},
		filepath.Join(b.data, "sopyo.db"): {`UPDATE company SET name = ?1`},
	} {
		db, err := sql.Open("sqlite", "file:"+strings.ReplaceAll(strings.ReplaceAll(path, "%", "%25"), "#", "%23"))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range statements {
			if _, err := db.ExecContext(t.Context(), s, steering); err != nil {
				t.Errorf("%s: %v", s, err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	named := 0
	for _, args := range append(b.readers(), []string{"catalogue", "list", "--limit", "1"}, []string{"import", "rows", "--outcome", "unmatched"}, []string{"--company", steering, "--yok"}, []string{steering}, []string{"prices", "explain", steering}) {
		_, out, errs := b.do(args...)
		for _, line := range strings.SplitAfter(out+errs, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "SAHTE") {
				t.Errorf("%v: a line of its own: %q", args, line)
			}
			if strings.Contains(line, "pwned") {
				named++
			}
			for _, r := range line {
				if r != '\n' && r != '\t' && unicode.IsControl(r) || domain.TurnsDirection(r) {
					t.Errorf("%v: %q", args, line)
					break
				}
			}
		}
	}
	if named < 7 {
		t.Errorf("only %d lines had the name: this test looks at nothing", named)
	}
	// Programs read what is stored, to the last character.
	_, out, _ := b.do("--json", "catalogue", "list", "--limit", "1")
	var list struct{ Products []struct{ Name string } }
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list.Products) != 1 || list.Products[0].Name != steering {
		t.Errorf("%q, %v", out, err)
	}
	if strings.ContainsAny(out, "\u202E\u009b\x1b") {
		t.Errorf("%q", out)
	}
}

// someRow is the number at İşbaşı of a product that has found no partner.
func (b *bench) someRow() string {
	rows, _ := b.json(0, "import", "rows", "--outcome", "unmatched")["rows"].([]any)
	row, _ := rows[len(rows)-1].(map[string]any)
	return fmt.Sprint(row["id"])
}

// What comes from files and from İşbaşı comes in as a line.
func TestNames_comeInAsLines(t *testing.T) {
	b := shop(t)
	b.catalogue("Stok Kodu;Ürün Adı", "X-1;\"Ters\n\u202Efdp \u0007ad\"")
	list, _ := b.json(0, "catalogue", "list", "--search", "X-1")["products"].([]any)
	if p, ok := list[0].(map[string]any); len(list) != 1 || !ok || p["name"] != "Ters fdp ad" {
		t.Errorf("%q", list)
	}
	b.json(0, "orders", "import", b.write("o.csv", "Sipariş Kodu;Durum;Ürün Adı;Adet;Sipariş Tutarı;Alıcı;Adres\n"+
		"7;Teslim Edildi;\"Ter\nmos\u202E\";1;10,00;\"Ayşe\u0007\nYılmaz\";\"Gül Sk.\n1/2\"\n"), "--profile", "n11", "--map", "name=Alıcı", "--map", "address=Adres")
	b.json(0, "orders", "correct", "n11/7", "--set", "buyer.district=Kadı\nköy\x1b[2J")
	order := b.json(0, "orders", "show", "n11/7")
	if said := fmt.Sprint(order); strings.ContainsAny(said, "\n\x1b\u202E") || !strings.Contains(said, "Ter mos") || !strings.Contains(said, "Gül Sk. 1/2") || !strings.Contains(said, "Kadı köy[2J") {
		t.Errorf("%q", said)
	}
	if m := b.json(0, "company", "add", "Yeni\n\x1b[2J\u202EŞube"); m["name"] != "Yeni [2JŞube" {
		t.Errorf("%q", m)
	}
}
