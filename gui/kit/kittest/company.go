package kittest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	syncing "github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Company is a company in memory: it keeps what the forms save and signs in as the test says.
type Company struct {
	Mu      sync.Mutex
	Info    domain.Company
	Chosen  domain.Settings
	Link    domain.Connection
	Rules   pricing.Rules
	Earlier []pricing.Rules // that were saved over
	Own     pricing.Marketplaces
	Samples []domain.Product
	Last    *transfer.Run
	Spent   quota.Usage
	Saved   int
	Waiting []syncing.OpenGroup

	Undecided int // products of Last

	Stages    map[orders.Stage]int // orders
	Invoicing issuing.Standing
	Handed    time.Time // to another machine

	Standing syncing.Standing
	Stock    domain.AbilityAnswer // what ProbeStock finds
	Probing  error                // of ProbeStock
	Probes   int

	Around       domain.Circumstances
	Saving       error // of SaveSettings
	Testing      error // of Test
	ConfirmFails error
	Tests        int
	Confirmed    []domain.SignIn
	// SignIn is İşbaşı: it is called on the worker's goroutine.
	SignIn func(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error)
	Asked  []domain.Credentials
	// Sample is what the firm is recognised by; Look, where it is set, waits or fails before.
	Sample domain.FirmSample
	Look   func() error
}

func NewCompany() *Company {
	return &Company{
		Info: domain.Company{ID: "deneme", Name: "Deneme Ticaret Ltd."}, Chosen: domain.DefaultSettings(),
		Spent: quota.Usage{Reads: 388, ReadLimit: quota.ReadLimit, WriteLimit: quota.WriteLimit},
		Samples: []domain.Product{{
			Name: "TORKU SÜT 1 LT YAĞLI", Currency: domain.TRY, Price: decimal.NewNullDecimal(decimal.New(24990, -2)),
		}},
	}
}

// Authorised makes the company a connected one.
func (o *Company) Authorised() *Company {
	o.Link = domain.Connection{
		Authorised: true, UserName: "owner@example.com", FirmName: "Deneme Ticaret Ltd.", KeyTail: "••••••••3f9a",
		Licence:     domain.Licence{Name: "Standart", EndsAt: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		TokenEndsAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC),
	}
	return o
}

func (o *Company) Settings(context.Context) (domain.Settings, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return o.Chosen, nil
}

func (o *Company) Circumstances(context.Context) (domain.Circumstances, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return o.Around, nil
}

func (o *Company) SaveSettings(_ context.Context, s domain.Settings) error {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	if o.Saving == nil {
		o.Chosen = s
	}
	return o.Saving
}

func (o *Company) PriceRules(context.Context) (pricing.Rules, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return o.Rules, nil
}

func (o *Company) SavePriceRules(_ context.Context, r pricing.Rules) error {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	r.Version = o.Rules.Version + 1
	o.Earlier = append(o.Earlier, o.Rules)
	o.Rules = r
	return nil
}

// EarlierRules gives those that were saved over, all at one moment.
func (o *Company) EarlierRules(_ context.Context, version int64) (pricing.SavedRules, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	for _, r := range slices.Backward(o.Earlier) {
		if r.Version < version && r.Version > 0 {
			return pricing.SavedRules{Rules: r, At: time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC)}, nil
		}
	}
	return pricing.SavedRules{}, nil
}

func (o *Company) SamplePrices(context.Context, int) ([]domain.Product, error) { return o.Samples, nil }

func (o *Company) Marketplaces(context.Context) (pricing.Marketplaces, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	var all pricing.Marketplaces
	for _, m := range assets.Marketplaces() {
		all = append(all, pricing.Marketplace{ID: pricing.MarketplaceID(m.ID), Name: m.Name})
	}
	return append(all, o.Own...), nil
}

// ListProducts gives the samples.
func (o *Company) ListProducts(context.Context, domain.ProductQuery) ([]domain.ListedProduct, int, error) {
	all := make([]domain.ListedProduct, len(o.Samples))
	for i, p := range o.Samples {
		all[i].Product = p
	}
	return all, len(all), nil
}

func (o *Company) Usage(context.Context) (quota.Usage, error) { return o.Spent, nil }

// SavedReads gives o.Saved.
func (o *Company) SavedReads(context.Context) (int, error) { return o.Saved, nil }

