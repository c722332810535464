package isbasi

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// This file reads isbasi-api.md a second time, without the types of the package: which field of a record
// carries what, by which names, and which of them counts when an answer holds several.

// filled are the makers of values that İşbaşı can say.
func filled() []domaintest.Maker {
	return []domaintest.Maker{
		domaintest.As(func(n int) domain.RemoteID { return domain.RemoteID(strconv.Itoa(1000 + n)) }),
		domaintest.OneOf(2, 1),
		domaintest.OneOf(domain.PricePurchase, domain.PriceSales),
		domaintest.OneOf(domain.InvoiceSale, domain.InvoiceSaleReturn),
	}
}

// source says by which names of an answer a field comes, the one that counts first in front.
type source struct {
	field string
	names []name
}

// name is a place in a record, and how the value is written there.
type name struct {
	path  string
	write func(any) any
}

func from(field string, paths ...string) source {
	s := source{field: field}
	for _, p := range paths {
		s.names = append(s.names, name{p, asSpelled})
	}
	return s
}

// or adds a name under which the value is written in another way.
func (s source) or(path string, write func(any) any) source {
	s.names = append(slices.Clone(s.names), name{path, write})
	return s
}

// each repeats the sources of an element for the two elements of a filled list.
func each(field, path string, sources ...source) []source {
	var all []source
	for i := range 2 {
		for _, s := range sources {
			in := source{field: fmt.Sprintf("%s[%d].%s", field, i, s.field)}
			for _, n := range s.names {
				in.names = append(in.names, name{fmt.Sprintf("%s[%d].%s", path, i, n.path), n.write})
			}
			all = append(all, in)
		}
	}
	return all
}

// renamed gives the sources with another name of an object.
func renamed(sources []source, old, fresh string) []source {
	var all []source
	for _, s := range sources {
		in := source{field: s.field}
		for _, n := range s.names {
			in.names = append(in.names, name{strings.ReplaceAll(n.path, old, fresh), n.write})
		}
		all = append(all, in)
	}
	return all
}

// asSpelled writes a value as İşbaşı does (isbasi-api.md §3.4, §6.2, §7).
func asSpelled(v any) any {
	switch v := v.(type) {
	case decimal.NullDecimal:
		return json.Number(v.Decimal.String())
	case decimal.Decimal:
		return json.Number(v.String())
	case time.Time:
		return v.Add(3 * time.Hour).Format("2006-01-02T15:04:05.000") // Türkiye's time
	case domain.InvoiceKind:
		return map[domain.InvoiceKind]int{domain.InvoiceEInvoice: 1, domain.InvoiceEArchive: 2, domain.InvoiceEArchiveForInternet: 3}[v]
	case domain.EStatus:
		return map[domain.EStatus]int{domain.EStatusDraft: 0, domain.EStatusInProgress: 4, domain.EStatusDone: 10}[v]
	case domain.InvoiceType:
		return map[domain.InvoiceType]string{
			domain.InvoiceSale: "SALES_INVOICE", domain.InvoiceSaleReturn: "RETURN_SALES_INVOICE", domain.InvoicePurchase: "PURCHASE_INVOICE",
		}[v]
	case domain.Scenario:
		return map[domain.Scenario]string{domain.ScenarioBasic: "Temel", domain.ScenarioCommercial: "TİCARİ FATURA"}[v]
	case domain.PriceKind:
		return map[domain.PriceKind]int{domain.PriceSales: 1, domain.PricePurchase: 2}[v]
	default:
		return v
	}
}

func profileNumber(v any) any {
	return map[any]int{domain.ScenarioBasic: 1, domain.ScenarioCommercial: 2}[v]
}

func kindInWords(v any) any {
	return map[any]string{
		domain.InvoiceEInvoice: "E-FATURA", domain.InvoiceEArchive: "E-Arşiv Fatura", domain.InvoiceEArchiveForInternet: "E-ARŞİV (İNTERNET)",
	}[v]
}

// asObject writes a name as the object that has one.
func asObject(v any) any { return map[string]any{"id": 5, "name": v, "code": "X"} }

