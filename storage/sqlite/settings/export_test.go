package settings

// What the tests of this room look at beside its store.
const (
	SettingReads  = settingReads
	SettingWrites = settingWrites
)
