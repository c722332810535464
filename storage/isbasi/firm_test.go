package isbasi

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestSaveFirm_changesOnlyWhatIsMeant(t *testing.T) {
	for name, tc := range map[string]struct {
		firm   domain.Firm
		fields []string
		want   string
	}{
		"phone":                   {domain.Firm{Phone: "03129999999"}, []string{"phoneNumbers"}, `"phoneNumbers":["03129999999","05320000000"]`},
		"address":                 {domain.Firm{Address: "Yeni Sk. 5", PostalCode: "06100"}, []string{"address", "postalCode"}, `"address":"Yeni Sk. 5"`},
		"city":                    {domain.Firm{City: "İzmir", District: "Konak"}, []string{"city", "cityCode", "district", "districtCode"}, `"cityCode":""`},
		"country by any spelling": {domain.Firm{Country: "turkiye"}, []string{"country"}, `"countryCode":"TR"`},
		"a city of that name":     {domain.Firm{City: "Türkiye"}, []string{"city", "cityCode"}, `"cityCode":""`},
		"name of a person":        {domain.Firm{FirstName: "Ali", LastName: "Ak"}, []string{"firstName", "fullName", "lastName", "name"}, `"name":"Ali Ak"`},
		"country":                 {domain.Firm{Country: "KKTC"}, []string{"country", "countryCode"}, `"countryCode":""`},
		"name":                    {domain.Firm{Name: "Yıldız A.Ş."}, []string{"fullName", "name"}, `"displayName":"Yıldız Kırtasiye"`},
		"tax":                     {domain.Firm{TaxNumber: "7740606115", TaxOffice: "Konak"}, []string{"taxOffice", "taxOrPersonalId"}, `"taxOrPersonalId":"7740606115"`},
		"flags are left alone": {
			domain.Firm{Code: "C-9", Person: true, Foreign: true, Kind: domain.FirmSupplier}, []string{"code"}, `"isPersonalCompany":false`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			detail := fixture(t, "firm_detail")
			c, d := scripted(t, map[string][]reaction{"GET firms/401": {says(detail)}, "PUT firms": {says(good(`"401"`))}})
			tc.firm.ID = "401"
			id, err := c.SaveFirm(t.Context(), tc.firm)
			if err != nil || id != "401" {
				t.Fatal(id, err)
			}
			var sent record
			if err := json.Unmarshal([]byte(d.body(1)), &sent); err != nil {
				t.Fatal(err)
			}
			if got := differing(t, dataOf(t, detail), sent); !slices.Equal(got, tc.fields) {
				t.Errorf("changed %v, want %v", got, tc.fields)
			}
			if !strings.Contains(d.body(1), tc.want) {
				t.Errorf("%s is not in %s", tc.want, d.body(1))
			}
		})
	}
}

func TestSaveFirm_writesNothingWhenNothingDiffers(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{"GET firms/401": {says(fixture(t, "firm_detail"))}})
	f, err := c.Firm(t.Context(), "401")
	if err != nil {
		t.Fatal(err)
	}
	if id, err := c.SaveFirm(t.Context(), f); err != nil || id != "401" {
		t.Fatal(id, err)
	}
	d.was("GET firms/401", "GET firms/401")
}

