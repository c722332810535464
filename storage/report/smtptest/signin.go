package smtptest

import (
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // CRAM-MD5 is what old servers speak
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // so is SCRAM-SHA-1
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"hash"
	"net"
	"strings"
)

// auth takes a sign-in by one of the ways: PLAIN (RFC 4616), LOGIN, CRAM-MD5 (RFC 2195), SCRAM-SHA-1 (RFC 5802) and
// SCRAM-SHA-256 (RFC 7677).
func (t *talk) auth(rest string, o Options) bool {
	way, first, _ := strings.Cut(rest, " ")
	var err error
	switch way {
	case "PLAIN":
		var raw []byte
		raw, err = base64.StdEncoding.DecodeString(first)
		t.signed = string(raw) == "\x00"+o.User+"\x00"+o.Password
	case "LOGIN":
		t.signed, err = t.login(o)
	case "CRAM-MD5":
		t.signed, err = t.cram(o)
	case "SCRAM-SHA-1":
		t.signed, err = t.scram(o, sha1.New)
	case "SCRAM-SHA-256":
		t.signed, err = t.scram(o, sha256.New)
	}
	switch {
	case err != nil:
		return t.say("501 5.5.2 " + err.Error())
	case t.signed:
		return t.say("235 2.7.0 accepted")
	default:
		return t.say("535 5.7.8 user or password is wrong")
	}
}

func (t *talk) login(o Options) (bool, error) {
	user, err := t.ask("User Name")
	if err != nil {
		return false, err
	}
	password, err := t.ask("Password")
	return user == o.User && password == o.Password, err
}

func (t *talk) cram(o Options) (bool, error) {
	challenge := "<" + rand.Text() + "@smtptest>"
	said, err := t.ask(challenge)
	return said == o.User+" "+fmt.Sprintf("%x", mac(md5.New, []byte(o.Password), challenge)), err
}

// scram answers the two messages of a client, and proves with the second answer that it knows the password too.
func (t *talk) scram(o Options, h func() hash.Hash) (bool, error) {
	const iterations = 4096
	first, err := t.ask("")
	if err != nil {
		return false, err
	}
	bare, ok := strings.CutPrefix(first, "n,,")
	user, nonce, found := strings.Cut(bare, ",r=")
	if !ok || !found {
		return false, fmt.Errorf("no first message: %q", first)
	}
	salt := []byte(rand.Text())
	nonce += rand.Text()
	challenge := fmt.Sprintf("r=%s,s=%s,i=%d", nonce, base64.StdEncoding.EncodeToString(salt), iterations)
	final, err := t.ask(challenge)
	if err != nil {
		return false, err
	}
	without, proof, _ := strings.Cut(final, ",p=")
	if without != "c=biws,r="+nonce {
		return false, fmt.Errorf("no final message: %q", final)
	}
	salted, err := pbkdf2.Key(h, o.Password, salt, iterations, h().Size())
	if err != nil {
		return false, err
	}
	exchange := bare + "," + challenge + "," + without
	client := mac(h, salted, "Client Key")
	stored := h()
	stored.Write(client)
	subtle.XORBytes(client, client, mac(h, stored.Sum(nil), exchange))
	quoted := strings.NewReplacer("=", "=3D", ",", "=2C").Replace(o.User) // RFC 5802 §5.1
	if user != "n="+quoted || proof != base64.StdEncoding.EncodeToString(client) {
		return false, nil
	}
	known := salted
	if o.Impostor {
		known = []byte("another")
	}
	_, err = t.ask("v=" + base64.StdEncoding.EncodeToString(mac(h, mac(h, known, "Server Key"), exchange)))
	return true, err
}

func mac(h func() hash.Hash, key []byte, message string) []byte {
	m := hmac.New(h, key)
	m.Write([]byte(message))
	return m.Sum(nil)
}

// ask asks for one thing of a sign-in.
func (t *talk) ask(what string) (string, error) {
	if !t.say("334 " + base64.StdEncoding.EncodeToString([]byte(what))) {
		return "", net.ErrClosed
	}
	line, err := t.in.ReadString('\n')
	if err != nil {
		return "", err
	}
	t.s.hear(line)
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
	return string(raw), err
}