func productRowSources() []source {
	return []source{
		from("ID", "id"), from("Type", "type"), from("Code", "code"), from("Barcode", "barcode", "mainUnit.barcode"), from("Name", "name"),
		from("Brand").or("brand", asObject).or("brandName", asSpelled), from("Unit", "mainUnitName", "mainUnit.name", "mainUnit.code"),
		from("Active", "isActive"), from("Currency", "currency"), from("Price", "salesPriceTaxIncluded", "price"), from("Stock", "stock"),
		from("VATRate", "vatRate"), from("ModifiedAt", "modificationDate"),
	}
}

func productSources() []source {
	return slices.Concat([]source{
		from("ProductRef.ID", "id"), from("ProductRef.Type", "type"), from("Code", "code"), from("Name", "name"), from("Name2", "name2"),
		from("Active", "isActive"), from("Brand").or("brand", asObject).or("brandName", asSpelled).or("brandModel.brandName", asSpelled),
		from("Model", "modelName", "brandModel.name"), from("Category").or("category", asObject).or("categoryName", asSpelled),
		from("VATRate", "vatRate"), from("SalesVATRate", "salesVatRate"), from("PurchaseVATRate", "purchaseVatRate"),
	}, each("Units", "units",
		from("Name", "name"), from("Code", "code"), from("Barcode", "barcode"), from("Main", "isMain"),
		from("Factor1", "conversionFactor1"), from("Factor2", "conversionFactor2"),
	), each("Prices", "prices",
		from("ID", "priceid"), from("Kind", "type"), from("Unit", "unit"), from("Currency", "currency"), from("Price", "price"),
		from("VATIncluded", "vatIncluded"), from("WithVAT", "priceTaxIncluded"), from("WithoutVAT", "priceTaxExcluded"),
	))
}

func lineSources() []source {
	return each("Lines", "invoiceLines",
		from("ItemCode", "itemCode", "productDetail.itemCode", "productCode", "product.code"),
		from("ProductID", "stockRef", "product.id"), from("Name", "name", "productName", "productDetail.name", "product.name"), from("Description", "description"),
		from("PriceWithVAT", "priceTaxIncluded"), from("PriceWithoutVAT", "priceTaxExcluded"), from("VATIncluded", "vatIncluded"), from("VAT", "vatAmount"),
		from("DiscountRate", "discountPer", "discountRate"), from("Discount", "discountAmount", "discountValue"), from("Withholding", "withholdingAmount"),
		from("Net", "netTotal"), from("TotalWithVAT", "totalTaxIncluded"), from("TotalWithoutVAT", "totalTaxExcluded"),
		from("Unit").or("unit", asObject).or("unitName", asSpelled).or("productDetail.unit", asSpelled).or("product.unit", asObject),
		from("Quantity", "quantity", "amount"), from("Price", "price"), from("VATRate", "taxRate", "vatRate", "productDetail.vat"), from("Total", "total"),
	)
}

func invoiceSources() []source {
	return append([]source{
		from("ID", "id", "invoiceId"), from("UUID", "guid", "uuid"), from("Number", "invoiceNumber", "no"), from("Type", "type"), from("Date", "date", "invoiceDate"),
		from("Firm.ID", "firm.firmId", "firm.id"), from("Firm.Code", "firm.firmCode", "firm.code", "firmCode"),
		from("Firm.Name", "firm.name", "firm.fullName", "firm.displayName", "firm.listName", "firmName"), from("Erasable", "eGovernmentInvoice.isEresable"),
		from("Paid", "paymentStatus"), from("OrderNumber", "orderNumber"), from("DispatchNumber", "dispatchNumber"), from("DispatchIncluded", "eGovernmentInvoice.dispatchIncluded"),
		from("Firm.TaxNumber", "firm.taxOrPersonalId", "firm.vknTckn", "firm.tcknVkn", "firmVknNo"),
		from("Kind", "eType.typeId", "eGovernmentInvoice.invoiceTypeForEinvoice").or("eType.typeName", kindInWords).or("eGovermentTypeDesc", kindInWords),
		from("Scenario").or("eGovernmentInvoice.eInvoiceProfile", profileNumber).or("eInvoiceProfile", profileNumber),
		from("Status", "eGovernmentInvoice.eStatus", "eStatus"),
		from("StatusText", "eGovernmentInvoice.eStatusDescription", "eGovernmentInvoice.description", "eStatusDescription"),
		from("GIBCode", "eGovernmentInvoice.gibCode"), from("RejectNote", "eGovernmentInvoice.rejectNote"),
		from("Cancelled", "isCancelled"), from("Cancellable", "isCancellable"), from("CancelText", "cancelText"), from("Description", "description"),
		from("Currency", "currency"), from("Rate", "exchangeRate"), from("Net", "totalwotax", "taxableAmount"), from("VAT", "vatAmount"),
		from("Withholding", "withholdingAmount"), from("Total", "total"), from("TotalTRY", "totalTL"), from("Remaining", "remainingTotal"),
		from("ModifiedAt", "modificationDate"),
	}, lineSources()...)
}

