package sandbox_test

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// someFirms are a company, a person and a supplier.
func someFirms() []sandbox.Firm {
	return []sandbox.Firm{
		{
			ID: 1, Code: "C-1", Name: "Deneme Ltd", FirmType: sandbox.FirmCustomer, TaxNumber: "4540536920",
			TaxOffice: "Çankaya", Country: "Türkiye", City: "Ankara",
			District: "Çankaya", PostalCode: "06000", Address: "Deneme Sk. 1", Phone: "03120000000", Email: "info@example.com", Registered: true,
		},
		{ID: 2, Code: "C-2", Person: true, FirstName: "Işıl", LastName: "Örnek", TaxNumber: "10000000146", City: "ISPARTA", Passive: true},
		{ID: 3, Code: "C-3", Name: "Toptancı A.Ş.", FirmType: sandbox.FirmSupplier, TaxNumber: "7740606115"},
	}
}

func firmsBody(filters ...object) object { return productsBody(1, 100, filters...) }

func TestFirms_filters(t *testing.T) {
	c := signed(t, sandbox.Options{Firms: someFirms()})
	for name, tt := range map[string]struct {
		filters []object
		want    []int64
	}{
		"all":           {nil, []int64{1, 2, 3}},
		"suppliers":     {[]object{{"columnName": "firmType", "operator": 17, "value": []int{2, 3}}}, []int64{3}},
		"by number":     {[]object{{"columnName": "vknTckn", "operator": "IsEqualTo", "value": "10000000146"}}, []int64{2}},
		"by name, in ı": {[]object{{"columnName": "name", "operator": 15, "value": "IŞIL"}}, []int64{2}},
		"active":        {[]object{{"columnName": "isActive", "operator": 3, "value": "true"}}, []int64{1, 3}},
		"persons":       {[]object{{"columnName": "type", "operator": 3, "value": 1}}, []int64{2}},
	} {
		var l listing
		c.call(http.MethodPost, base+"firms/firms", firmsBody(tt.filters...)).ok(t, &l)
		if !slices.Equal(l.ids(), tt.want) {
			t.Errorf("%s: %v, want %v", name, l.ids(), tt.want)
		}
	}
	var l listing
	c.call(http.MethodPost, base+"firms/firms", object{}).ok(t, &l)
	if len(l.Data) != 3 {
		t.Errorf("an empty body gives %d rows", len(l.Data))
	}
	c.call(http.MethodPost, base+"firms/firms", firmsBody(object{"columnName": "x", "operator": 3, "value": "1"})).ok(t, &l)
	if len(l.Data) != 3 { // §12, to §3.2
		t.Errorf("an unknown column leaves %d rows", len(l.Data))
	}
	if r := c.call(http.MethodGet, base+"firms/firms", nil); r.Status != http.StatusNotFound || r.isJSON {
		t.Errorf("the list by GET answers HTTP %d", r.Status)
	}
}

func TestFirm_rowAndDetailCallThingsDifferently(t *testing.T) {
	c := signed(t, sandbox.Options{Firms: someFirms(), Plain: true})
	var l listing
	c.call(http.MethodPost, base+"firms/firms", firmsBody()).ok(t, &l)
	detail := c.get("firms/1")
	for row, in := range map[string]string{"vknTckn": "taxOrPersonalId", "town": "district", "emailAddress": "emailAddress"} {
		if l.Data[0][row] == nil || l.Data[0][row] != detail[in] {
			t.Errorf("%s %v, %s %v", row, l.Data[0][row], in, detail[in])
		}
	}
	if l.Data[0]["phone"] != "03120000000" || detail["phone"] != "03120000000" || !reflect.DeepEqual(detail["phoneNumbers"], []any{"03120000000", ""}) {
		t.Errorf("phones %v, %v, %v", l.Data[0]["phone"], detail["phone"], detail["phoneNumbers"])
	}
	if l.Data[1]["firstname"] != "Işıl" || c.get("firms/2")["firstName"] != "Işıl" {
		t.Error("first names")
	}
	if got := c.get("firms/2"); got["phoneNumbers"] != nil || got["phone"] != nil {
		t.Errorf("without a phone there are %v and %v", got["phone"], got["phoneNumbers"])
	}
	c.s.EditFirms(func(f []sandbox.Firm) []sandbox.Firm { f[1].Phone2 = "2"; return f })
	if got := c.get("firms/2"); !reflect.DeepEqual(got["phoneNumbers"], []any{"", "2"}) || got["phone"] != nil {
		t.Errorf("with the second phone only there are %v and %v", got["phone"], got["phoneNumbers"])
	}
	// §12, to §7: a company's display name stands in firstname and lastname, fullName is empty in rows.
	if row := l.Data[0]; row["firstname"] != "Deneme Ltd" || row["lastname"] != "Deneme Ltd" || row["fullName"] != "" || detail["fullName"] != "Deneme Ltd" {
		t.Errorf("names of %v", row)
	}
	if l.Data[1]["lastname"] != "Örnek" || l.Data[1]["fullName"] != "" {
		t.Errorf("names of %v", l.Data[1])
	}
	if _, ok := detail["modificationDate"]; ok || detail["currency"] != "TL" || detail["cityCode"] != "06" || detail["districtCode"] == nil {
		t.Errorf("detail %v", detail)
	}
	if code := c.get("firms/2")["cityCode"]; code != "32" {
		t.Errorf("ISPARTA has the code %v", code)
	}
	c.call(http.MethodGet, base+"firms/9", nil).refused(t, 599, "Kayıt Numarası Bulunamadı!")
}

