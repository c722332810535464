package transport

import (
	"net/http"
	"net/url"

	"github.com/mattn/go-ieproxy"
)

// proxyOfSystem is that of the person's settings of Windows: one that is named, a script, or one that the network names.
func proxyOfSystem(req *http.Request) (*url.URL, error) {
	ieproxy.ReloadConf()
	return ieproxy.GetProxyFunc()(req)
}
