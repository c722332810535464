package transfer

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// soon is how long a program in the background waits for a transfer that goes on by itself; one that
// waits longer, for the quota of next month, goes on at the next start.
const soon = time.Hour

// Runners are those of all companies that are open in this program, for whatever they work on. The methods may be called from anywhere and,
// but for Stop and Interrupt, answer at once.
type Runners struct {
	mu  sync.Mutex
	all []companyRunner
}

type companyRunner struct {
	*Runner
	company domain.Company
}

// NewRunners makes an empty set.
func NewRunners() *Runners { return &Runners{} }

// Add adds runners of a company.
func (s *Runners) Add(c domain.Company, runners ...*Runner) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range runners {
		s.all = append(s.all, companyRunner{r, c})
	}
}

// Remove takes a company's runners away, whose company was closed.
func (s *Runners) Remove(id domain.CompanyID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = slices.DeleteFunc(s.all, func(r companyRunner) bool { return r.company.ID == id })
}

// byName gives them in the order of their companies' names.
func (s *Runners) byName() []companyRunner {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedStableFunc(slices.Values(s.all), func(a, b companyRunner) int {
		return cmp.Or(cmp.Compare(a.company.Name, b.company.Name), cmp.Compare(a.company.ID, b.company.ID))
	})
}

// Working gives the companies for which something is at work, by name.
func (s *Runners) Working() []domain.CompanyID {
	var ids []domain.CompanyID
	for _, r := range s.byName() {
		if r.Running() {
			ids = append(ids, r.company.ID)
		}
	}
	return slices.Compact(ids)
}

// Rested tells whether nothing is at work, and nothing goes on soon by itself.
func (s *Runners) Rested() bool {
	return !slices.ContainsFunc(s.byName(), func(r companyRunner) bool {
		at := r.GoesOnAt()
		return r.Work() != nil || !at.IsZero() && at.Sub(r.now()) < soon
	})
}

// Stop asks all work to stop and waits for their end.
func (s *Runners) Stop() {
	all := s.byName()
	for _, r := range all {
		r.Forget()
		r.Stop()
	}
	for _, r := range all {
		if work := r.Work(); work != nil {
			<-work.Done()
		}
	}
}

// Interrupt ends all work where it is, and waits for the page or batch in flight: it goes on at
// the next start.
func (s *Runners) Interrupt() {
	var wait sync.WaitGroup
	for _, r := range s.byName() {
		wait.Go(r.Close)
	}
	wait.Wait()
}
