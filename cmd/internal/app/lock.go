package app

import (
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
)

// lockCompany takes the company for this process, or says that another one holds it.
func lockCompany(dir string, id domain.CompanyID) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, "companies", string(id)+".lock"))
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, domain.E(domain.KindDisk, "lock the company", err)
	case !ok:
		return nil, domain.E(domain.KindBusy, "lock the company", nil)
	}
	return lock, nil
}
