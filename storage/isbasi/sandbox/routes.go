package sandbox

import (
	"net/http"
	"slices"
)

// paths are all that the server answers. Of two lines with one path the first that takes the verb counts.
func (s *Server) paths() []route {
	get, post, both := []string{http.MethodGet}, []string{http.MethodPost}, []string{http.MethodGet, http.MethodPost}
	person := []string{"UserId", "UserEmail", "UserName"}
	put, remove := []string{http.MethodPut}, []string{http.MethodDelete}
	return slices.Concat(s.forbiddenRoutes(), s.masterRoutes(), []route{
		{name: RouteRequest, path: "/api/v1.0/user/ssorequesturl", methods: get, guard: keyed, handle: s.ssoRequest},
		{name: RouteConsent, path: consentPath, methods: both, guard: open, handle: s.consent},
		{name: RouteUserKey, path: "/api/v1.0/user/getuserappkey", methods: post, guard: keyed, handle: s.userKey},
		{name: RouteLogin, path: "/api/v1.0/user/integrationLogin", methods: post, guard: keyed, handle: s.login},
		{name: RouteLogin, path: "/api/v1.0/user/Login", methods: post, guard: keyed, handle: s.login},

		{name: RouteProducts, path: "/api/v1.0/products/products", methods: post, guard: signed, cost: CostRead, list: true, handle: s.listProducts},
		{name: RouteProduct, path: "/api/v1.0/products/{id}/{type}", methods: get, guard: signed, cost: CostRead, handle: s.oneProduct},
		{name: RouteSaveProduct, path: "/api/v1.0/products", methods: []string{http.MethodPut, http.MethodPost}, guard: signed, cost: CostWrite, handle: s.saveProduct},
		{name: RouteDeleteProducts, path: "/api/v1.0/products", methods: remove, guard: signed, cost: CostWrite, handle: s.deleteProducts},
		{name: RouteActivate, path: "/api/v1.0/products/activate", methods: post, guard: signed, cost: CostWrite, handle: s.activateProducts},
		{name: RouteDeactivate, path: "/api/v1.0/products/deactivate", methods: post, guard: signed, cost: CostWrite, handle: s.deactivateProducts},

		{name: RouteStockReceipt, path: "/api/v1.0/stock", methods: put, guard: signed, cost: CostWrite, handle: s.saveReceipt},
		{name: RouteMovements, path: "/api/v1.0/stock/stocktransactionlist/{id}", methods: post, guard: signed, cost: CostRead, list: true, person: person, handle: s.movements},

		{name: RouteFirms, path: "/api/v1.0/firms/firms", methods: post, guard: signed, cost: CostRead, list: true, handle: s.listFirms},
		{name: RouteFirm, path: "/api/v1.0/firms/{id}", methods: get, guard: signed, cost: CostRead, handle: s.oneFirm},
		{name: RouteSaveFirm, path: "/api/v1.0/firms", methods: put, guard: signed, cost: CostWrite, handle: s.saveFirm},
		{name: RouteDeleteFirms, path: "/api/v1.0/firms", methods: remove, guard: signed, cost: CostWrite, handle: s.deleteFirms},
		{name: RouteTaxpayer, path: "/api/v1.0/user/gibUser", methods: get, guard: signed, cost: CostRead, handle: s.taxpayer},

		{name: RouteDraft, path: "/api/v1.0/invoices/integrationInvoices", methods: post, guard: signed, cost: CostWrite, handle: s.saveDraft},
		{name: RouteInvoices, path: "/api/v1.0/invoices/invoices", methods: post, guard: signed, cost: CostRead, list: true, handle: s.listInvoices},
		{path: "/api/v1.0/invoices/deleteInvoice", methods: []string{http.MethodDelete, http.MethodPost}}, // published, but not there (§6.7)
		{name: RouteInvoice, path: "/api/v1.0/invoices/{id}", methods: get, guard: signed, cost: CostRead, handle: s.oneInvoice},
		{name: RouteExpense, path: "/api/v1.0/invoices/{id}/purchase", methods: get, guard: signed, cost: CostRead, handle: s.oneExpense},
		{name: RouteDeleteInvoices, path: "/api/v1.0/invoices", methods: remove, guard: signed, cost: CostWrite, handle: s.deleteInvoices},
		{name: RouteFormalise, path: "/api/v1.0/einvoices/eInvoiceWithJson", methods: post, guard: signed, cost: CostWrite, handle: s.formalise},
		{name: RouteOutgoing, path: "/api/v1.0/einvoices/GetOutgoingInvoiceDataList", methods: post, guard: signed, cost: CostRead, list: true, handle: s.outgoing},
		{name: RouteIncoming, path: "/api/v1.0/einvoices/myInvoicesList", methods: post, guard: signed, cost: CostRead, list: true, person: person, handle: s.incoming},
		{name: RouteReport, path: "/api/v1.0/einvoices/IntegrationInvoiceReport", methods: both, guard: signed, cost: CostRead, list: true, person: person, handle: s.report},

		{name: RouteDocument, path: "/api/v1.0/einvoices/DocumentDatawithuuid", methods: get, guard: signed, cost: CostRead, handle: s.printed},
		{name: RouteDocumentByID, path: "/api/v1.0/einvoices/DocumentData", methods: get, guard: signed, cost: CostRead, handle: s.printed},
		{name: RoutePortalPDF, path: "/api/v1.0/einvoices/print-eaportal-invoice-pdf", methods: post, guard: signed, cost: CostRead, handle: s.printed},
		{name: RouteUBL, path: "/api/v1.0/einvoices/DocumentUblDatawithuuid", methods: get, guard: signed, cost: CostRead, handle: s.ubl},
		{name: RouteUBLByID, path: "/api/v1.0/einvoices/DocumentUblData", methods: get, guard: signed, cost: CostRead, handle: s.ubl},

		{name: RouteOrders, path: "/api/v1.0/orders/orders", methods: post, guard: signed, cost: CostRead, list: true, handle: s.listOrders},
		{name: RouteOrder, path: "/api/v1.0/orders/{id}", methods: get, guard: signed, cost: CostRead, handle: s.oneOrder},
	})
}