func (o *Company) New(context.Context, transfer.Options) (*transfer.Job, error) {
	return nil, errors.New("this office transfers nothing")
}

func (o *Company) Resume(context.Context) (*transfer.Job, error) { return nil, nil }

func (o *Company) LatestRun(context.Context) (transfer.Run, bool, error) {
	if o.Last == nil {
		return transfer.Run{}, false, nil
	}
	return *o.Last, true, nil
}

func (o *Company) Rows(context.Context, transfer.Query) ([]transfer.Listed, int, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return nil, o.Undecided, nil
}

func (o *Company) TransferPlan(context.Context, int64) (transfer.Plan, error) {
	return transfer.Plan{}, nil
}

func (o *Company) Planned(context.Context) (*transfer.Job, error) { return nil, nil }

func (o *Company) Retry(context.Context) (*transfer.Job, error) { return nil, nil }

func (o *Company) SavePlanPage(context.Context, int64, string) (string, error) { return "", nil }

func (o *Company) Export(context.Context, transfer.Query) (string, error) { return "", nil }

func (o *Company) Connection(context.Context) (domain.Connection, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return o.Link, nil
}

func (o *Company) Authorise(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error) {
	o.Mu.Lock()
	o.Asked = append(o.Asked, c)
	o.Mu.Unlock()
	return o.SignIn(ctx, c, b)
}

func (o *Company) Recognise(context.Context, domain.SignIn) (domain.FirmSample, error) {
	if o.Look != nil {
		if err := o.Look(); err != nil {
			return domain.FirmSample{}, err
		}
	}
	return o.Sample, nil
}

func (o *Company) Confirm(_ context.Context, s domain.SignIn, open bool) error {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	if o.ConfirmFails != nil {
		return o.ConfirmFails
	}
	o.Confirmed = append(o.Confirmed, s)
	o.Link = s.Connection
	o.Chosen.IntegrationOn = o.Chosen.IntegrationOn || open
	return nil
}

func (o *Company) Test(context.Context) (domain.Connection, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	o.Tests++
	return o.Link, o.Testing
}

func (o *Company) NameUser(_ context.Context, email string) error {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	if !strings.Contains(email, "@") {
		return domain.Invalid("user", "mail-address")
	}
	o.Link.UserName = email
	return nil
}

func (o *Company) Forget(context.Context) error {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	o.Link, o.Chosen.IntegrationOn = domain.Connection{}, false
	return nil
}

// Runs gives the one transfer there is.
func (o *Company) Runs(context.Context, int, int) ([]transfer.Run, int, error) {
	if o.Last == nil {
		return nil, 0, nil
	}
	return []transfer.Run{*o.Last}, 1, nil
}

func (o *Company) MailSettings(context.Context) (mail.Settings, error) {
	return mail.DefaultSettings(), nil
}

func (o *Company) SavedReport(context.Context, int64) (report.Saved, bool, error) {
	return report.Saved{}, false, nil
}

// Working is none: the company makes no invoices.
func (o *Company) Working() *issuing.Work { return nil }

// OpenGroups gives what waits in the sync.
func (o *Company) OpenGroups(context.Context) ([]syncing.OpenGroup, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return o.Waiting, nil
}

func (o *Company) SyncStanding(context.Context) (syncing.Standing, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return o.Standing, nil
}

func (o *Company) ResumeSync(context.Context) (*syncing.Job, error) { return nil, nil }

func (o *Company) Syncs(context.Context, int, int) ([]syncing.Run, int, error) { return nil, 0, nil }

func (o *Company) Sync(context.Context, int64) (syncing.Run, error) { return syncing.Run{}, nil }

func (o *Company) ProbeStock(context.Context) (domain.AbilityAnswer, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	o.Probes++
	return o.Stock, o.Probing
}

// OrderStages counts the orders there are.
func (o *Company) OrderStages(context.Context) (map[orders.Stage]int, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return o.Stages, nil
}

// HandedOver tells since when another machine goes on with it.
func (o *Company) HandedOver(context.Context) (time.Time, error) { return o.Handed, nil }

// InvoiceStanding tells how the invoices stand.
func (o *Company) InvoiceStanding(context.Context) (issuing.Standing, error) {
	o.Mu.Lock()
	defer o.Mu.Unlock()
	return o.Invoicing, nil
}

// Rates are none.
func (o *Company) Rates(context.Context) (pricing.Rates, error) { return nil, nil }