func TestSaveFirm_creates(t *testing.T) {
	for name, tc := range map[string]struct {
		firm domain.Firm
		want map[string]string
	}{
		"company": {
			domain.Firm{
				Code: "C-7", Name: "Deneme Ltd", TaxNumber: "0012345672", TaxOffice: "Konak", Country: "TÜRKİYE", City: "İzmir", District: "Konak",
				Address: "Sk. 1", PostalCode: "35000", Phone: "02320000000", Kind: domain.FirmSupplier,
			},
			map[string]string{
				"id": `0`, "code": `"C-7"`, "name": `"Deneme Ltd"`, "fullName": `"Deneme Ltd"`, "displayName": `"Deneme Ltd"`, "taxOrPersonalId": `"0012345672"`,
				"countryCode": `"TR"`, "cityCode": `""`, "isPersonalCompany": `false`, "type": `2`, "firmType": `2`, "phoneNumbers": `["02320000000"]`, "isActive": `true`,
			},
		},
		"person": {
			domain.Firm{Code: "C-8", FirstName: "Işıl", LastName: "Güneş", Person: true, Kind: domain.FirmBoth},
			map[string]string{"name": `"Işıl Güneş"`, "firstName": `"Işıl"`, "isPersonalCompany": `true`, "type": `1`, "firmType": `3`},
		},
		"customer": {domain.Firm{Code: "C-9", Name: "A", Foreign: true}, map[string]string{"firmType": `1`, "isForeign": `true`}},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{"PUT firms": {says(good(`512`))}})
			id, err := c.SaveFirm(t.Context(), tc.firm)
			if err != nil || id != "512" {
				t.Fatal(id, err)
			}
			var sent record
			if err := json.Unmarshal([]byte(d.body(0)), &sent); err != nil {
				t.Fatal(err)
			}
			for field, want := range tc.want {
				if got := compact(t, sent[field]); got != want {
					t.Errorf("%s: %s, want %s", field, got, want)
				}
			}
		})
	}
	c, d := scripted(t, nil)
	for _, f := range []domain.Firm{{}, {Code: "C"}, {Name: "N"}} {
		_, err := c.SaveFirm(t.Context(), f)
		wantKind(t, err, domain.KindInvalid)
	}
	d.was()
}

// The one creation that is documented to work sent a whole card (isbasi-api.md §12 "To §7").
func TestSaveFirm_createsAWholeCard(t *testing.T) {
	const always = `"id":0,"isActive":true,"beginningBalance":0,"balance":0,"currencyBalance":0,"currency":"TL","notApplyGST":true,"allowDuplicate":false,
		"eDispatchResponsible":false,"shippingAddresses":[],"banks":[],"employees":[],"cityCode":"","districtCode":"",`
	for name, tc := range map[string]struct {
		firm domain.Firm
		want string
	}{
		"company": {
			domain.Firm{
				Code: "C-7", Name: "Deneme Ltd", TaxNumber: "0012345672", TaxOffice: "Konak", Country: "Türkiye", City: "İzmir", District: "Konak", EInvoice: true,
				Address: "Sk. 1", PostalCode: "35000", Phone: "02320000000", Email: "a@b.example", Description: "ilk", Kind: domain.FirmBoth,
			},
			`"isForeign":false,"isPersonalCompany":false,"eInvoiceResponsible":true,"type":2,"firmType":3,"code":"C-7","name":"Deneme Ltd","fullName":"Deneme Ltd",
			"displayName":"Deneme Ltd","firstName":"","lastName":"","taxOrPersonalId":"0012345672","taxOffice":"Konak","country":"Türkiye","countryCode":"TR","city":"İzmir",
			"district":"Konak","address":"Sk. 1","postalCode":"35000","phone":"02320000000","phoneNumbers":["02320000000"],"emailAddress":"a@b.example","description":"ilk"`,
		},
		"bare person": {
			domain.Firm{Code: "C-8", FirstName: "Işıl", LastName: "Güneş", Person: true},
			`"isForeign":false,"isPersonalCompany":true,"eInvoiceResponsible":false,"type":1,"firmType":1,"code":"C-8","name":"Işıl Güneş","fullName":"Işıl Güneş",
			"displayName":"Işıl Güneş","firstName":"Işıl","lastName":"Güneş","taxOrPersonalId":"","taxOffice":"","country":"Türkiye","countryCode":"TR","city":"",
			"district":"","address":"","postalCode":"","phone":"","phoneNumbers":[],"emailAddress":"","description":""`,
		},
		"bare foreigner": {
			domain.Firm{Code: "C-9", Name: "A", Foreign: true, Kind: domain.FirmSupplier},
			`"isForeign":true,"isPersonalCompany":false,"eInvoiceResponsible":false,"type":2,"firmType":2,"code":"C-9","name":"A","fullName":"A",
			"displayName":"A","firstName":"","lastName":"","taxOrPersonalId":"","taxOffice":"","country":"","countryCode":"","city":"",
			"district":"","address":"","postalCode":"","phone":"","phoneNumbers":[],"emailAddress":"","description":""`,
		},
	} {
		c, d := scripted(t, map[string][]reaction{"PUT firms": {says(`{"code":200,"message":"","isError":false,"data":512}`)}})
		if id, err := c.SaveFirm(t.Context(), tc.firm); err != nil || id != "512" {
			t.Errorf("%s: %q, %v", name, id, err)
		}
		for _, difference := range differingAt(tree(t, d.body(0)), tree(t, "{"+always+tc.want+"}"), "") {
			t.Errorf("%s: %s", name, difference)
		}
	}
}

