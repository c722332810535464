package sandbox

import "net/http"

// RouteForbidden is the log's name of every call that this key may not make.
const RouteForbidden = "forbidden"

// forbidden is the answer to a key that lacks an endpoint: permanent (isbasi-api.md §8.13).
func (s *Server) forbidden(c *call) answer {
	return s.refuse(c, http.StatusForbidden, http.StatusForbidden, "API yetkilendirilmedi")
}

// forbiddenRoutes are getplatform, which is seen to answer so (§2.3), and calls that only Logo's internal
// inventory has, of which nobody knows whether an integration key may make them (§2.2, §4.6, §4.7, §5, §7).
func (s *Server) forbiddenRoutes() []route {
	calls := []struct {
		verb  string
		paths []string
	}{
		{http.MethodPost, []string{
			"user/getplatform", "user/integrationLoginWithToken", "user/integrationloginonlyown", "user/getuserappkeyonlyown",
			"stock/stocktransactionheaderlist", "stock/calculateline",
			"products/productimage", "products/calculateprice/{vat}", "products/import", "products/distribute",
			"firms/activate", "firms/deactivate", "firms/import",
		}},
		{http.MethodGet, []string{
			"user/validatetoken/{token}", "user/getusertenantlist", "user/getplatformbyuser/{username}",
			"stock/{id}", "stock/{id}/StockLines",
			"products/withcode/{code}/{type}", "products/productwithstock/{id}/{type}",
			"products/getlastproductnumber/{type}", "firms/getcustomerinformation/{taxNo}",
		}},
		{http.MethodPut, []string{
			"products/brands", "products/setstorefrontstatus", "orders", "invoices",
			"invoices/saveorupdatereturnsalesinvoice", "invoices/saveorupdatereturnpurchaseinvoice", "Payments/smm",
		}},
		{http.MethodDelete, []string{"stock", "orders"}},
	}
	var routes []route
	for _, call := range calls {
		for _, path := range call.paths {
			r := route{name: RouteForbidden, path: "/api/v1.0/" + path, methods: []string{call.verb}, guard: signed, handle: s.forbidden}
			if path == "user/getplatform" {
				r.guard = keyed
			}
			routes = append(routes, r)
		}
	}
	return routes
}
