package transport

import (
	"net"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// fromScutil reads what `scutil --proxy` of macOS says: a dictionary, a line each, whose keys are those of SCDynamicStoreCopyProxies and the
// same in every language.
func fromScutil(said string) *httpproxy.Config {
	values, except := map[string]string{}, []string{}
	inList := false
	for _, l := range strings.Split(said, "\n") {
		key, value, ok := strings.Cut(strings.TrimSpace(l), " : ")
		switch {
		case !ok:
			inList = inList && !strings.HasSuffix(strings.TrimSpace(l), "}")
		case inList:
			except = append(except, exception(value))
		case strings.HasPrefix(value, "<array>"):
			inList = key == "ExceptionsList"
		default:
			values[key] = value
		}
	}
	of := func(scheme string) string {
		if values[scheme+"Enable"] != "1" || values[scheme+"Proxy"] == "" {
			return ""
		}
		return "http://" + net.JoinHostPort(values[scheme+"Proxy"], values[scheme+"Port"])
	}
	return &httpproxy.Config{HTTPProxy: of("HTTP"), HTTPSProxy: of("HTTPS"), NoProxy: strings.Join(except, ",")}
}

// exception writes a host that needs no proxy as Go reads it: *.local is .local there, and 169.254/16 is 169.254.0.0/16.
func exception(host string) string {
	if rest, ok := strings.CutPrefix(host, "*."); ok {
		return "." + rest
	}
	if network, bits, ok := strings.Cut(host, "/"); ok && !strings.Contains(network, ":") {
		for strings.Count(network, ".") < 3 {
			network += ".0"
		}
		return network + "/" + bits
	}
	return host
}
