package simulation

import (
	"math/rand/v2"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// storms makes the line bad: some of its faults, some of the time.
func (w *world) storms(r *rand.Rand) {
	reads := []string{sandbox.RouteProducts, sandbox.RouteProduct, sandbox.RouteInvoices, sandbox.RouteInvoice, sandbox.RouteTaxpayer, ""}
	writes := []string{
		sandbox.RouteSaveProduct, sandbox.RouteStockReceipt, sandbox.RouteDraft, sandbox.RouteDraft, sandbox.RouteFormalise, sandbox.RouteDeleteInvoices,
	}
	late := time.Duration(1+r.IntN(13)) * time.Minute // within a quarter of an hour it has arrived
	kinds := []sandbox.Fault{
		{Kind: sandbox.FaultHTML, Status: 503},
		{Kind: sandbox.FaultCut},
		{Kind: sandbox.FaultToken},
		{Kind: sandbox.FaultDrop},
		{Kind: sandbox.FaultRate, RetryAfter: 5 * time.Second},
		{Kind: sandbox.FaultBody, Message: "<html>"},
		{Kind: sandbox.FaultDelay, Delay: 20 * time.Second},
	}
	lossy := append([]sandbox.Fault{
		{Kind: sandbox.FaultLost},
		{Kind: sandbox.FaultLost},
		{Kind: sandbox.FaultHTML, Status: 504, After: true},
		{Kind: sandbox.FaultLate, Delay: late},
		{Kind: sandbox.FaultLate, Delay: late, Status: 504},
		{Kind: sandbox.FaultStatus, Status: 500, After: true},
	}, kinds...)
	for range 1 + r.IntN(3) {
		f, route := kinds[r.IntN(len(kinds))], reads[r.IntN(len(reads))]
		if r.IntN(3) > 0 {
			f, route = lossy[r.IntN(len(lossy))], writes[r.IntN(len(writes))]
		}
		f.Route, f.Every = route, 1+r.IntN(5)
		w.server.Fault(f)
		w.tell("%s of %q each %d", f.Kind, f.Route, f.Every)
	}
}

// clears makes it good again, and what was under way has arrived.
func (w *world) clears() {
	w.server.Mend()
	w.server.Settle()
	w.notes()
}
