package keyring

import (
	"fmt"

	"github.com/ebitengine/purego"
)

// unlockedState is the bit of a keychain's status that says that it is open (kSecUnlockStateStatus, SecKeychain.h).
const unlockedState = 1

// lockedSystem asks Apple's framework for the state of the person's keychain, which asks nobody: /usr/bin/security knows no question that
// does not open a dialog where the keychain is locked.
func lockedSystem() (bool, error) {
	lib, err := purego.Dlopen("/System/Library/Frameworks/Security.framework/Security", purego.RTLD_LAZY|purego.RTLD_GLOBAL)
	if err != nil {
		return false, err
	}
	var statusOf func(keychain uintptr, status *uint32) int32 // no keychain is the default one
	purego.RegisterLibFunc(&statusOf, lib, "SecKeychainGetStatus")
	var status uint32
	if code := statusOf(0, &status); code != 0 {
		return false, fmt.Errorf("SecKeychainGetStatus: %d", code)
	}
	return status&unlockedState == 0, nil
}