func TestSaveFirm_whatIsReadCanBeWrittenBack(t *testing.T) {
	c := signed(t, sandbox.Options{Firms: someFirms()})
	note := c.get("firms/1")["riskNote"]
	for range 2 {
		c.put("firms", c.get("firms/1"))
	}
	if got := c.get("firms/1")["riskNote"]; note == nil || !reflect.DeepEqual(got, note) {
		t.Errorf("the unknown field is %v", got)
	}
	f, was := c.s.Firms()[0], someFirms()[0]
	f.Rest, f.ModifiedAt = nil, was.ModifiedAt
	if f.Balance = was.Balance; !reflect.DeepEqual(f, was) {
		t.Errorf("was %+v\nis  %+v", was, f)
	}
}

func TestSaveFirm_blanksWhatIsMissing(t *testing.T) {
	c := signed(t, sandbox.Options{Firms: someFirms()})
	c.put("firms", object{"id": "1", "code": "C-1", "isActive": true, "name": "Deneme", "phone": "05320000000"})
	f := c.s.Firms()[0]
	if f.Phone != "" || f.Email != "" || f.Address != "" || f.TaxNumber != "" || f.Name != "Deneme" {
		t.Errorf("holds %+v", f)
	}
	if c.get("firms/1")["riskNote"] != nil {
		t.Error("the unknown field is still there")
	}
}

func TestSaveFirm_creates(t *testing.T) {
	c := signed(t, sandbox.Options{Firms: someFirms()})
	id := c.put("firms", object{
		"id": 0, "isActive": true, "isPersonalCompany": true, "firstname": "Oğuz", "lastName": "Deneme", "taxOrPersonalId": "12345678950",
		"city": "ığdır", "district": "Tuzluca", "validateCityAndDistrict": true, "phoneNumbers": []string{"1", "2"},
	})
	f := c.s.Firms()[3]
	if f.ID != id || f.FirstName != "Oğuz" || f.Code == "" || f.Phone != "1" || f.Phone2 != "2" || !f.Person || f.Passive {
		t.Errorf("holds %+v", f)
	}
}

