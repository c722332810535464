package simulation

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// network is the line of one program to the stand-in. It takes its time, in which all else of the program comes to rest: so
// everything happens in one order.
type network struct {
	*process
	machine *machine
	failed  bool // the last call
}

const (
	latency = 100 * time.Millisecond
	// grid is where calls behind one that failed begin: the program waits in between for a time that nobody can foretell.
	grid = 16 * time.Second
)

func (n *network) RoundTrip(req *http.Request) (*http.Response, error) {
	w := n.machine.world
	body, err := content(req)
	if err != nil {
		return nil, err
	}
	if n.failed {
		passes(time.Until(time.Now().Truncate(grid).Add(grid)))
	}
	passes(latency)
	if !n.step() {
		n.failed = true
		return nil, errDead
	}
	w.meanwhile(n.machine)
	mark := w.server.Mark()
	answer, text, torn := n.call(req, body)
	n.machine.sent(w.server.Since(mark))
	n.failed = torn || answer == nil || answer.StatusCode >= http.StatusBadRequest || !json.Valid(text)
	passes(latency)
	if !n.step() {
		n.failed = true
		return nil, errDead
	}
	if answer == nil {
		return nil, io.ErrUnexpectedEOF
	}
	answer.Body = io.NopCloser(io.MultiReader(bytes.NewReader(text), rest(torn)))
	return answer, nil
}

// call carries one call out and notes it; torn: the answer ends in the middle. nil: there is none.
func (n *network) call(req *http.Request, body []byte) (answer *http.Response, text []byte, torn bool) {
	w := n.machine.world
	try := req.Clone(req.Context())
	try.Body = io.NopCloser(bytes.NewReader(body))
	mark := w.server.Mark()
	answer, err := w.server.RoundTrip(try)
	status := 0
	if err == nil {
		status = answer.StatusCode
		text, err = io.ReadAll(answer.Body)
	}
	w.tell("%s %s %x %d %x", req.Method, req.URL.Path, sha256.Sum256(body), status, sha256.Sum256(text))
	n.machine.judgeWrite(req)
	if w.server.Since(mark).Spent(sandbox.CostWrite) > 0 {
		w.notes()
	}
	return answer, text, err != nil
}

func content(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer req.Body.Close()
	return io.ReadAll(req.Body)
}

// rest is how a body ends.
func rest(torn bool) io.Reader {
	if torn {
		return tear{}
	}
	return bytes.NewReader(nil)
}

type tear struct{}

func (tear) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// sent books what has reached İşbaşı in the month of İşbaşı's own clock.
func (m *machine) sent(calls sandbox.Calls) {
	month := m.world.remoteNow().In(domain.Istanbul).Format("2006-01")
	for _, k := range []sandbox.Cost{sandbox.CostRead, sandbox.CostWrite} {
		m.calls[fmt.Sprint(month, k)] += calls.Spent(k)
	}
}