// field gives what stands at a path like "Lines[1].Name".
func field(v reflect.Value, path string) reflect.Value {
	for step := range strings.SplitSeq(path, ".") {
		base, index, indexed := strings.Cut(strings.TrimSuffix(step, "]"), "[")
		v = v.FieldByName(base)
		if i, err := strconv.Atoi(index); indexed && err == nil {
			v = v.Index(i)
		}
	}
	return v
}

// put sets a value of a JSON tree at a path like "units[1].name".
func put(tree map[string]any, path string, value any) {
	step, rest, deeper := strings.Cut(path, ".")
	base, index, indexed := strings.Cut(strings.TrimSuffix(step, "]"), "[")
	if !indexed {
		if !deeper {
			tree[base] = value
			return
		}
		if tree[base] == nil {
			tree[base] = map[string]any{}
		}
		put(tree[base].(map[string]any), rest, value)
		return
	}
	i, err := strconv.Atoi(index)
	if err != nil {
		panic(path)
	}
	list, _ := tree[base].([]any)
	for len(list) <= i {
		list = append(list, map[string]any{})
	}
	if tree[base] = list; !deeper {
		list[i] = value
		return
	}
	put(list[i].(map[string]any), rest, value)
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// recordOf writes v as a record of İşbaşı's, each field under its first name.
func recordOf(v any, sources []source) map[string]any {
	tree := map[string]any{}
	for _, s := range sources {
		put(tree, s.names[0].path, s.names[0].write(field(reflect.ValueOf(v), s.field).Interface()))
	}
	return tree
}

// carries gives a record to read, each field under its first name; then, for every field and each of its
// names, with the names in front of that one taken away and other values under those behind it.
func carries[T any](t *testing.T, sources []source, prepare func(*T), read func(want T, data string) (T, error)) {
	t.Helper()
	check := func(what string, want T, tree map[string]any) {
		t.Helper()
		tree["yeniAlan"] = map[string]any{"id": 7, "name": "decoy"}
		got, err := read(want, jsonOf(t, tree))
		if err != nil {
			t.Errorf("%s: %v", what, err)
			return
		}
		for _, d := range domaintest.Differences(got, want) {
			t.Errorf("%s: %s", what, d)
		}
	}
	for seed := range 2 {
		values := make([]T, 6)
		for i := range values {
			values[i] = domaintest.Fill[T](seed+i, filled()...)
			if prepare != nil {
				prepare(&values[i])
			}
		}
		check("whole", values[0], recordOf(values[0], sources))
		for _, s := range sources {
			for first := range s.names {
				if len(s.names) == 1 {
					continue
				}
				var rest []source
				for _, other := range sources {
					if other.field != s.field {
						rest = append(rest, other)
					}
				}
				tree, want := recordOf(values[0], rest), clone(values[0])
				for i, n := range s.names[first:] {
					put(tree, n.path, n.write(field(reflect.ValueOf(values[1+i]), s.field).Interface()))
				}
				field(reflect.ValueOf(&want).Elem(), s.field).Set(field(reflect.ValueOf(values[1]), s.field))
				check(s.field+" by "+s.names[first].path, want, tree)
			}
		}
	}
}

// clone copies v with lists of its own.
func clone[T any](v T) T {
	r := reflect.ValueOf(&v).Elem()
	for i := range r.NumField() {
		if f := r.Field(i); f.Kind() == reflect.Slice {
			fresh := reflect.MakeSlice(f.Type(), f.Len(), f.Len())
			reflect.Copy(fresh, f)
			f.Set(fresh)
		}
	}
	return v
}

// answering makes a client whose every call is answered with the data.
func answering(t *testing.T, data string) *Client {
	t.Helper()
	c, _ := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, answerAll(good(data)))
	return c
}

