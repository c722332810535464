package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// envelope is isbasi-api.md §3.1.
type envelope struct {
	Code    int     `json:"code"`
	Message *string `json:"message"`
	IsError bool    `json:"isError"`
	Data    any     `json:"data"`
	// Extra is a field that nobody documents.
	Extra *string `json:"traceId,omitempty"`
}

// ok answers data. Success is code 0 or 200 (isbasi-api.md §3.1), an empty message "" or null.
func (s *Server) ok(c *call, data any) answer {
	e := envelope{Message: new(string), Data: data}
	if !s.o.Plain {
		trace := "00-" + strconv.Itoa(c.serial)
		e.Extra = &trace
		if c.serial%2 == 0 {
			e.Code = http.StatusOK
			e.Message = nil
		}
	}
	return encode(http.StatusOK, e)
}

// refuse answers an error in the envelope.
func (s *Server) refuse(_ *call, status, code int, message string) answer {
	a := encode(status, envelope{Code: code, Message: &message, IsError: true})
	a.refusal = message
	return a
}

// business answers a generic business error: code 599, under HTTP 200 or 400 (rules.md §7).
func (s *Server) business(c *call, message string) answer {
	status := http.StatusOK
	if c.serial%2 == 0 && !s.o.Plain {
		status = http.StatusBadRequest
	}
	return s.refuse(c, status, 599, message)
}

func encode(status int, e envelope) answer {
	body, err := json.Marshal(e)
	if err != nil {
		panic(err) // our own types: a defect of the stand-in
	}
	return answer{status: status, body: body}
}

// paged answers the page of a table that the call asks for.
func paged[T, Row any](s *Server, c *call, t *table[T], row func(*call, *T) Row) answer {
	found, total, err := t.page(c.list, c.page)
	if err != nil {
		return s.invalid(c, []string{err.Error()})
	}
	rows := make([]any, len(found))
	for i, r := range found {
		rows[i] = row(c, r)
	}
	return s.listed(c, rows, total)
}

// listed wraps a page of rows: an empty one is null, and the count stands only where it was asked for.
func (s *Server) listed(c *call, rows []any, total int) answer {
	data := map[string]any{"data": rows, "extraData": nil, "count": nil}
	if len(rows) == 0 && !s.o.Plain {
		data["data"] = nil
	}
	if c.list.Count {
		data["count"] = max(total+c.countDelta, 0)
	}
	return s.ok(c, data)
}

// unreadable refuses a body that is no object of the call's kind.
func (s *Server) unreadable(c *call) answer {
	return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, "İstek okunamadı.")
}

// invalid refuses an object that breaks rules: a line for each (isbasi-api.md §3.1).
func (s *Server) invalid(c *call, messages []string) answer {
	return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, strings.Join(messages, "\n"))
}

const goneMessage = "Kayıt Numarası Bulunamadı!"

// gone answers a record that is not there.
func (s *Server) gone(c *call) answer { return s.business(c, goneMessage) }
