package support

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// mostLines is how much of a log is sent: the newest.
const mostLines = 5000

// NewLog makes of a log's text one that may be sent: of each line time, level, message and what is known to say nothing of
// anybody.
func NewLog(name, text string) Log {
	return newLog(name, text, line)
}

// NewCrash does that with what Go writes of a crash: the stacks, not what the panic said.
func NewCrash(name, text string) Log {
	return newLog(name, text, crashLine)
}

func newLog(name, text string, mask func(string) (string, bool)) Log {
	l := Log{Name: name}
	for raw := range strings.Lines(text) {
		raw = strings.TrimRight(raw, "\r\n")
		if raw == "" {
			continue
		}
		masked, ok := mask(raw)
		if !ok {
			l.LeftOut++
			continue
		}
		l.Lines = append(l.Lines, masked)
	}
	l.Lines = l.Lines[max(0, len(l.Lines)-mostLines):]
	return l
}

// kept are the attributes whose values are the program's own words, or numbers. msg is one: messages are constants.
var kept = []string{"time", "level", "msg", "remote", "method", "took", "status", "kind", "op", "transfer", "letters", "companies", "company"}

// own is how the values of kept attributes look. A name of somebody's may look so too, so the places where they are set are few.
var own = regexp.MustCompile(`^[ -~]{1,120}$`)

// line masks a line as slog's TextHandler writes it. false: it is none.
func line(raw string) (string, bool) {
	var out []string
	for rest := raw; rest != ""; {
		name, after, ok := strings.Cut(rest, "=")
		if !ok || name == "" || strings.ContainsAny(name, " \"") {
			return "", false
		}
		var value string
		if strings.HasPrefix(after, `"`) {
			quoted, err := strconv.QuotedPrefix(after)
			if err != nil {
				return "", false
			}
			value, rest = quoted, strings.TrimPrefix(after[len(quoted):], " ")
		} else {
			value, rest, _ = strings.Cut(after, " ")
		}
		out = append(out, name+"="+valueOf(name, value))
	}
	if len(out) < 3 || !strings.HasPrefix(out[0], "time=") || !strings.HasPrefix(out[1], "level=") || !strings.HasPrefix(out[2], "msg=") {
		return "", false
	}
	return strings.Join(out, " "), true
}

const hidden = "•••"

func valueOf(name, value string) string {
	switch {
	case name == "error":
		return kinds(value)
	case name == "path":
		return route(value)
	case slices.Contains(kept, name) && own.MatchString(value):
		return value
	default:
		return hidden
	}
}

// kindWord finds what may be a kind in an error's text.
var kindWord = regexp.MustCompile(`[a-z]+(-[a-z]+)*`)

// kinds gives the kinds that an error's text names: what else it says may be of anybody.
func kinds(text string) string {
	var found []string
	for _, word := range kindWord.FindAllString(text, -1) {
		if slices.Contains(domain.Kinds(), domain.Kind(word)) && !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	if len(found) == 0 {
		return hidden
	}
	return strings.Join(found, ",")
}

// segment is a word of İşbaşı's own in an address; what else stands there is an id.
var segment = regexp.MustCompile(`^(v[0-9.]+|[A-Za-z]+)$`)

// route gives an address on İşbaşı without the ids in it.
func route(path string) string {
	if !strings.HasPrefix(path, "/api/") {
		return hidden
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if p != "" && !segment.MatchString(p) {
			parts[i] = hidden
		}
	}
	return strings.Join(parts, "/")
}

// frame is how the lines of a stack look: of a function with addresses for arguments, of a place in a source file, of a goroutine,
// of a signal and of registers.
var (
	function  = regexp.MustCompile(`^(panic|(created by )?[\w./%-]+\.[\w.()*\[\]{}·-]+)(\([0-9a-fx, .{}?]*\)| in goroutine \d+)$`)
	place     = regexp.MustCompile(`^\t(?:.*/)?([\w.@-]+/[\w.-]+\.(?:go|s):\d+( \+0x[0-9a-f]+)?)$`)
	goroutine = regexp.MustCompile(`^(goroutine \d+( gp=0x[0-9a-f]+ m=\w+( mp=0x[0-9a-f]+)?)? \[[a-zA-Z0-9 ,()+-]+\]:|\[signal SIG[A-Z]+: [a-z :]+( code=0x[0-9a-f]+ addr=0x[0-9a-f]+ pc=0x[0-9a-f]+)?\]|r\w+ +0x[0-9a-f]+)$`)
	runtimes  = regexp.MustCompile(`^(panic: runtime error: [a-z \[\]0-9:%-]+|fatal error: [a-z -]+|runtime: [a-z :0-9-]+)$`)
)

// crashLine masks a line of a crash. false: it is none that is known.
func crashLine(raw string) (string, bool) {
	if in := place.FindStringSubmatch(raw); in != nil {
		return "\t" + in[1], true
	}
	switch {
	case goroutine.MatchString(raw), runtimes.MatchString(raw):
		return raw, true
	case strings.HasPrefix(raw, "panic: "):
		return "panic: " + hidden, true
	case function.MatchString(raw):
		return raw, true
	default:
		return "", false
	}
}
