package schedule

import (
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf16"

	"howett.net/plist"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
)

// TestMain lets the test's own program be one that ends with a code, for errors of programs.
func TestMain(m *testing.M) {
	if os.Getenv("SCHEDULE_TEST_FAILS") != "" {
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// computer takes down what is begun on it.
type computer struct {
	t     *testing.T
	p     person
	calls []string
	fails map[string]error // by the beginning of a call
	says  string           // to every question
	file  []byte           // that schtasks was given
}

func newComputer(t *testing.T) *computer {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Ayşe Öz")
	return &computer{t: t, fails: map[string]error{}, p: person{
		home: dir, config: filepath.Join(dir, ".config"), temp: t.TempDir(), id: "S-1-5-21-7",
	}}
}

// A system that does not answer says nothing: neither that there is a task nor that there is none.
func TestScheduler_givesUpASystemThatDoesNotAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, goos := range []string{"windows", "darwin", "linux"} {
			began := time.Now()
			s := of(goos, Task{Program: "/p/sopyoctl"}, person{home: t.TempDir(), config: t.TempDir(), data: t.TempDir(), temp: t.TempDir(), id: "1"}, limited(func(ctx context.Context, _ string, _ ...string) ([]byte, error) {
				<-ctx.Done()
				return nil, &exec.ExitError{}
			}))
			if st, err := s.Standing(t.Context()); err == nil && goos == "windows" || time.Since(began) > 2*answerWithin {
				t.Errorf("%s: %q, %v after %v", goos, st, err, time.Since(began))
			}
		}
	})
	out, err := limited(func(context.Context, string, ...string) ([]byte, error) { return []byte("x"), errors.ErrUnsupported })(t.Context(), "")
	if string(out) != "x" || !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("%q, %v", out, err)
	}
}

func (c *computer) run(_ context.Context, name string, args ...string) ([]byte, error) {
	call := strings.Join(append([]string{name}, args...), " ")
	if i := slices.Index(args, "/xml"); i >= 0 && i+1 < len(args) {
		if raw, err := os.ReadFile(args[i+1]); err == nil {
			c.file = raw
			call = strings.ReplaceAll(call, args[i+1], "FILE")
		}
	}
	c.calls = append(c.calls, call)
	for begin, err := range c.fails {
		if strings.HasPrefix(call, begin) {
			return nil, err
		}
	}
	return []byte(c.says), nil
}

// ended is how a program ends that says no.
func ended(t *testing.T) error {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "SCHEDULE_TEST_FAILS=1")
	err := cmd.Run()
	if exit := new(exec.ExitError); !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return err
}

// hard are paths and words that mean something to one of the systems.
var hard = []string{
	`/opt/Şirket Dosyaları İĞÜ/sopyoctl`, `/opt/%50 & %h <b>/sopyoctl`, `/opt/"a" 'b'/sopyoctl`, `/opt/$HOME/${x}/sopyoctl`, `/opt/a\b\n\x41/sopyoctl`,
	`C:\Users\Ayşe Öz\Sopyo Masaüstü\sopyo.exe`, `C:\ends with one\`, `C:\ends\`, `;#=`, `&&`, `]]>`,
}

func taskOf(words ...string) Task {
	return Task{Program: words[0], Args: words[1:]}
}

// on is that computer's scheduler of a program, which is there.
func (c *computer) on(goos string, t Task) system { return of(goos, t, c.p, c.run).system }

