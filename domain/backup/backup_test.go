package backup

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func istanbul(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, domain.Istanbul)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestDueAt_isOnceADayOfIstanbul(t *testing.T) {
	for looked, want := range map[string]string{
		"2026-11-26 00:00": "2026-11-27 00:00", "2026-11-26 14:00": "2026-11-27 00:00",
		"2026-11-25 23:59": "2026-11-26 14:00",
		"2026-11-26 14:01": "2026-11-26 14:00", // the clock was wrong
		"2031-01-01 00:00": "2026-11-26 14:00",
	} {
		s := Standing{CheckedAt: istanbul(t, looked).UTC()}
		if got := s.DueAt(istanbul(t, "2026-11-26 14:00")); !got.Equal(istanbul(t, want)) {
			t.Errorf("looked at %s: due at %v, want %s", looked, got, want)
		}
	}
	now := istanbul(t, "2026-11-26 14:00")
	if got := (Standing{}).DueAt(now); !got.Equal(now) {
		t.Errorf("never looked at: %v", got)
	}
}

func TestLast_isTheNewestOfAllCompanies(t *testing.T) {
	a, b := Standing{File: "a", MadeAt: istanbul(t, "2026-11-20 10:00")}, Standing{File: "b", MadeAt: istanbul(t, "2026-11-21 10:00")}
	if got := (State{Companies: []Standing{a, b, {}}}).Last(); got != b {
		t.Errorf("%+v", got)
	}
	if got := (State{Companies: []Standing{{}}}).Last(); got != (Standing{}) {
		t.Errorf("of none: %+v", got)
	}
}