// row reads the only row of a list.
func row[T any](t *testing.T, data string, list func(*Client, context.Context, domain.ListQuery) ([]T, error)) (T, error) {
	t.Helper()
	all, err := list(answering(t, `{"count":1,"extraData":null,"data":[`+data+`]}`), t.Context(), domain.ListQuery{})
	if err != nil || len(all) != 1 {
		var none T
		return none, fmt.Errorf("%d rows: %w", len(all), err)
	}
	return all[0], nil
}

func TestAnswers_carryEveryFieldByEveryName(t *testing.T) {
	t.Run("product row", func(t *testing.T) {
		carries(t, productRowSources(), nil, func(_ domain.RemoteProduct, data string) (domain.RemoteProduct, error) {
			return row(t, data, func(c *Client, ctx context.Context, q domain.ListQuery) ([]domain.RemoteProduct, error) {
				return everything(c.ProductList(ctx, q))
			})
		})
	})
	t.Run("product of a transfer", func(t *testing.T) {
		carries(t, productRowSources(), nil, func(_ domain.RemoteProduct, data string) (domain.RemoteProduct, error) {
			return row(t, data, func(c *Client, ctx context.Context, _ domain.ListQuery) ([]domain.RemoteProduct, error) {
				pages, err := collect(ctx, c, 1)
				if err != nil || len(pages) != 1 {
					return nil, err
				}
				return pages[0].Products, nil
			})
		})
	})
	t.Run("product", func(t *testing.T) {
		carries(t, productSources(), nil, func(want domain.ProductDetail, data string) (domain.ProductDetail, error) {
			return answering(t, data).Product(t.Context(), domain.ProductRef{ID: want.ID, Type: 3 - want.Type})
		})
	})
	for what, sources := range map[string][]source{
		"":                        invoiceSources(),
		" with the misspelling":   renamed(invoiceSources(), "eGovernmentInvoice", "eGovermentInvoice"),
		" with the draft's lines": renamed(invoiceSources(), "invoiceLines", "salesInvoiceDetails"),
	} {
		t.Run("invoice"+what, func(t *testing.T) {
			carries(t, sources, nil, func(want domain.Invoice, data string) (domain.Invoice, error) {
				return answering(t, data).Invoice(t.Context(), want.ID)
			})
		})
	}
	t.Run("invoice row", func(t *testing.T) {
		carries(t, invoiceSources(), nil, func(_ domain.Invoice, data string) (domain.Invoice, error) {
			return row(t, data, func(c *Client, ctx context.Context, q domain.ListQuery) ([]domain.Invoice, error) {
				return everything(c.Invoices(ctx, q))
			})
		})
	})
	t.Run("outgoing row", func(t *testing.T) {
		carries(t, []source{
			from("UUID", "uuId"), from("Number", "invoiceId"), from("InvoiceID", "salesInvoiceId"), from("IssuedAt", "issueDate"),
			from("Amount", "amount"), from("Currency", "currency"), from("Party", "supplier"), from("PartyNumber", "supplierTcknVkn"), from("Person", "isPersonal"),
			from("Scenario", "invoiceType"), from("TypeText", "EGovermentTypeDesc"), from("StatusText", "status"),
			from("StatusCode", "statusCode"), from("RejectNote", "rejectNot"), from("Label", "label"), from("Message", "message"),
		}, func(want *domain.EDocument) { want.Status = domain.EStatusUnknown }, func(_ domain.EDocument, data string) (domain.EDocument, error) {
			return row(t, data, func(c *Client, ctx context.Context, q domain.ListQuery) ([]domain.EDocument, error) {
				return everything(c.OutgoingDocuments(ctx, q))
			})
		})
	})
	t.Run("stored draft", func(t *testing.T) {
		carries(t, []source{from("ID", "invoiceId", "id"), from("UUID", "uuid", "guid"), from("Number", "no", "invoiceNumber")}, nil,
			func(_ domain.StoredDraft, data string) (domain.StoredDraft, error) {
				return answering(t, data).CreateDraft(t.Context(), aDraft())
			})
	})
	t.Run("taxpayer", func(t *testing.T) {
		var sources []source
		for field, path := range map[string]string{
			"Inboxes": "pkList", "Outboxes": "gbList", "DispatchInboxes": "dispatchPkList", "DispatchOutboxes": "dispatchGbList",
		} {
			sources = append(sources, each(field, path, from("Name", "alias"), from("Title", "title"), from("Type", "type"), from("RegisteredAt", "firstCreationTime"))...)
		}
		carries(t, sources, func(want *domain.Taxpayer) {
			want.Number, want.Registered, want.Title = "4540536920", true, want.Inboxes[0].Title
		}, func(want domain.Taxpayer, data string) (domain.Taxpayer, error) {
			return answering(t, data).Taxpayer(t.Context(), want.Number)
		})
	})
	t.Run("login", func(t *testing.T) {
		now := domaintest.Moment
		names := slices.Concat([]source{
			from("Session.Token").or("accessToken", func(v any) any { return v.(domain.Secret).Reveal() }), from("Session.TenantID", "tenantId"),
			from("Session.UserID", "userId"), from("Connection.UserName", "email", "userName"), from("Connection.FirmName", "firmName", "tenantName", "companyName"),
			from("Session.BaseURL", "baseUrl", "BASE_URL"), from("Connection.Licence.Code", "licenses[0].code"), from("Connection.Licence.Name", "licenses[0].name"),
			from("Connection.Licence.EndsAt", "licenses[0].expireDate"), from("Connection.Licence.Expired", "licenses[0].isExpired"),
		})
		carries(t, names, func(want *domain.SignIn) {
			s, c := &want.Session, &want.Connection
			s.Environment, s.UserName, s.Password, s.UserKey = domain.EnvironmentTest, "", domain.Secret{}, domain.NewSecret(testUserKey)
			s.BaseURL = "https://host-" + s.TenantID[len(s.TenantID)-1:] + ".logo-paas.com"
			s.APIKey, s.TokenEndsAt = domain.NewSecret(testKey), now.Add(24*time.Hour)
			c.Authorised, c.Environment, c.SessionOnly, c.ByBrowser, c.KeyTail = true, s.Environment, false, false, ""
			c.TokenEndsAt, c.SignedInAt = s.TokenEndsAt, now
			c.TenantID, c.BaseURL = s.TenantID, s.BaseURL
		}, func(want domain.SignIn, data string) (domain.SignIn, error) {
			c, _ := over(t, Options{Now: func() time.Time { return now.In(domain.Istanbul) }}, answerAll(good(data)))
			cr := want.Session.Credentials
			cr.TenantID = "" // whichever the panel has selected
			in, err := c.SignIn(t.Context(), cr)
			if in.Connection.BaseURL != in.Session.BaseURL || in.Connection.TenantID != in.Session.TenantID {
				t.Errorf("session and connection differ: %+v", in.Connection)
			}
			if in.Session.UserEmail != in.Connection.UserName {
				t.Errorf("the calls would name %s, the screen %s", in.Session.UserEmail, in.Connection.UserName)
			}
			in.Session.UserEmail = want.Session.UserEmail
			in.Connection.BaseURL, in.Connection.TenantID = want.Connection.BaseURL, want.Connection.TenantID
			return in, err
		})
	})
}

