package app

// KeepMailing sends letters by themselves until the company is closed. The window calls it, whenever it
// opens the company; the command line sends when it is told to.
func (c *Company) KeepMailing() {
	c.mailing.Do(func() { c.work.Go(func() { c.Outbox.Keep(c.alive, c.app.Log) }) })
}
