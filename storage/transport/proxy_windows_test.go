package transport

import (
	"os"
	"testing"

	"golang.org/x/sys/windows/registry"
)

// What a person has set in Windows is used. The setting is theirs: it is changed on machines that are there for tests alone.
func TestProxyOfSystem_isThePersonsSetting(t *testing.T) {
	if os.Getenv("CI") == "" {
		t.Skip("it changes the person's setting")
	}
	noVariables(t)
	key, _, err := registry.CreateKey(registry.CURRENT_USER, `Software\Microsoft\Windows\CurrentVersion\Internet Settings`, registry.ALL_ACCESS)
	if err != nil {
		t.Fatal(err)
	}
	on, _, unset := key.GetIntegerValue("ProxyEnable")
	server, _, _ := key.GetStringValue("ProxyServer")
	t.Cleanup(func() {
		if unset != nil {
			on = 0
		}
		_ = key.SetDWordValue("ProxyEnable", uint32(on))
		_ = key.SetStringValue("ProxyServer", server)
		_ = key.Close()
	})
	if err := key.SetDWordValue("ProxyEnable", 1); err != nil {
		t.Fatal(err)
	}
	if err := key.SetStringValue("ProxyServer", "vekil.sirket.example:3128"); err != nil {
		t.Fatal(err)
	}
	got, err := proxyOfSystem(request(t, "https://api.isbasi.com/"))
	if err != nil || got == nil || got.Host != "vekil.sirket.example:3128" {
		t.Errorf("%v, %v", got, err)
	}
}
