// Package smtptest is a small mail server on loopback for tests: it keeps the letters it takes, wants a
// sign-in or TLS if told so, and misbehaves by script. It delivers nothing.
package smtptest

import (
	"bufio"
	"cmp"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"sync"
)

// Options are how a server behaves. The zero value takes everything, without TLS and sign-in.
type Options struct {
	TLS            *tls.Config // offers STARTTLS
	Implicit       bool        // TLS from the first byte
	User, Password string      // "": no sign-in is wanted
	Ways           string      // of signing in that are offered; "": PLAIN LOGIN
	Impostor       bool        // does not know the password: what a SCRAM client is given as proof is none
	// Answer replaces the answer to a command ("MAIL", "RCPT", "DATA", "AUTH", "AUTH PLAIN" for one way, "END" for the
	// end of a letter); "" leaves it, "drop" breaks the line off.
	Answer func(command string) string
}

// Letter is one letter as it arrived.
type Letter struct {
	From, To string
	Data     string
	Secure   bool
}

// Server is a running server.
type Server struct {
	Host string
	Port int

	listener net.Listener
	mu       sync.Mutex
	options  Options
	letters  []Letter
	lines    []string
	open     map[net.Conn]bool
	closed   bool
	wg       sync.WaitGroup
}

// New starts a server on a free port of loopback.
func New(o Options) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") // a test's server lives until Close
	if err != nil {
		return nil, err
	}
	addr, ok := listener.Addr().(*net.TCPAddr)
	if !ok {
		return nil, errors.Join(errors.New("no TCP address"), listener.Close())
	}
	s := &Server{Host: "127.0.0.1", Port: addr.Port, listener: listener, options: o, open: map[net.Conn]bool{}}
	s.wg.Go(s.accept)
	return s, nil
}

// Close ends the server and every conversation.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	_ = s.listener.Close()
	for c := range s.open {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}

// Letters gives the letters taken so far.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter(nil), s.letters...)
}

// Heard gives every line that clients have said outside of letters.
func (s *Server) Heard() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.lines...)
}

func (s *Server) hear(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, strings.TrimSpace(line))
}

// Change changes how the server behaves from now on.
func (s *Server) Change(change func(*Options)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.options)
}

func (s *Server) now() Options {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.options
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		if s.closed {
			_ = conn.Close()
		} else {
			s.open[conn] = true
			s.wg.Go(func() { s.serve(conn) })
		}
		s.mu.Unlock()
	}
}

// talk is one conversation.
type talk struct {
	s              *Server
	conn           net.Conn
	in             *bufio.Reader
	secure, signed bool
	from, to       string
}

func (s *Server) serve(conn net.Conn) {
	defer func() {
		_ = conn.Close()
		s.mu.Lock()
		delete(s.open, conn)
		s.mu.Unlock()
	}()
	t := &talk{s: s, conn: conn}
	if o := s.now(); o.Implicit {
		t.conn, t.secure = tls.Server(conn, o.TLS), true
	}
	t.in = bufio.NewReader(t.conn)
	if !t.say("220 smtptest ESMTP") {
		return
	}
	for {
		line, err := t.in.ReadString('\n')
		if err != nil {
			return
		}
		s.hear(line)
		if !t.answer(strings.TrimSpace(line)) {
			return
		}
	}
}

func (t *talk) say(lines ...string) bool {
	_, err := t.conn.Write([]byte(strings.Join(lines, "\r\n") + "\r\n"))
	return err == nil
}

// scripted gives the script's answer to a command; ok is false when there is none.
func (t *talk) scripted(command string) (goesOn, ok bool) {
	o := t.s.now()
	if o.Answer == nil {
		return true, false
	}
	switch said := o.Answer(command); said {
	case "":
		return true, false
	case "drop":
		return false, true
	default:
		return t.say(said), true
	}
}

func (t *talk) answer(line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	o := t.s.now()
	if goesOn, ok := t.scripted(verb); ok {
		return goesOn
	}
	switch verb {
	case "EHLO":
		answer := []string{"250-smtptest", "250-8BITMIME"}
		if o.TLS != nil && !t.secure {
			answer = append(answer, "250-STARTTLS")
		}
		if o.User != "" {
			answer = append(answer, "250-AUTH "+cmp.Or(o.Ways, "PLAIN LOGIN"))
		}
		return t.say(append(answer, "250 SIZE 30000000")...)
	case "HELO", "RSET", "NOOP":
		return t.say("250 OK")
	case "STARTTLS":
		if !t.say("220 go ahead") {
			return false
		}
		t.conn, t.secure = tls.Server(t.conn, o.TLS), true
		t.in = bufio.NewReader(t.conn)
		return true
	case "AUTH":
		way, _, _ := strings.Cut(rest, " ")
		if goesOn, ok := t.scripted("AUTH " + way); ok {
			return goesOn
		}
		return t.auth(rest, o)
	case "MAIL":
		if o.User != "" && !t.signed {
			return t.say("530 5.7.0 authentication required")
		}
		t.from = address(rest)
		return t.say("250 2.1.0 OK")
	case "RCPT":
		t.to = address(rest)
		return t.say("250 2.1.5 OK")
	case "DATA":
		return t.data()
	case "QUIT":
		t.say("221 bye")
		return false
	default:
		return t.say("502 5.5.1 not here")
	}
}

func (t *talk) data() bool {
	if !t.say("354 go ahead") {
		return false
	}
	var data strings.Builder
	for {
		line, err := t.in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		data.WriteString(strings.TrimPrefix(line, "."))
	}
	// What the script says comes after the letter is there: a server may have it and not say so.
	t.s.mu.Lock()
	t.s.letters = append(t.s.letters, Letter{From: t.from, To: t.to, Data: data.String(), Secure: t.secure})
	t.s.mu.Unlock()
	if goesOn, ok := t.scripted("END"); ok {
		return goesOn
	}
	return t.say("250 2.0.0 Ok: queued as TEST1")
}

func address(rest string) string {
	_, rest, _ = strings.Cut(rest, "<")
	a, _, _ := strings.Cut(rest, ">")
	return a
}