// differingAt names the places at which two JSON trees differ; numbers are equal when their values are.
func differingAt(got, want any, path string) []string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		var all []string
		keys := maps.Clone(g)
		maps.Copy(keys, w)
		for _, k := range slices.Sorted(maps.Keys(keys)) {
			_, in := g[k]
			_, out := w[k]
			if in != out {
				all = append(all, fmt.Sprintf("%s.%s: there %v, wanted %v", path, k, in, out))
				continue
			}
			all = append(all, differingAt(g[k], w[k], path+"."+k)...)
		}
		return all
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			break
		}
		var all []string
		for i := range w {
			all = append(all, differingAt(g[i], w[i], fmt.Sprintf("%s[%d]", path, i))...)
		}
		return all
	case json.Number:
		if g, ok := got.(json.Number); ok && decimal.RequireFromString(string(g)).Equal(decimal.RequireFromString(string(w))) {
			return nil
		}
	default:
		if got == want {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: %v, want %v", path, got, want)}
}

// tree reads JSON without losing a digit.
func tree(t *testing.T, text string) any {
	t.Helper()
	var v any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

// simpleInvoice writes a draft as isbasi-api.md §6.1 and §6.2 have it.
func simpleInvoice(d domain.InvoiceDraft) map[string]any {
	local := func(at time.Time) string { return at.Add(3 * time.Hour).Format("2006-01-02 15:04:05") }
	f := d.Customer
	customer := map[string]any{
		"code": f.Code, "name": f.Name, "firstName": "", "lastName": "", "isPerson": f.Person, "tcknVkn": f.TaxNumber, "taxOffice": f.TaxOffice,
		"country": f.Country, "city": f.City, "district": f.District, "address": f.Address, "postalCode": f.PostalCode, "email": f.Email,
	}
	if f.Person {
		customer["name"], customer["firstName"], customer["lastName"] = "", f.FirstName, f.LastName
	}
	currency := string(d.Currency)
	if d.Currency == domain.TRY || d.Currency == "" {
		currency = "TL"
	}
	w := map[string]any{
		"invoiceId": json.Number(d.ID), "customer": customer, "invoiceDate": local(d.Date), "currency": currency, "exchangeRate": d.Rate,
		"vatIncluded": d.VATIncluded, "description": d.Description, "categoryName": d.Category, "deliveryAddressDifferent": false,
	}
	government := map[string]any{"eGovernmentType": 0, "invoiceTypeForEinvoice": asSpelled(d.Kind)}
	switch {
	case d.Kind == domain.InvoiceEInvoice && d.Scenario == domain.ScenarioCommercial:
		government["eInvoiceProfile"] = 2
	case d.Kind == domain.InvoiceEInvoice:
		government["eInvoiceProfile"] = 1
	case d.Kind == domain.InvoiceEArchiveForInternet && d.Internet != nil:
		i := d.Internet
		government["eArchivePaymentType"], government["eArchivePaymentDate"] = int(i.Payment), local(i.PaidAt)
		government["eArchivePaymentAgent"], government["website"] = i.PaymentAgent, i.Website
		w["sendingDate"] = local(i.SentAt)
		agent := map[string]any{"name": i.Carrier.Name, "surName": i.Carrier.Surname, "identifier": i.Carrier.TaxNumber, "firmType": 0}
		if i.Carrier.Company {
			agent["firmType"] = 1
		}
		w["shipmentAgentItem"] = agent
	}
	if d.Kind != domain.InvoiceKindNone {
		w["eGovernmentInvoice"] = government
	}
	lines := []any{}
	for _, l := range d.Lines {
		item := map[string]any{"itemCode": l.ItemCode, "itemType": 1, "name": l.Name, "vat": l.VATRate, "unit": l.Unit}
		if l.Service {
			item["itemType"] = 2
		}
		lines = append(lines, map[string]any{
			"quantity": l.Quantity, "price": l.Price, "taxRate": l.VATRate, "name": l.Name, "description": l.Description,
			"discountRate": l.DiscountRate.Decimal, "discountValue": l.DiscountValue.Decimal, "vatExemptionCode": l.ExemptionCode, "productDetail": item,
		})
	}
	w["salesInvoiceDetails"] = lines
	return w
}

// spelledTree is v as JSON in general terms, decimals as numbers.
func spelledTree(t *testing.T, v any) any {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			out[k] = spelledTree(t, e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = spelledTree(t, e)
		}
		return out
	default:
		return tree(t, jsonOf(t, asSpelled(v)))
	}
}