// §12, to §7: the one creation that is documented. What was sent comes back; the codes of the place are
// found from its names.
func TestSaveFirm_creationOfTheReference(t *testing.T) {
	sent := object{
		"id": 0, "code": "C-9", "isActive": true, "isPersonalCompany": false, "isForeign": false, "name": "Yeni Ltd", "fullName": "Yeni Ltd",
		"displayName": "Yeni Ltd", "taxOrPersonalId": "7740606115", "taxOffice": "Çankaya", "country": "Türkiye", "countryCode": "TR",
		"city": "Ankara", "cityCode": "", "district": "Çankaya", "districtCode": "", "postalCode": "06000", "address": "Deneme Sk. 1",
		"phone": "03120000000", "phoneNumbers": []any{"03120000000", "05320000000"}, "emailAddress": "info@example.com", "firmType": 1,
		"beginningBalance": 0, "balance": 0, "currencyBalance": 0, "currency": "TL", "notApplyGST": true, "allowDuplicate": false,
		"eInvoiceResponsible": false,
	}
	for _, calls := range []int{0, 1} { // code and id of other answers change from one to the next
		c := signed(t, sandbox.Options{Firms: someFirms()})
		for range calls {
			c.get("firms/1")
		}
		r := c.call(http.MethodPut, base+"firms", sent)
		var id int64 // no text
		if r.ok(t, &id); id <= 3 || r.Code != http.StatusOK {
			t.Fatalf("answers %s", r.Raw)
		}
		got := c.get("firms/" + strconv.FormatInt(id, 10))
		for name, want := range sent {
			switch name {
			case "id", "cityCode":
				continue
			case "districtCode":
				if text, _ := got[name].(string); text == "" || got["cityCode"] != "06" {
					t.Errorf("codes %v, %v", got["cityCode"], got[name])
				}
				continue
			}
			if n, ok := want.(int); ok {
				want = float64(n)
			}
			if !reflect.DeepEqual(got[name], want) {
				t.Errorf("%s: %v, want %v", name, got[name], want)
			}
		}
		c.put("firms", got)
		if again := c.get("firms/" + strconv.FormatInt(id, 10)); !reflect.DeepEqual(again["phoneNumbers"], sent["phoneNumbers"]) || again["phone"] != "03120000000" {
			t.Errorf("written back, the phones are %v and %v", again["phone"], again["phoneNumbers"])
		}
	}
}

// §12, to §7: in the shared test firm every new card is that of an e-Fatura user, and later no longer.
func TestSaveFirm_newOnesOfTheTestFirmAreRegistered(t *testing.T) {
	for every := range map[bool]bool{true: true, false: false} {
		c := signed(t, sandbox.Options{Firms: someFirms(), EveryVKN: every})
		body := object{"id": 0, "name": "Yeni Ltd", "eInvoiceResponsible": false}
		body["id"] = c.put("firms", body)
		if got := c.s.Firms()[3].Registered; got != every {
			t.Errorf("every %v: a new card is %v", every, got)
		}
		if c.put("firms", body); c.s.Firms()[3].Registered {
			t.Error("a later save was not heeded")
		}
	}
}

func TestSaveFirm_refuses(t *testing.T) {
	for name, tt := range map[string]struct {
		body    any
		code    int
		message string
	}{
		"no name":      {object{"id": 0, "firstName": "Oğuz"}, 400, "Unvan ya da ad ve soyad zorunludur."},
		"unknown city": {object{"name": "A", "city": "Atlantis", "validateCityAndDistrict": true}, 400, "Şehir bulunamadı.\nİlçe bulunamadı."},
		"unknown id":   {object{"id": 9, "name": "A"}, 599, "Bulunamadı"},
		"code taken":   {object{"id": 3, "name": "A", "code": "C-1"}, 599, "Bu kodla"},
		"no object":    {[]int{}, 400, "okunamadı"},
	} {
		c := signed(t, sandbox.Options{Firms: someFirms()})
		c.call(http.MethodPut, base+"firms", tt.body).refused(t, tt.code, tt.message)
		if !reflect.DeepEqual(c.s.Firms(), someFirms()) {
			t.Errorf("%s: something was saved", name)
		}
	}
}

func TestDeleteFirms(t *testing.T) {
	c := signed(t, sandbox.Options{Firms: someFirms()})
	c.call(http.MethodDelete, base+"firms?ids=1,9", nil).refused(t, 599, "Bulunamadı")
	c.call(http.MethodDelete, base+"firms?ids=x", nil).refused(t, 400, "ids")
	if len(c.s.Firms()) != 3 {
		t.Error("a refused deletion deleted")
	}
	var n int
	if c.call(http.MethodDelete, base+"firms?ids=1,3", nil).ok(t, &n); n != 2 || len(c.s.Firms()) != 1 {
		t.Errorf("answers %d, leaves %v", n, c.s.Firms())
	}
}