// Both the phone and its list come back filled, two elements in the list: the old number stays in neither.
func TestSaveFirm_changesAPhoneWhereverItStands(t *testing.T) {
	for was, want := range map[string]string{
		`{"id":7,"phone":"1","phoneNumbers":["1","1"]}`:           `{"id":7,"phone":"5","phoneNumbers":["5","5"]}`,
		`{"id":7,"Phone":null,"phoneNumbers":[null,{"phone":1}]}`: `{"id":7,"Phone":"5","phoneNumbers":["5","5"]}`,
		`{"id":7,"phone":"1","phoneNumbers":["1","2",null]}`:      `{"id":7,"phone":"5","phoneNumbers":["5","2",null]}`,
		`{"id":7,"phone":"1","phoneNumbers":[]}`:                  `{"id":7,"phone":"5","phoneNumbers":["5"]}`,
		`{"id":7,"phoneNumbers":["1"]}`:                           `{"id":7,"phoneNumbers":["5"]}`,
		`{"id":7}`:                                                `{"id":7,"phoneNumbers":["5"]}`,
	} {
		c, d := scripted(t, map[string][]reaction{"GET firms/7": {says(good(was))}, "PUT firms": {says(good(`7`))}})
		if _, err := c.SaveFirm(t.Context(), domain.Firm{ID: "7", Phone: "5"}); err != nil {
			t.Fatal(err)
		}
		for _, difference := range differingAt(tree(t, d.body(1)), tree(t, want), "") {
			t.Errorf("%s: %s", was, difference)
		}
	}
}

func TestFirm_ofACompanyHasNoFirstName(t *testing.T) {
	for data, want := range map[string]string{
		`"type":2,"name":"A Ltd. Şti.","displayName":"A","firstname":"A","lastname":"A"`:            "A Ltd. Şti.||",
		`"type":2,"name":"A Ltd. Şti.","displayName":"A","firstname":" A Ltd. Şti. ","lastname":""`: "A Ltd. Şti.||",
		`"type":2,"displayName":"A","firstname":"A"`:                                                "A||",
		`"type":2,"name":"A","displayName":"A","firstname":"Ali","lastname":"Ak"`:                   "A|Ali|Ak",
		`"type":1,"name":"Ali","displayName":"Ali","firstname":"Ali","lastname":"Ak"`:               "Ali|Ali|Ak",
	} {
		c, _ := scripted(t, map[string][]reaction{"GET firms/7": {says(good(`{"id":7,` + data + `}`))}})
		if f, err := c.Firm(t.Context(), "7"); err != nil || f.Name+"|"+f.FirstName+"|"+f.LastName != want {
			t.Errorf("%s: %+v, %v", data, f, err)
		}
	}
}

func TestSaveFirm_keepsTheNameOfAVariant(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{
		"GET firms/7": {says(good(`{"id":7,"code":"X","vknTckn":"1111111111","phoneNumbers":null,"PostalCode":"1"}`))}, "PUT firms": {says(good(`7`))},
	})
	if _, err := c.SaveFirm(t.Context(), domain.Firm{ID: "7", TaxNumber: "4540536920", Phone: "5", PostalCode: "06000"}); err != nil {
		t.Fatal(err)
	}
	if got, want := d.body(1), `{"PostalCode":"06000","code":"X","id":7,"phoneNumbers":["5"],"vknTckn":"4540536920"}`; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestFirm_shapes(t *testing.T) {
	for name, tc := range map[string]struct{ data, want string }{
		"phones as objects": {`{"id":7,"phoneNumbers":[null,{"phoneNumber":" 5 "}]}`, "5"},
		"phone in the row":  {`{"id":7,"phone":"6","phoneNumbers":[]}`, "6"},
		"phones no list":    {`{"id":7,"phone":7,"phoneNumbers":"x"}`, "7"},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := scripted(t, map[string][]reaction{"GET firms/7": {says(good(tc.data))}})
			f, err := c.Firm(t.Context(), "7")
			if err != nil || f.Phone != tc.want {
				t.Errorf("%q, %v", f.Phone, err)
			}
		})
	}
}