func TestCreateDraft_carriesEveryField(t *testing.T) {
	for seed := range 2 {
		whole := domaintest.Fill[domain.InvoiceDraft](seed, filled()...)
		drafts := map[string]domain.InvoiceDraft{}
		for _, kind := range []domain.InvoiceKind{domain.InvoiceKindNone, domain.InvoiceEInvoice, domain.InvoiceEArchive, domain.InvoiceEArchiveForInternet} {
			d := whole
			d.Kind = kind
			drafts["as "+string(kind)] = d
		}
		d := whole
		d.Kind, d.Scenario = domain.InvoiceEInvoice, domain.ScenarioBasic
		drafts["basic"] = d
		d.Kind, d.Internet = domain.InvoiceEArchiveForInternet, nil
		drafts["internet without more"] = d
		for _, c := range []domain.Currency{"", domain.TRY} {
			d = whole
			d.Currency = c
			drafts["in liras by "+string(c)] = d
		}
		other := domaintest.Fill[domain.InvoiceDraft](seed+1, filled()...)
		for field, d := range domaintest.Changed(whole, other) {
			drafts["another "+field] = d
		}
		for name, d := range drafts {
			c, s := scripted(t, map[string][]reaction{draftRoute: {says(fixture(t, "draft_stored"))}}, remembering(&memory{}))
			if err := c.Remember(t.Context(), domain.AbilityInternetArchive, domain.AbilityAllowed); err != nil {
				t.Fatal(err)
			}
			if _, err := c.CreateDraft(t.Context(), d); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, difference := range differingAt(tree(t, s.body(0)), spelledTree(t, simpleInvoice(d)), "") {
				t.Errorf("%d, %s: %s", seed, name, difference)
			}
		}
	}
}