func TestNewest_ofADayIsByTheNamesTheTurkishWay(t *testing.T) {
	day := istanbul(t, "2026-11-27 00:00")
	files := []File{{Stem: "Zeytin", Day: day}, {Stem: "Çağrı", Day: day}, {Stem: "Bal", Day: day.AddDate(0, 0, -1)}, {Stem: "Cem", Day: day}, {Stem: "Akın", Day: day}, {Stem: "Akın", Day: day, Number: 2}}
	Newest(files)
	var got []string
	for _, f := range files {
		got = append(got, f.Stem)
	}
	if want := []string{"Akın", "Akın", "Cem", "Çağrı", "Zeytin", "Bal"}; !slices.Equal(got, want) || files[0].Number != 2 {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestParseName_readsWhatNameHasMade(t *testing.T) {
	at := istanbul(t, "2026-11-27 00:30").UTC() // still the day before elsewhere
	for _, n := range []int{1, 2, 15} {
		name := NumberedName(Name("Ğış (2) & Oğlu", at), n) + Ending
		f, ok := ParseName(name)
		if !ok || f.Stem != "Ğış (2) & Oğlu" || !f.Day.Equal(istanbul(t, "2026-11-27 00:00")) || f.Number != n {
			t.Errorf("%s: %+v, %v", name, f, ok)
		}
	}
	for _, name := range []string{
		"", "Firma 2026-11-27", "Firma 2026-11-27.zip", " 2026-11-27.sopyoyedek", "Firma 2026-13-27.sopyoyedek", "Firma.sopyoyedek",
		"Firma 2026-11-27 (1).sopyoyedek", "Firma 2026-11-27 (0).sopyoyedek", "Firma 2026-11-27 (99999999999999999999).sopyoyedek",
	} {
		if f, ok := ParseName(name); ok && f.Stem != "" {
			t.Errorf("%q is taken for a backup's: %+v", name, f)
		}
	}
}

// days makes one file a day, the first on 1 November.
func days(t *testing.T, n int) (files []File) {
	t.Helper()
	for i := range n {
		files = append(files, File{Day: istanbul(t, "2026-11-01 00:00").AddDate(0, 0, i), Number: 1})
	}
	return files
}

func TestSurplus_keepsFourteenAndTheLastOfEveryDayLongest(t *testing.T) {
	today := func(n, number int) File {
		return File{Day: istanbul(t, "2026-11-01 00:00").AddDate(0, 0, n), Number: number}
	}
	for name, tt := range map[string]struct{ files, gone []File }{
		"none":              {nil, nil},
		"fourteen":          {days(t, 14), nil},
		"fifteen":           {days(t, 15), []File{today(0, 1)}},
		"twenty":            {days(t, 20), []File{today(5, 1), today(4, 1), today(3, 1), today(2, 1), today(1, 1), today(0, 1)}},
		"two of one day":    {append(days(t, 14), today(13, 2)), []File{today(13, 1)}},
		"of two days":       {append(days(t, 13), today(12, 2), today(3, 2)), []File{today(3, 1)}},
		"twenty of one day": {append(days(t, 1), many(today, 20)...), []File{today(1, 7), today(1, 6), today(1, 5), today(1, 4), today(1, 3), today(1, 2), today(1, 1)}},
	} {
		slices.Reverse(tt.files) // whatever order a folder lists them in
		if got := Surplus(tt.files); !slices.Equal(got, tt.gone) {
			t.Errorf("%s: %v goes, want %v", name, got, tt.gone)
		}
	}
}

// many are n files of the second day.
func many(of func(day, number int) File, n int) (files []File) {
	for i := range n {
		files = append(files, of(1, i+1))
	}
	return files
}

func TestPlanRestore_findsTheCompanyByItsIDThenByItsFirm(t *testing.T) {
	here := []domain.Company{{ID: "a", Name: "Alfa"}, {ID: "b", Name: "Beta", TenantID: "t-b"}, {ID: "d", Name: "delta"}}
	m := Manifest{Companies: []Content{
		{ID: "a", Name: "Alfa eski", TenantID: "t-b"},
		{ID: "x", Name: "Beta Ltd", TenantID: "t-b"},
		{ID: "c", Name: "DELTA", TenantID: "t-c", Demo: true},
		{ID: "e", Name: "Delta"},
		{ID: "f", Name: "Yeni"},
	}}
	want := []struct {
		present domain.CompanyID
		as      domain.Company
	}{
		{"a", domain.Company{ID: "a", Name: "Alfa", TenantID: "t-b"}},
		{"b", domain.Company{ID: "b", Name: "Beta", TenantID: "t-b"}},
		{"", domain.Company{ID: "c", Name: "DELTA (2)", TenantID: "t-c", Demo: true}},
		{"", domain.Company{ID: "e", Name: "Delta (3)"}},
		{"", domain.Company{ID: "f", Name: "Yeni"}},
	}
	for i, ch := range PlanRestore(m, here) {
		var present domain.CompanyID
		if ch.Present != nil {
			present = ch.Present.ID
		}
		if present != want[i].present || ch.As != want[i].as || ch.Content != m.Companies[i] {
			t.Errorf("%s: in place of %q, as %+v, want %+v", m.Companies[i].Name, present, ch.As, want[i])
		}
	}
}

func TestPlanRestore_showsNothingThatAStrangerHasHidden(t *testing.T) {
	for name, want := range map[string]string{"Al\x1b[31mfa\n": "Al[31mfa", "\u202eafla": "afla", "Ğış & Oğlu": "Ğış & Oğlu", "\u200b\n": "id"} {
		ch := PlanRestore(Manifest{Companies: []Content{{ID: "id", Name: name}}}, nil)[0]
		if ch.As.Name != want || ch.Name != want {
			t.Errorf("%q is called %q", name, ch.As.Name)
		}
	}
}

// sound is a manifest that may be.
func sound() Manifest {
	return Manifest{
		Format: 1, Companies: []Content{{ID: "ab-1", Name: "Alfa", Version: 3}, {ID: "b", Name: "Beta"}},
		Parts: []Part{{Company: "ab-1", Name: DatabasePart, Size: 5}, {Company: "ab-1", Name: "2026-05/a b.pdf", Size: 2}, {Company: "b", Name: DatabasePart, Size: 1}},
	}
}

func TestManifest_refusesWhatNoProgramOfOursHasWritten(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(m *Manifest)
		kind   domain.Kind
	}{
		"as it is":                 {func(*Manifest) {}, ""},
		"of the newest version":    {func(m *Manifest) { m.Companies[0].Version = 15 }, ""},
		"of a newer version":       {func(m *Manifest) { m.Companies[0].Version = 16 }, domain.KindBackupNewer},
		"of a newer format":        {func(m *Manifest) { m.Format = 2 }, domain.KindBackupNewer},
		"of no format":             {func(m *Manifest) { m.Format = 0 }, domain.KindBackupDamaged},
		"without a company":        {func(m *Manifest) { m.Companies, m.Parts = nil, nil }, domain.KindBackupDamaged},
		"an id that leads away":    {func(m *Manifest) { m.Companies[1].ID, m.Parts[2].Company = "../b", "../b" }, domain.KindBackupDamaged},
		"a company twice":          {func(m *Manifest) { m.Companies[1].ID = "ab-1" }, domain.KindBackupDamaged},
		"without a name":           {func(m *Manifest) { m.Companies[1].Name = " " }, domain.KindBackupDamaged},
		"without a database":       {func(m *Manifest) { m.Parts = m.Parts[:2] }, domain.KindBackupDamaged},
		"a part of nobody's":       {func(m *Manifest) { m.Parts[1].Company = "c" }, domain.KindBackupDamaged},
		"a part twice":             {func(m *Manifest) { m.Parts[1].Name = "COMPANY.DB" }, domain.KindBackupDamaged},
		"two databases":            {func(m *Manifest) { m.Parts[1].Name = DatabasePart }, domain.KindBackupDamaged},
		"a path upwards":           {func(m *Manifest) { m.Parts[1].Name = "../a.pdf" }, domain.KindBackupDamaged},
		"a path upwards inside":    {func(m *Manifest) { m.Parts[1].Name = "a/../../a.pdf" }, domain.KindBackupDamaged},
		"a whole path":             {func(m *Manifest) { m.Parts[1].Name = "/etc/a" }, domain.KindBackupDamaged},
		"a path of Windows":        {func(m *Manifest) { m.Parts[1].Name = `..\a.pdf` }, domain.KindBackupDamaged},
		"a drive":                  {func(m *Manifest) { m.Parts[1].Name = `C:a` }, domain.KindBackupDamaged},
		"no name":                  {func(m *Manifest) { m.Parts[1].Name = "" }, domain.KindBackupDamaged},
		"the folder itself":        {func(m *Manifest) { m.Parts[1].Name = "." }, domain.KindBackupDamaged},
		"the folder above":         {func(m *Manifest) { m.Parts[1].Name = ".." }, domain.KindBackupDamaged},
		"less than nothing":        {func(m *Manifest) { m.Parts[1].Size = -1 }, domain.KindBackupDamaged},
		"newer and nothing beside": {func(m *Manifest) { m.Format, m.Companies = 9, nil }, domain.KindBackupNewer},
	} {
		m := sound()
		tt.change(&m)
		if err := m.Validate(15); domain.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want %q", name, err, tt.kind)
		}
	}
	if n := sound().Size(); n != 8 {
		t.Errorf("size %d", n)
	}
}

