package keyring

import (
	"fmt"

	secrets "github.com/zalando/go-keyring/secret_service"
)

// lockedSystem reads from the Secret Service whether the collection is locked that the library uses: reading that asks nobody, while the
// library's own calls open the service's dialog.
func lockedSystem() (bool, error) {
	service, err := secrets.NewSecretService()
	if err != nil {
		return false, err
	}
	v, err := service.GetLoginCollection().GetProperty("org.freedesktop.Secret.Collection.Locked")
	if err != nil {
		return false, err
	}
	locked, ok := v.Value().(bool)
	if !ok {
		return false, fmt.Errorf("the collection's state is %v", v)
	}
	return locked, nil
}
