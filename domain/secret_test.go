package domain

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestSecret_neverShowsItself(t *testing.T) {
	const text = "cok-gizli-anahtar-3f9a"
	s := NewSecret(text)
	type holder struct{ Key Secret }
	hidden := struct{ key Secret }{s} // fmt calls no methods of what is not exported
	shown := map[string]string{
		"String": s.String(), "GoString": s.GoString(), "LogValue": s.LogValue().String(), "quoted": fmt.Sprintf("%q", s),
		"%v": fmt.Sprintf("%v", holder{s}), "%+v": fmt.Sprintf("%+v", holder{s}), "%#v": fmt.Sprintf("%#v", holder{s}),
		"pointer": fmt.Sprintf("%v", &s), "list": fmt.Sprint([]Secret{s}), "map": fmt.Sprint(map[string]Secret{"key": s}),
	}
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"log as text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"log as json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var log bytes.Buffer
		slog.New(handler(&log)).Info("signed in", "key", s, "all", holder{s})
		shown[name] = log.String()
	}
	for name, marshal := range map[string]func(any) ([]byte, error){"json": json.Marshal, "xml": xml.Marshal} {
		raw, err := marshal(holder{s})
		if err != nil {
			t.Fatal(err)
		}
		shown[name] = string(raw)
	}
	raw, err := json.Marshal(map[Secret]int{s: 1})
	if err != nil {
		t.Fatal(err)
	}
	shown["key of a json object"] = string(raw)
	for name, text := range shown {
		if !strings.Contains(text, masked) {
			t.Errorf("%s does not say that there is a secret: %q", name, text)
		}
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c", "%e", "%U", "%p"} {
		for name, value := range map[string]any{"secret": s, "pointer": &s, "field": holder{s}, "hidden": hidden, "hidden list": []any{[]Secret{s}, hidden}} {
			shown[name+" as "+verb] = fmt.Sprintf(verb, value)
		}
	}
	for name, out := range shown {
		for _, form := range []string{text, text[:4], fmt.Sprintf("%x", text[:4]), fmt.Sprintf("%X", text[:4]), fmt.Sprintf("%d", []byte(text[:4]))} {
			if strings.Contains(out, form) {
				t.Errorf("%s shows %q", name, out)
			}
		}
	}
}

func TestSecret_isGivenToWhoRevealsIt(t *testing.T) {
	t.Parallel()
	for text, tail := range map[string]string{
		"": masked, "kısa": masked, "onbirharf-1": masked, "oniki-harf-ğ": "••••••••rf-ğ", "cok-gizli-anahtar-3f9a": "••••••••3f9a",
	} {
		s := NewSecret(text)
		if s.Reveal() != text || s.Tail() != tail || s.Empty() != (text == "") {
			t.Errorf("%q: reveals %q, shows %q, empty %v", text, s.Reveal(), s.Tail(), s.Empty())
		}
		if s != NewSecret(text) || (s == Secret{}) != (text == "") || s == NewSecret(text+" ") {
			t.Errorf("%q: equal texts are equal secrets, and no others", text)
		}
	}
}

// What comes along unseen when a secret is pasted or saved is none of it; what may be meant stays.
func TestTypedSecret_losesLineEndsAndWhatSurroundsIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"s3cret\n": "s3cret", "s3cret\r\n": "s3cret", "s3cret\r ": "s3cret", "\ufeffs3cret": "s3cret", "\u200b\u00a0s3cret\u00a0\u2060": "s3cret",
		"\t s3cret \t": "s3cret", "s3\r\ncret": "s3cret", "s3\u2028cret\u2029": "s3cret", "s3cret\x00": "s3cret", "çok gizli parola": "çok gizli parola",
		"a\tb": "a\tb", "\u00e7": "\u00e7", "c\u0327": "c\u0327", "": "", " \r\n\u200b": "",
	} {
		if got := TypedSecret(text); got.Reveal() != want || got.Empty() != (want == "") {
			t.Errorf("%q became %q, want %q", text, got.Reveal(), want)
		}
	}
}