func TestCheckErasure_wantsTheWord(t *testing.T) {
	for _, typed := range []string{ErasureWord("tr"), ErasureWord("en"), " sil ", "Erase", "SIL"} {
		if err := CheckErasure(typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"", "evet", "silme", "si"} {
		var e *domain.Error
		if err := CheckErasure(typed); !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != "word" {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestCheckPassword_wantsEightCharactersTwice(t *testing.T) {
	for _, tt := range []struct{ password, again, field, detail string }{
		{"çokgizli", "çokgizli", "", ""},
		{"", "", "password", "required"},
		{"çokgizl", "çokgizl", "password", "password-short"},
		{"çokgizli", "çokgizlı", "again", "password-again"},
	} {
		err := CheckPassword(domain.NewSecret(tt.password), domain.NewSecret(tt.again))
		var e *domain.Error
		if errors.As(err, &e) != (tt.field != "") || e != nil && (e.Field != tt.field || e.Detail != tt.detail) {
			t.Errorf("%q, %q: %v", tt.password, tt.again, err)
		}
	}
}

func TestKey_isTheSameHoweverLettersAreComposed(t *testing.T) {
	if Key(domain.NewSecret("ğizlı")) != Key(domain.NewSecret("g\u0306izlı")) {
		t.Error("two keys of one password")
	}
	if Key(domain.NewSecret("Gizli")) == Key(domain.NewSecret("gizli")) {
		t.Error("one key of two passwords")
	}
}

func TestProgress_tellsPhaseAndPercent(t *testing.T) {
	var p Progress
	if now := p.Snapshot(); now != (Now{Percent: -1}) {
		t.Errorf("%+v", now)
	}
	p.Enter(PhaseWriting, 200)
	p.Add(50)
	p.Add(49)
	if now := p.Snapshot(); now != (Now{Phase: PhaseWriting, Percent: 49}) {
		t.Errorf("%+v", now)
	}
	p.Set(500)
	p.Come(3, 40)
	if now := p.Snapshot(); now != (Now{PhaseWriting, 100, 3, 40}) {
		t.Errorf("%+v", now)
	}
	p.Enter(PhaseCopying, 0)
	if now := p.Snapshot(); now != (Now{PhaseCopying, -1, 3, 40}) {
		t.Errorf("%+v", now)
	}
}
