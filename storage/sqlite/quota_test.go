package sqlite_test

import (
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// machineWith opens sopyo.db with companies of those ids.
func machineWith(t *testing.T, ids ...domain.CompanyID) *sqlitetest.Machine {
	t.Helper()
	m := openMachine(t, filepath.Join(t.TempDir(), "sopyo.db"))
	for _, id := range ids {
		if err := m.SaveCompany(t.Context(), domain.Company{ID: id, Name: string(id)}); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func keyPrint(t *testing.T, m *sqlitetest.Machine, key string) string {
	t.Helper()
	p, err := m.KeyPrint(t.Context(), domain.NewSecret(key))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestKeyPrint_tellsKeysApartAndNothingOfThem(t *testing.T) {
	m, other := machineWith(t), machineWith(t)
	a := keyPrint(t, m, "anahtar-a")
	if a != keyPrint(t, m, "anahtar-a") || a == keyPrint(t, m, "anahtar-b") {
		t.Error("the print does not tell keys apart")
	}
	if a == keyPrint(t, other, "anahtar-a") {
		t.Error("two machines give the same print: it is not salted")
	}
	if len(a) != 2*sqlite.PrintSize || strings.Contains(a, "anahtar") {
		t.Errorf("print %q", a)
	}
}

func TestKeyQuota_staysWithinTheCeilingOfAllCompanies(t *testing.T) {
	m := machineWith(t, "alfa", "beta", "gama")
	alfa, beta, other := m.KeyQuota("k", "alfa"), m.KeyQuota("k", "beta"), m.KeyQuota("k2", "gama")
	for i, b := range []struct {
		of         quota.KeyStore
		month      string
		kind       quota.Kind
		n, ceiling int
		want       int
	}{
		{alfa, "2026-11", quota.Read, 20, 50, 20},
		{beta, "2026-11", quota.Read, 20, 50, 20},
		{alfa, "2026-11", quota.Read, 20, 50, 10},
		{beta, "2026-11", quota.Read, 20, 50, 0},
		{beta, "2026-11", quota.Read, 20, 30, 0}, // a ceiling that was lowered takes nothing back
		{alfa, "2026-11", quota.Read, -7, 50, -7},
		{beta, "2026-11", quota.Read, 20, 50, 7},
		{other, "2026-11", quota.Read, 20, 50, 20},
		{alfa, "2026-11", quota.Write, 5, 50, 5},
		{alfa, "2026-12", quota.Read, 1, 50, 1},
		{alfa, "2026-12", quota.Read, -9, 50, -9}, // never below zero
	} {
		if got, err := b.of.Book(t.Context(), b.month, b.kind, b.n, b.ceiling); err != nil || got != b.want {
			t.Errorf("%d: booked %d, want %d, %v", i, got, b.want, err)
		}
	}
	for _, none := range []int{0, -1} { // where nothing is given, nothing is kept
		if n, err := beta.Book(t.Context(), "2027-01", quota.Read, 5, none); n != 0 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		if got, err := beta.Booked(t.Context(), "2027-01"); len(got) != 0 || err != nil {
			t.Errorf("%v, %v", got, err)
		}
	}
	if err := m.RemoveCompany(t.Context(), "beta"); err != nil { // its calls were made
		t.Fatal(err)
	}
	for _, q := range []quota.KeyStore{alfa, beta} {
		got, err := q.Booked(t.Context(), "2026-11")
		if err != nil || !reflect.DeepEqual(got, map[quota.Kind]int{quota.Read: 50, quota.Write: 5}) {
			t.Errorf("%v, %v", got, err)
		}
	}
	if got, err := alfa.Booked(t.Context(), "2026-12"); err != nil || got[quota.Read] != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestKeyQuota_severalProcessesShareTheLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	var wg sync.WaitGroup
	granted := make([]int, 4)
	for i := range granted {
		m := openMachine(t, path)
		wg.Go(func() {
			q := m.KeyQuota("k", domain.CompanyID(rune('a'+i)))
			for range 20 {
				n, err := q.Book(t.Context(), "2026-11", quota.Read, 7, 333)
				if err != nil {
					t.Error(err)
				}
				granted[i] += n
			}
		})
	}
	wg.Wait()
	sum := 0
	for _, n := range granted {
		sum += n
	}
	if sum != 333 {
		t.Errorf("%d booked of 333: %v", sum, granted)
	}
}

func TestSaveCompanyKey_takesAlongWhatWasBookedBeforeTheKeyWasKnown(t *testing.T) {
	m := machineWith(t, "alfa")
	if got, err := m.CompanyKey(t.Context(), "alfa"); err != nil || got != "" {
		t.Errorf("%q, %v", got, err)
	}
	booked := map[quota.Kind]int{quota.Read: 120, quota.Write: 3}
	for _, p := range []string{"k1", "k2"} {
		if err := m.SaveCompanyKey(t.Context(), "alfa", p, "2026-11", booked); err != nil {
			t.Fatal(err)
		}
		if got, err := m.CompanyKey(t.Context(), "alfa"); err != nil || got != p {
			t.Errorf("%q, %v", got, err)
		}
	}
	if got, err := m.KeyQuota("k1", "alfa").Booked(t.Context(), "2026-11"); err != nil || !reflect.DeepEqual(got, booked) {
		t.Errorf("the first key: %v, %v", got, err)
	}
	if got, err := m.KeyQuota("k2", "alfa").Booked(t.Context(), "2026-11"); err != nil || len(got) != 0 {
		t.Errorf("a second key was not used for them: %v, %v", got, err)
	}
	if err := m.SaveCompany(t.Context(), domain.Company{ID: "alfa", Name: "Yeni ad", TenantID: "t"}); err != nil {
		t.Fatal(err)
	}
	if got, err := m.CompanyKey(t.Context(), "alfa"); err != nil || got != "k2" {
		t.Errorf("saving the company lost its key: %q, %v", got, err)
	}
	if got, err := m.CompanyKey(t.Context(), "yok"); err != nil || got != "" {
		t.Errorf("%q, %v", got, err)
	}
}
