package mail

// Query asks for one page of the letters, the newest first.
type Query struct {
	Search string // words in address or subject
	// Open leaves out what needs nobody any more: sent and dismissed letters.
	Open   bool
	Limit  int // 0 = all
	Offset int
}
