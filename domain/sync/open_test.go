package sync

import (
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestVerdict_Judge(t *testing.T) {
	both := domain.Settings{Push: domain.PushBoth}
	waiting := func(f domain.Shared, v string) Open {
		c := values(f, v)
		return Open{Field: f, Why: WhyNoWinner, Base: c.Base, Ours: c.Ours, Theirs: c.Theirs}
	}
	price, stock := waiting(domain.SharedPrice, "100/120/130"), waiting(domain.SharedStock, "10/8/7")
	gone := price
	gone.Why = WhyGone
	dated := func(ours, theirs time.Time) Open {
		o := price
		o.OursAt, o.TheirsAt = ours, theirs
		return o
	}
	for name, tt := range map[string]struct {
		verdict Verdict
		open    Open
		choices domain.Settings
		stock   domain.AbilityAnswer
		want    Judged
	}{
		"theirs":                        {VerdictTheirs, price, domain.Settings{}, "", Judged{Way: WayPull}},
		"theirs, which is none":         {VerdictTheirs, waiting(domain.SharedPrice, "100/120/"), both, "", Judged{Left: LeftNoValue}},
		"theirs, which is gone":         {VerdictTheirs, gone, both, "", Judged{Left: LeftNoValue}},
		"ours":                          {VerdictOurs, price, both, "", Judged{Way: WayPush}},
		"ours, where nothing goes out":  {VerdictOurs, price, domain.Settings{Push: domain.PushStock}, domain.AbilityAllowed, Judged{Left: LeftPushOff}},
		"ours, where nobody chose":      {VerdictOurs, price, domain.Settings{}, "", Judged{Left: LeftPushOff}},
		"ours, which is gone there":     {VerdictOurs, gone, both, "", Judged{Left: LeftNoValue}},
		"ours, of which they have none": {VerdictOurs, waiting(domain.SharedPrice, "100/120/"), both, "", Judged{Left: LeftNoValue}},
		"ours, a stock":                 {VerdictOurs, stock, both, domain.AbilityAllowed, Judged{Way: WayPush}},
		"ours, a stock nobody asked":    {VerdictOurs, stock, both, domain.AbilityUnasked, Judged{Left: LeftNoStock}},
		"ours, a stock of 0":            {VerdictOurs, waiting(domain.SharedStock, "10/0/7"), both, domain.AbilityAllowed, Judged{Way: WayPush}},
		"ours, a stock below 0":         {VerdictOurs, waiting(domain.SharedStock, "10/-1/7"), both, domain.AbilityAllowed, Judged{Left: LeftForbidden}},
		"ours, a price of 0":            {VerdictOurs, waiting(domain.SharedPrice, "100/0/130"), both, "", Judged{Left: LeftForbidden}},
		"ours, which is none":           {VerdictOurs, waiting(domain.SharedStock, "10//7"), both, domain.AbilityAllowed, Judged{Left: LeftForbidden}},
		"later, ours":                   {VerdictLater, dated(at(2), at(1)), both, "", Judged{Way: WayPush}},
		"later, theirs":                 {VerdictLater, dated(at(1), at(2)), both, "", Judged{Way: WayPull}},
		"later, ours, which may not":    {VerdictLater, dated(at(2), at(1)), domain.Settings{}, "", Judged{Left: LeftPushOff}},
		"later, nobody knows":           {VerdictLater, dated(at(2), time.Time{}), both, "", Judged{Left: LeftUnknown}},
		"noted":                         {VerdictNoted, stock, domain.Settings{}, "", Judged{}},
	} {
		if got := tt.verdict.Judge(tt.open, tt.choices, tt.stock); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
	for v, want := range map[Verdict]domain.Owner{
		VerdictTheirs: domain.OwnerBooks, VerdictOurs: domain.OwnerCatalogue, VerdictLater: domain.OwnerLater, VerdictNoted: domain.OwnerNobody,
	} {
		if v.Owner() != want {
			t.Errorf("%s makes %q own", v, v.Owner())
		}
	}
}

func TestDefaultSettings_stopAtHalfThePrice(t *testing.T) {
	if s := DefaultSettings(); text(s.Jump) != "50" || s.PriceShare.String() != "20" || s.PriceLeast != 5 || s.Zeroed != 10 || s.Schedule != "" || len(s.Owner) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestSettings_Validate(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Settings)
		field  string
	}{
		"the defaults":        {func(*Settings) {}, ""},
		"a schedule":          {func(s *Settings) { s.Schedule = ScheduleNightly }, ""},
		"no schedule":         {func(s *Settings) { s.Schedule = "weekly" }, "schedule"},
		"no jump":             {func(s *Settings) { s.Jump = decimal.NullDecimal{} }, ""},
		"a jump of 0":         {func(s *Settings) { s.Jump = num("0") }, "jump"},
		"a share of 0":        {func(s *Settings) { s.PriceShare = decimal.Zero }, ""},
		"a share of all":      {func(s *Settings) { s.PriceShare = hundred }, ""},
		"a share above all":   {func(s *Settings) { s.PriceShare = num("100.01").Decimal }, "price_share"},
		"a negative share":    {func(s *Settings) { s.PriceShare = num("-1").Decimal }, "price_share"},
		"no prices at all":    {func(s *Settings) { s.PriceLeast = 0 }, ""},
		"fewer than none":     {func(s *Settings) { s.PriceLeast = -1 }, "price_least"},
		"no zeroed stock":     {func(s *Settings) { s.Zeroed = 0 }, ""},
		"less than no zeroed": {func(s *Settings) { s.Zeroed = -1 }, "zeroed"},
		"İşbaşı owns":         {func(s *Settings) { s.Owner[domain.SharedPrice] = domain.OwnerBooks }, ""},
		"the catalogue owns":  {func(s *Settings) { s.Owner[domain.SharedPrice] = domain.OwnerCatalogue }, ""},
		"the later one owns":  {func(s *Settings) { s.Owner[domain.SharedStock] = domain.OwnerLater }, ""},
		"nobody owns":         {func(s *Settings) { s.Owner[domain.SharedStock] = "nobody" }, "owner"},
	} {
		s := DefaultSettings()
		tt.change(&s)
		err := s.Validate()
		var e *domain.Error
		if (err != nil) != (tt.field != "") || err != nil && (!errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != tt.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSettings_ScheduleOf(t *testing.T) {
	on := domain.Settings{IntegrationOn: true, Pull: true}
	for name, tt := range map[string]struct {
		schedule Schedule
		choices  domain.Settings
		want     Schedule
	}{
		"nobody has chosen":    {"", on, ScheduleDaily},
		"only pushes":          {"", domain.Settings{IntegrationOn: true, Push: domain.PushStock}, ScheduleDaily},
		"chosen":               {ScheduleHourly, on, ScheduleHourly},
		"off":                  {ScheduleOff, on, ScheduleOff},
		"nothing flows":        {ScheduleHourly, domain.Settings{IntegrationOn: true}, ScheduleOff},
		"a closed integration": {ScheduleHourly, domain.Settings{Pull: true, Push: domain.PushBoth}, ScheduleOff},
	} {
		if got := (Settings{Schedule: tt.schedule}).ScheduleOf(tt.choices); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