func TestSaveStock_carriesEveryField(t *testing.T) {
	m := domaintest.Fill[domain.StockMovement](0, filled()...)
	c, d := scripted(t, map[string][]reaction{"PUT stock": {says(good(`5`))}}, remembering(&memory{}))
	if err := c.Remember(t.Context(), domain.AbilityStockWrite, domain.AbilityAllowed); err != nil {
		t.Fatal(err)
	}
	m.Lines[1].Unit = ""
	if err := c.SaveStock(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	lines := []any{}
	for i, l := range m.Lines {
		line := map[string]any{"id": 0, "lineNumber": i + 1, "amount": l.Amount, "stockRef": l.Product, "currency": "TL", "exchangeRate": 1}
		if l.Unit != "" {
			line["unit"] = map[string]any{"name": l.Unit}
		}
		lines = append(lines, line)
	}
	want := map[string]any{
		"id": 0, "type": m.Type, "date": m.Date.Add(3 * time.Hour).Format("2006-01-02T15:04:05"), "docNumber": m.Number, "description": m.Description, "currency": "TL",
		"exchangeRate": 1, "stockTransactionLines": lines,
	}
	for _, difference := range differingAt(tree(t, d.body(0)), spelledTree(t, want), "") {
		t.Error(difference)
	}
}

// saved gives the record behind a read to save, and reads back what save has written: nil when nothing was.
func saved[T any](t *testing.T, text string, save func(*Client) error, read func(*Client) (T, error)) (before, after record, got *T) {
	t.Helper()
	var sent string
	c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, nil)
	n.answer = func(req *http.Request) (*http.Response, error) {
		if req.Method == "PUT" {
			sent = bodyOf(t, req)
			return reply(req, 200, good(`1`)), nil
		}
		if sent != "" {
			return reply(req, 200, good(sent)), nil
		}
		return reply(req, 200, good(text)), nil
	}
	if err := save(c); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &before); err != nil {
		t.Fatal(err)
	}
	if sent == "" {
		return before, nil, nil
	}
	if err := json.Unmarshal([]byte(sent), &after); err != nil {
		t.Fatal(err)
	}
	v, err := read(c)
	if err != nil {
		t.Fatal(err)
	}
	return before, after, &v
}

