package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// fields is a JSON object as it came, unknown names included.
type fields map[string]json.RawMessage

// recordID reads an id: a text or a number; null and "" are 0, a new record (isbasi-api.md §3.4).
type recordID int64

func (id *recordID) UnmarshalJSON(raw []byte) error {
	text := strings.Trim(string(raw), `"`)
	if text == "" || text == "null" {
		*id = 0
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	*id = recordID(n)
	return err
}

// read decodes the call's body, numbers as they are written.
func (c *call) read(into any) error {
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if bytes.Equal(bytes.TrimSpace(c.body), []byte("null")) {
		return errors.New("no object")
	}
	return nil
}

// query gives a parameter of the address. Its name is read without regard to case, as the server of
// the real one does: the reference has both ids= and Ids=.
func (c *call) query(name string) string {
	for have, values := range c.r.URL.Query() {
		if upper(have) == upper(name) {
			return values[0]
		}
	}
	return ""
}

// ids reads a list of ids, separated by commas.
func (c *call) ids(name string) ([]int64, bool) {
	var ids []int64
	for text := range strings.SplitSeq(c.query(name), ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return nil, false
		}
		ids = append(ids, n)
	}
	return ids, true
}
