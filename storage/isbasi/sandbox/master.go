package sandbox

import "net/http"

// The routes of lists that the program does not use (isbasi-api.md §4.8, §6.8).
const (
	RouteMaster = "master/{name}"
	RouteOther  = "other lists"
)

func (s *Server) masterRoutes() []route {
	post := []string{http.MethodPost}
	routes := []route{
		{name: RouteMaster, path: "/api/v1.0/master/{name}", methods: post, guard: signed, cost: CostRead, list: true, handle: s.master},
	}
	for _, path := range []string{"dispatch/dispatches", "dispatch/mydispatchlist", "Payments/smms"} {
		routes = append(routes, route{name: RouteOther, path: "/api/v1.0/" + path, methods: post, guard: signed, cost: CostRead, list: true, handle: s.noRows})
	}
	return routes
}

// noRows is a list of what this firm has none of.
func (s *Server) noRows(c *call) answer { return s.listed(c, nil, 0) }

// master answers a list of names; a name that nobody knows is no route.
func (s *Server) master(c *call) answer {
	names, known := masterNames()[c.path["name"]]
	if !known {
		return notFound(c.r.URL.Path)
	}
	rows := make([]any, len(names))
	for i, name := range names {
		rows[i] = named{ID: s.id(c, int64(i+1)), Code: unitCode(name), Name: name}
	}
	return s.listed(c, rows, len(rows))
}

// masterNames are the lists of §4.8, with rows where the reference names any.
func masterNames() map[string][]string {
	lists := map[string][]string{
		"units":                {"Adet", "Kg", "Gr", "Metre", "m2", "Litre", "Saat", "Gün", "Ay", "Set", "Paket", "Kutu"},
		"currencies":           {"TL", "USD", "EUR"},
		"vatrates":             {"0", "1", "10", "20"},
		"countries":            {"Türkiye"},
		"cities":               cities(),
		"producttypes":         {"Ürün", "Hizmet"},
		"eArchivePaymentTypes": {"Kredi Kartı", "Havale", "Kapıda Ödeme", "Ödeme Aracısı", "Diğer"},
		"eInvoiceTypes":        {"e-Fatura", "e-Arşiv", "e-Arşiv İnternet"},
	}
	for _, name := range []string{
		"districts", "unitsets", "categories", "brands", "additionaltaxes", "withholdings", "vatexcepts", "stopajcodes",
		"gtipcodes", "invoicetypes", "taxoffices", "stockreceipttype",
	} {
		lists[name] = nil
	}
	return lists
}
