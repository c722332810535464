package sandbox

import (
	"net/http"
)

// Cost is what a call counts as in the monthly quota (isbasi-api.md §3.3).
type Cost string

// The costs.
const (
	CostNone  Cost = ""     // signing in, and what the server does not know
	CostRead  Cost = "read" // lists too, though they are POST
	CostWrite Cost = "write"
)

// guard is what a route asks for before it is entered (isbasi-api.md §2.4).
type guard int

const (
	open   guard = iota // nothing
	keyed               // a known apiKey
	signed              // apiKey, a living token of that key, tenantId
)

// route is one path of the server.
type route struct {
	name    string   // how faults and the log call it
	path    string   // {x} is any one segment
	methods []string // others: 405, on lists 404
	guard   guard
	cost    Cost
	list    bool     // POST with a list body (isbasi-api.md §3.2)
	person  []string // the headers of the person that are demanded
	handle  func(*call) answer
}

// call is one request under way.
type call struct {
	r      *http.Request
	path   map[string]string // by the names in route.path
	body   []byte
	key    string // the apiKey, when the guard asked for one
	list   listRequest
	serial int

	page       int // to answer with; differs from list's when a fault repeats a page
	countDelta int // what a fault adds to the count

	route   route
	ignored []string // what a fault keeps of the body from being stored
	refusal *refusal // what a fault lets GİB say of the document that this call sends
}

// Call is what the server remembers of a request: no path, query, header value or body, so that no
// secret can be in it.
type Call struct {
	Route     string // one of the Route constants; empty for a path the server does not know
	Method    string
	Cost      Cost
	Status    int    // 0: no answer was sent
	Refusal   string // what the server's error envelope said
	Page      int    // of a list call, 1-based; else 0
	Size      int    // pageSize of a list call
	HasKey    bool
	HasToken  bool
	HasTenant bool
	HasUser   bool   // the headers UserId, UserEmail and UserName, all three
	Device    string // DeviceType
	Lang      string
	Faults    []FaultKind
}
