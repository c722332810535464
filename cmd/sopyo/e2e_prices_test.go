//go:build e2e && linux

package main_test

// prices goes to what stands behind the price rules. The catalogue has products on sale.
func (v *tour) prices() {
	v.t.Helper()
	v.section(4)
	v.tool("rates.open")
	v.waitFor(v.say("rates.empty"))
	v.typeIn(v.say("rates.rate"), "41,2537x")
	v.waitFor(v.say("invalid.number"))
	v.stop("rates-wrong")
	v.typeIn(v.say("rates.rate"), "41,2537")
	v.tap(v.say("rates.save"))
	v.waitFor(v.say("rates.undo"), v.say("rates.holds"))
	v.stop("rates")
	v.tap(v.say("rows.back"))

	v.tool("markets.open")
	v.waitFor(v.say("markets.text"))
	v.typeIn(v.say("markets.name"), "trendyol")
	v.tap(v.say("markets.add"))
	v.waitFor(v.say("invalid.marketplace-taken"))
	v.stop("markets-taken")
	v.typeIn(v.say("markets.name"), "Bizim Dükkân")
	v.tap(v.say("markets.add"))
	v.waitFor(v.say("markets.own"))
	v.stop("markets")
	v.tap(v.say("rows.back"))

	v.tool("commission.open")
	v.waitFor(v.say("commission.wait"))
	v.typeIn(v.say("commission.net"), "100")
	v.typeIn(v.say("commission.rate"), "21")
	v.waitFor("126")
	v.stop("commission")
	v.tap(v.say("commission.fill"))
	v.waitFor(v.say("commission.filled"))
	v.stop("commission-filled")

	v.tap(v.say("lab.open"))
	v.waitFor(v.say("lab.card.suspicious"))
	v.stop("laboratory")
	v.tap(v.say("lab.card.moved"))
	v.waitFor(v.say("lab.pick"))
	v.stop("laboratory-moved")
	v.clickRow(1, "1")
	v.gone(v.say("lab.pick"))
	v.stop("laboratory-why")
	v.typeIn(v.say("lab.search"), "böyle bir ürün yok")
	v.waitFor(v.say("lab.none.search", "böyle bir ürün yok"))
	v.stop("laboratory-none")
	v.tap(v.say("lab.save"))
	if v.reach(v.lead("saved", "0"), v.say("price.sharp.save")) == 1 {
		v.tap(v.say("price.sharp.save"))
	}
	v.waitFor(v.say("lab.open"), v.lead("saved", "0"))

	v.tool("approve.open")
	v.waitFor(v.say("approve.none"))
	v.stop("approvals-none")
	v.typeIn(v.say("approve.limit"), "5")
	v.tap(v.say("approve.limit.save"))
	v.waitFor(v.say("approve.undo"))
	v.tap(v.say("rows.back"))
}

// tool takes a line of the menu of tools.
func (v *tour) tool(key string) {
	v.t.Helper()
	v.tap(v.say("price.tools"))
	v.tapWords(v.say(key))
}