func TestTaxpayer(t *testing.T) {
	for name, tt := range map[string]struct {
		o      sandbox.Options
		number string
		status int
	}{
		"firm's":             {sandbox.Options{Firms: someFirms()}, "4540536920", 200},
		"not registered":     {sandbox.Options{Firms: someFirms()}, "7740606115", 404},
		"configured":         {sandbox.Options{Registered: []string{"7740606115"}}, "7740606115", 200},
		"none configured":    {sandbox.Options{Firms: someFirms(), Registered: []string{}}, "4540536920", 404},
		"shared test firm":   {sandbox.Options{EveryVKN: true}, "1234567890", 200},
		"a person there":     {sandbox.Options{EveryVKN: true}, "10000000146", 404},
		"too short":          {sandbox.Options{EveryVKN: true}, "123", 404},
		"letters":            {sandbox.Options{EveryVKN: true}, "123456789x", 404},
		"no number, refused": {sandbox.Options{}, "", 400},
	} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, tt.o)
			r := c.call(http.MethodGet, base+"user/gibUser?tcknVkn="+tt.number, nil)
			if r.Status != tt.status {
				t.Fatalf("HTTP %d %s", r.Status, r.Raw)
			}
			if tt.status != http.StatusOK {
				r.refused(t, tt.status, "")
				return
			}
			var data map[string][]struct{ Alias, Title, FirstCreationTime string }
			r.ok(t, &data)
			if len(data["pkList"]) != 1 || len(data["gbList"]) != 1 || data["pkList"][0].Title == "" || data["dispatchPkList"] != nil {
				t.Errorf("answers %v", data)
			}
		})
	}
}

func TestTaxpayer_staysUnanswered(t *testing.T) {
	o := sales()
	o.Unanswered = []string{"4540536920", "7740606115"}
	c := signed(t, o)
	for _, number := range o.Unanswered {
		if r := c.call(http.MethodGet, base+"user/gibUser?tcknVkn="+number, nil); r.Status != http.StatusServiceUnavailable || !strings.Contains(r.Raw, "503 Service Unavailable") {
			t.Errorf("%s: HTTP %d %s", number, r.Status, r.Raw)
		}
		body := draftBody()
		customerOf(body)["tcknVkn"] = number
		c.draft(body)
		if v := lastInvoice(c); (v.Kind == sandbox.KindEInvoice) != (number == "4540536920") { // İşbaşı itself knows
			t.Errorf("%s: kind %d", number, v.Kind)
		}
	}
	c.call(http.MethodGet, base+"user/gibUser?tcknVkn=10000000146", nil).refused(t, 404, "")
}

func TestFirms_generated(t *testing.T) {
	if !reflect.DeepEqual(sandbox.Firms(50, 3), sandbox.Firms(50, 3)) || reflect.DeepEqual(sandbox.Firms(50, 3), sandbox.Firms(50, 4)) {
		t.Error("the seed does not decide")
	}
	ids, registered, persons := map[int64]bool{}, 0, 0
	for _, f := range sandbox.Firms(300, 1) {
		ids[f.ID] = true
		if f.Registered {
			registered++
		}
		if f.Person {
			persons++
			if f.TaxNumber != "11111111111" && !validTCKN(f.TaxNumber) {
				t.Errorf("TCKN %s", f.TaxNumber)
			}
		} else if !validVKN(f.TaxNumber) {
			t.Errorf("VKN %s", f.TaxNumber)
		}
	}
	if len(ids) != 300 || registered == 0 || persons == 0 || persons == 300 {
		t.Errorf("%d ids, %d registered, %d persons", len(ids), registered, persons)
	}
	for _, n := range []string{"4540536920", "7740606115", "4388571876", "9876543217", "0012345672"} {
		if !validVKN(n) {
			t.Errorf("the test itself refuses %s", n)
		}
	}
}

// validVKN is the rule of rules.md §6, written anew.
func validVKN(n string) bool {
	sum := 0
	for i := range 9 {
		k := 10 - (i + 1)
		digit := (int(n[i]-'0') + k) % 10
		if digit != 0 {
			p := digit
			for range k {
				p = p * 2 % 9
			}
			if p == 0 {
				p = 9
			}
			sum += p
		}
	}
	return len(n) == 10 && int(n[9]-'0') == (10-sum%10)%10
}

func validTCKN(n string) bool {
	d := make([]int, len(n))
	for i := range n {
		d[i] = int(n[i] - '0')
	}
	if len(d) != 11 || d[0] == 0 {
		return false
	}
	tenth := (7*(d[0]+d[2]+d[4]+d[6]+d[8]) - (d[1] + d[3] + d[5] + d[7])) % 10
	sum := 0
	for _, x := range d[:10] {
		sum += x
	}
	return d[9] == (tenth+10)%10 && d[10] == sum%10
}