func TestTaxpayer_answers(t *testing.T) {
	const route = "GET user/gibUser?tcknVkn=10000000146"
	for name, tc := range map[string]struct {
		answer     reaction
		want       domain.Kind
		registered bool
	}{
		"registered":             {says(fixture(t, "gib_user")), "", true},
		"sender only":            {says(good(`{"pkList":null,"gbList":[{"alias":"urn:mail:gb"}]}`)), "", true},
		"no address of either":   {says(good(`{"pkList":[],"gbList":null,"dispatchPkList":[{"alias":"urn:mail:irs"}]}`)), "", false},
		"404":                    {saysStatus(404, ""), "", false},
		"404 in an envelope":     {saysStatus(404, refusal(404, "Mükellef bulunamadı")), "", false},
		"404 as the code":        {says(refusal(404, "Mükellef bulunamadı")), "", false},
		"599 not found":          {saysStatus(400, refusal(599, "Kayıt Numarası Bulunamadı!")), "", false},
		"a web server's 404":     {saysStatus(404, gatewayPage), domain.KindNotFound, false},
		"wrong verb":             {saysStatus(405, ""), domain.KindNotFound, false},
		"something else":         {says(good(`null`)), domain.KindBadAnswer, false},
		"refused":                {saysStatus(400, refusal(599, "GİB yanıt vermiyor")), domain.KindRejected, false},
		"not allowed":            {saysStatus(403, ""), domain.KindForbidden, false},
		"a list of none":         {says(good(`{"gbList":[]}`)), "", false},
		"no list":                {says(good(`{}`)), domain.KindBadAnswer, false},
		"no list but null":       {says(good(`{"pkList":null,"gbList":null,"dispatchPkList":null,"dispatchGbList":null}`)), domain.KindBadAnswer, false},
		"list of something odd":  {says(good(`{"pkList":[1,"x"]}`)), domain.KindBadAnswer, false},
		"no list but an object":  {says(good(`{"pkList":{"alias":"urn:mail:pk"}}`)), domain.KindBadAnswer, false},
		"out of order":           {saysStatus(503, ""), domain.KindUnavailable, false},
		"out of order, in words": {saysStatus(503, refusal(503, "GİB servisi yanıt vermiyor")), domain.KindUnavailable, false},
		"gateway":                {saysStatus(502, gatewayPage), domain.KindUnavailable, false},
		"limit":                  {saysStatus(429, ""), domain.KindQuota, false},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := scripted(t, map[string][]reaction{route: {tc.answer}})
			got, err := c.Taxpayer(t.Context(), " 10000000146 ")
			wantKind(t, err, tc.want)
			if got.Registered != tc.registered || (err == nil && got.Number != "10000000146") {
				t.Errorf("%+v", got)
			}
		})
	}
	c, d := scripted(t, nil)
	for _, number := range []string{"", "123", "12345678901a", "123456789012", "１２３４５６７８９０"} {
		_, err := c.Taxpayer(t.Context(), number)
		wantKind(t, err, domain.KindInvalid)
	}
	d.was()
}

func TestSaveFirm_namesTheRecordWhoseOutcomeNobodyKnows(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{"GET firms/7": {says(good(`{"id":7}`))}, "PUT firms": {saysStatus(502, gatewayPage)}})
	if id, err := c.SaveFirm(t.Context(), domain.Firm{ID: "7", Name: "N"}); id != "7" || domain.KindOf(err) != domain.KindUnknown {
		t.Errorf("%q, %v", id, err)
	}
	d.was("GET firms/7", "PUT firms")
}

