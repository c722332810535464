// Package releases asks the project's page of releases for the newest version. It sends one request without a body, tells nothing of the
// person or the machine, and follows nothing.
package releases

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// limit is how long is waited for an answer.
const limit = 10 * time.Second

// Page is the address that leads to the newest release: https://…/releases/latest.
type Page struct {
	address string
	client  *http.Client
}

// New makes it; network is how it is reached, nil for the machine's way.
func New(address string, network http.RoundTripper) *Page {
	return &Page{address: address, client: &http.Client{
		Transport: network, Timeout: limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Latest reads the newest version from where the address leads to, whose last part is its tag: v1.2.0. KindNetwork: there is no answer;
// KindBadAnswer: it leads to no release.
func (p *Page) Latest(ctx context.Context) (string, error) {
	const op = "ask for the newest version"
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, p.address, nil)
	if err != nil {
		return "", domain.E(domain.KindInternal, op, err)
	}
	req.Header.Set("User-Agent", "Sopyo")
	resp, err := p.client.Do(req)
	if err != nil {
		return "", domain.E(domain.KindNetwork, op, err)
	}
	err = resp.Body.Close()
	to, bad := url.Parse(resp.Header.Get("Location"))
	if err = errors.Join(err, bad); err != nil || resp.StatusCode < 300 || resp.StatusCode > 399 {
		return "", domain.E(domain.KindBadAnswer, op, err)
	}
	tag := path.Base(to.Path)
	version, ok := strings.CutPrefix(tag, "v")
	if !ok || path.Base(path.Dir(to.Path)) != "tag" {
		return "", domain.E(domain.KindBadAnswer, op, nil)
	}
	return version, nil
}