func TestSaveProduct_changesWhatIsAskedAndNothingElse(t *testing.T) {
	for seed := range 2 { // a price with VAT, and one without
		base := domaintest.Fill[domain.ProductDetail](seed, filled()...)
		base.Units[0].Main, base.Units[1].Main = true, false
		base.SalesVATRate = price("25")
		base.Prices[0].Kind, base.Prices[1].Kind = domain.PriceSales, domain.PricePurchase
		for i := range base.Prices {
			base.Prices[i].Unit, base.Prices[i].VATIncluded = base.Units[0].Name, seed == 0
		}
		tree := recordOf(base, productSources())
		tree["mainUnit"] = map[string]any{"id": "5", "code": base.Units[0].Code, "name": base.Units[0].Name, "barcode": base.Units[0].Barcode, "isMain": true}
		tree["yeniAlan"] = map[string]any{"derin": []any{json.Number("1.50"), nil, "ış"}}
		tree["salesPriceTaxIncluded"], tree["barcode"] = json.Number("1.00"), base.Units[0].Barcode
		text := jsonOf(t, tree)
		for subset := range 8 {
			var change domain.ProductChange
			want, fields := clone(base), []string{}
			if subset&1 != 0 {
				change.Name, want.Name = "Yeni ad", "Yeni ad"
				fields = append(fields, "name")
			}
			if subset&2 != 0 {
				change.Barcode, want.Units[0].Barcode = "8690000000029", "8690000000029"
				fields = append(fields, "barcode", "mainUnit", "units")
			}
			if subset&4 != 0 {
				change.Price, change.PriceIn = price("100"), base.Prices[0].Currency
				p := &want.Prices[0]
				p.Price, p.WithVAT, p.WithoutVAT = price("100"), price("100"), price("80")
				if !p.VATIncluded {
					p.Price = price("80")
				}
				fields = append(fields, "prices", "salesPriceTaxIncluded")
			}
			slices.Sort(fields)
			before, after, got := saved(t, text, func(c *Client) error {
				was, err := c.SaveProduct(t.Context(), base.ProductRef, change)
				for _, d := range domaintest.Differences(was, base) {
					t.Errorf("before: %s", d)
				}
				return err
			}, func(c *Client) (domain.ProductDetail, error) { return c.Product(t.Context(), base.ProductRef) })
			if subset == 0 {
				if got != nil {
					t.Error("nothing was to be changed, and it was written")
				}
				continue
			}
			if changed := differing(t, before, after); !slices.Equal(changed, fields) {
				t.Errorf("%+v: changed %v, want %v", change, changed, fields)
			}
			for _, d := range domaintest.Differences(*got, want) {
				t.Errorf("%+v: %s", change, d)
			}
			// Once it says so, saving it again writes nothing.
			if _, _, again := saved(t, jsonOf(t, after), func(c *Client) error {
				_, err := c.SaveProduct(t.Context(), base.ProductRef, change)
				return err
			}, func(c *Client) (domain.ProductDetail, error) { return c.Product(t.Context(), base.ProductRef) }); again != nil {
				t.Errorf("%+v: written again", change)
			}
			var list []record
			if err := json.Unmarshal(after["prices"], &list); err != nil {
				t.Fatal(err)
			}
			// Where one of the three amounts, or the word what the first is, differs, it is written.
			for name, spoil := range map[string]func(record){
				"price":            func(r record) { r.setNumber("price", decimal.NewFromInt(99)) },
				"priceTaxIncluded": func(r record) { r.setNumber("priceTaxIncluded", decimal.NewFromInt(99)) },
				"priceTaxExcluded": func(r record) { r.setNumber("priceTaxExcluded", decimal.NewFromInt(99)) },
				"no price":         func(r record) { delete(r, "price") },
				"vatIncluded":      func(r record) { delete(r, "vatIncluded") },
			} {
				if subset != 4 {
					continue
				}
				spoilt, one := maps.Clone(after), maps.Clone(list[0])
				spoil(one)
				spoilt["prices"] = json.RawMessage(jsonOf(t, []record{one, list[1]}))
				_, _, again := saved(t, jsonOf(t, spoilt), func(c *Client) error {
					_, err := c.SaveProduct(t.Context(), base.ProductRef, change)
					return err
				}, func(c *Client) (domain.ProductDetail, error) { return c.Product(t.Context(), base.ProductRef) })
				if again == nil {
					t.Errorf("%s differs, and nothing was written", name)
					continue
				}
				if p := again.Prices[0]; !p.WithVAT.Decimal.Equal(decimal.NewFromInt(100)) || !p.WithoutVAT.Decimal.Equal(decimal.NewFromInt(80)) ||
					p.VATIncluded != p.Price.Decimal.Equal(decimal.NewFromInt(100)) || p.VATIncluded == p.Price.Decimal.Equal(decimal.NewFromInt(80)) {
					t.Errorf("%s differed, and became %+v", name, p)
				}
			}
		}
	}
}