func TestSaveFirm_phonesThatAreNoList(t *testing.T) {
	for raw, want := range map[string]string{`["1","2"]`: `["5","2"]`, `[]`: `["5"]`, `null`: `["5"]`, `[{"phone":"1"}]`: `["5"]`, `"1"`: "", `{}`: ""} {
		c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, nil)
		n.answer = func(req *http.Request) (*http.Response, error) {
			if req.Method == http.MethodPut {
				return reply(req, 200, good(`1`)), nil
			}
			return reply(req, 200, good(`{"id":7,"phoneNumbers":`+raw+`}`)), nil
		}
		_, err := c.SaveFirm(t.Context(), domain.Firm{ID: "7", Phone: "5", Name: "N"})
		if want == "" {
			if domain.KindOf(err) != domain.KindBadAnswer || len(n.sent) != 1 {
				t.Errorf("%s: %v after %d calls", raw, err, len(n.sent))
			}
			continue
		}
		if err != nil || compact(t, dataOf(t, `{"data":`+bodyOf(t, n.sent[1])+`}`)["phoneNumbers"]) != want {
			t.Errorf("%s: %v, %s", raw, err, bodyOf(t, n.sent[1]))
		}
	}
}

func TestSaveFirm_keepsTheTaxNumberWhereItStands(t *testing.T) {
	for fields, want := range map[string]string{
		`"taxOrPersonalId":"1","vknTckn":"1"`: "taxOrPersonalId", `"vknTckn":"1","tcknVkn":"1"`: "vknTckn", `"tcknVkn":"1"`: "tcknVkn", `"taxOrPersonalId":null,"tcknVkn":"1"`: "tcknVkn",
		`"x":1`: "taxOrPersonalId", `"vknTckn":null`: "taxOrPersonalId",
	} {
		c, d := scripted(t, map[string][]reaction{"GET firms/7": {says(good(`{"id":7,` + fields + `}`))}, "PUT firms": {says(good(`7`))}})
		if _, err := c.SaveFirm(t.Context(), domain.Firm{ID: "7", TaxNumber: "4540536920"}); err != nil {
			t.Fatal(err)
		}
		changed := differing(t, dataOf(t, `{"data":{"id":7,`+fields+`}}`), dataOf(t, `{"data":`+d.body(1)+`}`))
		if len(changed) != 1 || changed[0] != want {
			t.Errorf("%s: changed %v", fields, changed)
		}
	}
}

// TestSameID_anotherRecordIsNoAnswer asks for a record and is given another one, or none.
func TestSameID_anotherRecordIsNoAnswer(t *testing.T) {
	for call, do := range map[string]func(c *Client, id domain.RemoteID) error{
		"product": func(c *Client, id domain.RemoteID) error {
			_, err := c.Product(t.Context(), domain.ProductRef{ID: id, Type: 1})
			return err
		},
		"firm":    func(c *Client, id domain.RemoteID) error { _, err := c.Firm(t.Context(), id); return err },
		"order":   func(c *Client, id domain.RemoteID) error { _, err := c.Order(t.Context(), id); return err },
		"invoice": func(c *Client, id domain.RemoteID) error { _, err := c.Invoice(t.Context(), id); return err },
		"save firm": func(c *Client, id domain.RemoteID) error {
			_, err := c.SaveFirm(t.Context(), domain.Firm{ID: id, Name: "x"})
			return err
		},
		"save product": func(c *Client, id domain.RemoteID) error {
			_, err := c.SaveProduct(t.Context(), domain.ProductRef{ID: id, Type: 1}, domain.ProductChange{Name: "x"})
			return err
		},
	} {
		for raw, same := range map[string]bool{`101`: true, `"101"`: true, `" 101 "`: true, `102`: false, `"1010"`: false, `10`: false, `0`: false, `null`: false, `""`: false, `"101x"`: false, `{}`: false} {
			c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, answerAll(good(`{"id":`+raw+`,"eStatus":10}`)))
			err := do(c, " 101")
			if (domain.KindOf(err) == domain.KindBadAnswer) == same || (!same && len(n.sent) != 1) || (same && err != nil && !strings.HasPrefix(call, "save")) {
				t.Errorf("%s, answered %s: %v after %d calls", call, raw, err, len(n.sent))
			}
		}
	}
}