func TestTimers_sayWhatIsMeant(t *testing.T) {
	for _, word := range hard {
		s := timers{taskOf(word, "--data", word, "work"), newComputer(t).p, nil}
		s.data = word
		for path, text := range s.files() {
			for _, l := range strings.Split(text, "\n") {
				key, value, _ := strings.Cut(l, "=")
				switch key {
				case "ExecStart":
					got := unquoted(t, strings.TrimPrefix(value, ":"))
					if strings.ContainsAny(word, `"\`) && got[0] == "/usr/bin/env" {
						got = got[1:]
					}
					if !slices.Equal(got, []string{word, "--data", word, "work"}) {
						t.Errorf("%s: %q", l, got)
					}
					if strings.HasPrefix(value, ":") != strings.Contains(word, "$") {
						t.Error(l)
					}
				case "Environment":
					if got := unquoted(t, value); !slices.Equal(got, []string{"XDG_DATA_HOME=" + word}) {
						t.Errorf("%s: %q", l, got)
					}
				case "ConditionFileIsExecutable":
					if got := strings.ReplaceAll(value, "%%", "%"); got != word || strings.Count(value, "%") != 2*strings.Count(word, "%") {
						t.Error(l)
					}
				}
			}
			if filepath.Dir(path) != filepath.Join(s.config, "systemd", "user") {
				t.Error(path)
			}
		}
	}
}

// unquoted reads the words of a line as systemd.syntax(7) says.
func unquoted(t *testing.T, l string) (words []string) {
	t.Helper()
	for l != "" {
		if l[0] != '"' {
			t.Fatalf("no quote: %s", l)
		}
		var w strings.Builder
		for l = l[1:]; l[0] != '"'; l = l[1:] {
			if l[0] == '\\' || l[0] == '%' {
				if l[0] == '%' && l[1] != '%' || l[0] == '\\' && l[1] != '\\' && l[1] != '"' {
					t.Fatalf("it means something: %s", l)
				}
				l = l[1:]
			}
			w.WriteByte(l[0])
		}
		words = append(words, w.String())
		l = strings.TrimPrefix(l[1:], " ")
	}
	return words
}

// What systemd itself says of the units, where there is one.
func TestTimers_areUnitsForSystemd(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil || runtime.GOOS != "linux" {
		t.Skip("no systemd-analyze")
	}
	c := newComputer(t)
	for _, name := range []string{"Şirket Dosyaları", "%50 & x", `a "b" 'c'`, "$HOME", `a\b`} {
		program := filepath.Join(c.p.home, name, "sopyoctl")
		if err := os.MkdirAll(filepath.Dir(program), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		s := timers{taskOf(program, "--data", c.p.home, "work"), c.p, nil}
		if err := put(s.files()); err != nil {
			t.Fatal(err)
		}
		var units []string
		for path := range s.files() {
			units = append(units, path)
		}
		cmd := exec.CommandContext(t.Context(), "systemd-analyze", append([]string{"verify", "--user"}, units...)...)
		cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+t.TempDir(), "HOME="+c.p.home)
		out, err := cmd.CombinedOutput()
		for _, l := range strings.Split(string(out), "\n") {
			if strings.Contains(l, "sopyo") {
				t.Errorf("%s: %s", name, l)
			}
		}
		if err != nil && len(out) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAgents_sayWhatIsMeant(t *testing.T) {
	for _, word := range hard {
		s := agents{taskOf(word, "--data", word, "work"), newComputer(t).p, nil}
		files, err := s.files()
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if _, err := plist.Unmarshal([]byte(files[s.path()]), &got); err != nil {
			t.Fatal(err)
		}
		words, _ := got["ProgramArguments"].([]any)
		if !slices.Equal(words, []any{word, "--data", word, "work"}) || got["Label"] != "com.sopyo.desktop.work" || got["RunAtLoad"] != true || got["StartInterval"] != uint64(3600) {
			t.Errorf("%v", got)
		}
		if filepath.Base(s.path()) != "com.sopyo.desktop.work.plist" || !strings.Contains(files[s.path()], "<!DOCTYPE plist") {
			t.Errorf("%s: %s", s.path(), files[s.path()])
		}
	}
}

// read gives the task of a file as the scheduler of Windows would read it.
func read(t *testing.T, file []byte) (d definition) {
	t.Helper()
	var units []uint16
	for i := 0; i+1 < len(file); i += 2 {
		units = append(units, binary.LittleEndian.Uint16(file[i:]))
	}
	text := string(utf16.Decode(units))
	head := "\ufeff<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n"
	if !strings.HasPrefix(text, head) {
		t.Fatalf("%.80q", text)
	}
	if err := xml.Unmarshal([]byte(strings.TrimPrefix(text, head)), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTasks_sayWhatIsMeant(t *testing.T) {
	for _, word := range hard {
		if strings.Contains(word, `"`) { // no path of Windows does
			continue
		}
		c := newComputer(t)
		if err := c.on("windows", taskOf(word, "--data", word, "work")).schedule(t.Context()); err != nil {
			t.Fatal(err)
		}
		d := read(t, c.file)
		if d.Actions.Command != word || d.LogonUser != c.p.id || d.Principal.User != c.p.id || d.Principal.RunLevel != "LeastPrivilege" ||
			d.Principal.LogonType != "InteractiveToken" || d.Description != description || d.Limit != "PT1H" || !d.Enabled || d.NotOnBattery {
			t.Errorf("%+v", d)
		}
		quoted := word
		if strings.Contains(word, " ") {
			quoted = `"` + word + `"`
			if strings.HasSuffix(word, `\`) {
				quoted = `"` + word + `\"` // else the quote would be the path's
			}
		}
		if d.Actions.Arguments != "--data "+quoted+" work" {
			t.Errorf("%s", d.Actions.Arguments)
		}
		if want := []string{"schtasks /create /tn Sopyo-S-1-5-21-7 /xml FILE /f"}; !slices.Equal(c.calls, want) {
			t.Errorf("%q", c.calls)
		}
		if left, err := os.ReadDir(c.p.temp); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
}

func TestTasks_refuseAPathThatTheSchedulerWouldRead(t *testing.T) {
	t.Setenv("SOPYO_HERE", "x")
	c := newComputer(t)
	for path, refused := range map[string]bool{
		`C:\%SOPYO_HERE%\s.exe`: true, `C:\a%SOPYO_HERE%b\s.exe`: true, `C:\%1%SOPYO_HERE%\s.exe`: true, `C:\%SOPYO_NOWHERE%\s.exe`: false,
		`C:\%SOPYO_HERE\s.exe`: false, `C:\100%%\s.exe`: false,
	} {
		if err := c.on("windows", taskOf(path)).schedule(t.Context()); (domain.KindOf(err) == domain.KindInvalid) != refused {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestAgents_refuseAPlaceThatIsGoneTomorrow(t *testing.T) {
	for program, refused := range map[string]bool{
		"/private/var/folders/x/AppTranslocation/7/d/Sopyo.app/Contents/MacOS/sopyoctl": true, "/Volumes/Sopyo/Sopyo.app/Contents/MacOS/sopyoctl": true,
		"/Applications/Sopyo.app/Contents/MacOS/sopyoctl": false, "/Volumes/Depo/Sopyo.app/Contents/MacOS/sopyoctl": false,
	} {
		c := newComputer(t)
		if err := c.on("darwin", taskOf(program, "work")).schedule(t.Context()); (domain.KindOf(err) == domain.KindInvalid) != refused || refused != (len(c.calls) == 0) {
			t.Errorf("%s: %v, %q", program, err, c.calls)
		}
	}
}

func TestScheduler_refusesWhatIsNotThere(t *testing.T) {
	for _, goos := range []string{"windows", "darwin", "linux"} {
		c := newComputer(t)
		s := of(goos, taskOf(filepath.Join(t.TempDir(), "sopyoctl"), "work"), c.p, c.run)
		if err := s.Schedule(t.Context()); domain.KindOf(err) != domain.KindNotFound || len(c.calls) > 0 {
			t.Errorf("%s: %v, %q", goos, err, c.calls)
		}
		if err := s.Unschedule(t.Context()); err != nil {
			t.Errorf("%s, off: %v", goos, err)
		}
		s = of(goos, taskOf(os.Args[0], "--data", "/veri\nExecStart=b"), c.p, c.run)
		if err := s.Schedule(t.Context()); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v", goos, err)
		}
		s = of(goos, taskOf(os.Args[0], "work"), c.p, c.run)
		if err := s.Schedule(t.Context()); err != nil {
			t.Errorf("%s: %v", goos, err)
		}
	}
}

func TestScheduler_isOnAndOffAndOn(t *testing.T) {
	for goos, c := range map[string]struct {
		calls []string // of on, and of off
		files int
	}{
		"linux": {[]string{
			"systemctl --user show --property=Version", "systemctl --user daemon-reload", "systemctl --user enable --quiet sopyo.timer",
			"systemctl --user restart sopyo.timer", "systemctl --user disable --now --quiet sopyo.timer", "systemctl --user daemon-reload",
		}, 2},
		"darwin": {[]string{
			"launchctl bootout gui/S-1-5-21-7/com.sopyo.desktop.work", "launchctl enable gui/S-1-5-21-7/com.sopyo.desktop.work",
			"launchctl bootstrap gui/S-1-5-21-7 HOME/Library/LaunchAgents/com.sopyo.desktop.work.plist",
			"launchctl bootout gui/S-1-5-21-7/com.sopyo.desktop.work",
		}, 1},
	} {
		t.Run(goos, func(t *testing.T) {
			pc := newComputer(t)
			s := pc.on(goos, taskOf("/opt/sopyo/sopyoctl", "work"))
			is := func(want unattended.Standing) {
				t.Helper()
				if got, err := s.standing(t.Context()); err != nil || got != want {
					t.Errorf("%s, %v; want %s", got, err, want)
				}
			}
			is(unattended.Off)
			pc.calls = nil
			if err := s.schedule(t.Context()); err != nil {
				t.Fatal(err)
			}
			calls := pc.calls
			is(unattended.On)
			moved := pc.on(goos, taskOf("/opt/other/sopyoctl", "work"))
			if got, err := moved.standing(t.Context()); err != nil || got != unattended.Other {
				t.Errorf("of another copy: %s, %v", got, err)
			}
			apart := taskOf("/opt/sopyo/sopyoctl", "work")
			apart.Folder = "/veri"
			if got, err := pc.on(goos, apart).standing(t.Context()); err != nil || got != unattended.Off {
				t.Errorf("of another folder: %s, %v", got, err)
			}
			pc.fails = map[string]error{"systemctl --user is-enabled": ended(t), "launchctl print": ended(t)}
			is(unattended.Other)
			pc.fails, pc.calls = nil, nil
			if err := s.unschedule(t.Context()); err != nil {
				t.Fatal(err)
			}
			calls = append(calls, pc.calls...)
			for i, call := range calls {
				calls[i] = strings.ReplaceAll(filepath.ToSlash(call), filepath.ToSlash(pc.p.home), "HOME")
			}
			if !slices.Equal(calls, c.calls) {
				t.Errorf("%q", calls)
			}
			is(unattended.Off)
			if err := s.unschedule(t.Context()); err != nil {
				t.Errorf("off again: %v", err)
			}
		})
	}
}

func TestTasks_areKnownByTheirMark(t *testing.T) {
	c := newComputer(t)
	task := taskOf(`C:\Şirket\sopyo.exe`, "work")
	s := c.on("windows", task)
	if err := s.schedule(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, mark, err := tasks{task, c.p, nil}.definition()
	if err != nil {
		t.Fatal(err)
	}
	for name, q := range map[string]struct {
		says string
		err  error
		want unattended.Standing
	}{
		"as it was made":         {says: string(c.file), want: unattended.On},
		"in a code page":         {says: "<Source>" + mark + "</Source><Command>C:\\\x8deirket\\sopyo.exe</Command>", want: unattended.On},
		"of another copy":        {says: "<Source>sopyoctl 0123456789abcdef</Source>", want: unattended.Other},
		"switched off by hand":   {says: "<Source>" + mark + "</Source><Enabled>false</Enabled>", want: unattended.Other},
		"none":                   {err: ended(t), want: unattended.Off},
		"no scheduler to be had": {err: exec.ErrNotFound, want: unattended.None},
	} {
		c.says, c.fails = q.says, map[string]error{}
		if q.err != nil {
			c.fails["schtasks /query"] = q.err
		}
		if got, err := s.standing(t.Context()); err != nil || got != q.want {
			t.Errorf("%s: %s, %v", name, got, err)
		}
		c.calls = nil
		if err := s.unschedule(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if deleted := slices.Contains(c.calls, "schtasks /delete /tn Sopyo-S-1-5-21-7 /f"); deleted == (q.err != nil) {
			t.Errorf("%s: %q", name, c.calls)
		}
	}
}

func TestScheduler_saysWhatGoesWrong(t *testing.T) {
	no := ended(t)
	for name, c := range map[string]struct {
		goos  string
		fails map[string]error
		on    domain.Kind
		off   domain.Kind
	}{
		"no systemd of the person": {"linux", map[string]error{"systemctl": no}, domain.KindUnavailable, ""},
		"a timer that is refused":  {"linux", map[string]error{"systemctl --user enable": no}, domain.KindInternal, ""},
		"an agent that is refused": {"darwin", map[string]error{"launchctl bootstrap": no}, domain.KindInternal, ""},
		"a task that is refused":   {"windows", map[string]error{"schtasks /create": no, "schtasks /delete": no}, domain.KindInternal, domain.KindInternal},
		"no Task Scheduler":        {"windows", map[string]error{"schtasks": exec.ErrNotFound}, domain.KindUnavailable, ""},
	} {
		t.Run(name, func(t *testing.T) {
			pc := newComputer(t)
			pc.fails = c.fails
			s := pc.on(c.goos, taskOf("/opt/sopyoctl", "work"))
			if err := s.schedule(t.Context()); domain.KindOf(err) != c.on {
				t.Errorf("on: %v", err)
			}
			if err := s.unschedule(t.Context()); domain.KindOf(err) != c.off {
				t.Errorf("off: %v", err)
			}
		})
	}
	pc := newComputer(t)
	pc.fails["systemctl"] = no
	if is, err := pc.on("linux", taskOf("/opt/sopyoctl")).standing(t.Context()); err != nil || is != unattended.None {
		t.Errorf("%s, %v", is, err)
	}
	if err := os.MkdirAll(filepath.Dir(pc.p.config), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(pc.p.config, nil, 0o600); err != nil { // a file where the folder belongs
		t.Fatal(err)
	}
	pc.fails = nil
	if err := pc.on("linux", taskOf("/opt/sopyoctl")).schedule(t.Context()); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
}

func TestNew_isOfThisSystem(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", "relative")
	s, err := New(taskOf("/opt/sopyoctl"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Standing(t.Context()); err != nil {
		t.Error(err)
	}
	if identity() == "" {
		t.Error("nobody")
	}
}

func TestBeside_beginsWhatLiesInTheFolder(t *testing.T) {
	t.Parallel()
	const other = "/home/ayşe/veri ğ & 1"
	for name, c := range map[string]struct {
		goos    string
		there   []string
		data    string
		program string
		args    []string
	}{
		"linux":                      {"linux", []string{"sopyo", "sopyoctl"}, "", "sopyoctl", []string{"work"}},
		"macOS":                      {"darwin", []string{"sopyo", "sopyoctl"}, "", "sopyoctl", []string{"work"}},
		"Windows, without a console": {"windows", []string{"sopyo.exe", "sopyoctl.exe"}, "", "sopyo.exe", []string{"--background"}},
		"Windows, sopyoctl alone":    {"windows", []string{"sopyoctl.exe"}, "", "sopyoctl.exe", []string{"work"}},
		"Windows, the window alone":  {"windows", []string{"sopyo.exe"}, "", "sopyoctl.exe", []string{"work"}},
		"another folder":             {"linux", []string{"sopyoctl"}, other, "sopyoctl", []string{"--data", other, "work"}},
		"another folder on Windows":  {"windows", []string{"sopyo.exe", "sopyoctl.exe"}, other, "sopyo.exe", []string{"--data", other, "--background"}},
	} {
		folder := t.TempDir()
		for _, program := range c.there {
			if err := os.WriteFile(filepath.Join(folder, program), nil, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		got, want := Beside(c.goos, folder, c.data), Task{Program: filepath.Join(folder, c.program), Args: c.args, Folder: c.data}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}
