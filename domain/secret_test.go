package domain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestSecret_neverShowsItself(t *testing.T) {
	const text = "cok-gizli-anahtar-3f9a"
	s := NewSecret(text)
	type holder struct{ Key Secret }
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("signed in", "key", s, "all", holder{s})
	raw, err := json.Marshal(holder{s})
	if err != nil {
		t.Fatal(err)
	}
	for name, shown := range map[string]string{
		"%v": fmt.Sprintf("%v", holder{s}), "%+v": fmt.Sprintf("%+v", holder{s}), "%#v": fmt.Sprintf("%#v", s),
		"String": s.String(), "pointer": fmt.Sprintf("%v", &s), "json": string(raw), "slog": log.String(),
	} {
		if strings.Contains(shown, text) || !strings.Contains(shown, masked) {
			t.Errorf("%s shows %q", name, shown)
		}
	}
	if s.Reveal() != text || s.Tail() != "••••••••3f9a" || NewSecret("short").Tail() != masked {
		t.Errorf("Reveal or Tail: %q %q", s.Reveal(), s.Tail())
	}
}
