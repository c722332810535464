package schedule

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// tasks are those of the Task Scheduler of Windows, made by schtasks.exe of a definition
// (learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema). Tasks of all persons of a machine share their names, so that the
// person's SID is in it. Its answers are in the system's language: only its exit code and what is ASCII of the definition count.
type tasks struct {
	Task
	person
	run Run
}

// definition is a task as the scheduler reads it; the order of the elements is its schema's.
type definition struct {
	XMLName xml.Name `xml:"http://schemas.microsoft.com/windows/2004/02/mit/task Task"`
	Version string   `xml:"version,attr"`

	Source      string `xml:"RegistrationInfo>Source"`
	Description string `xml:"RegistrationInfo>Description"`

	LogonUser  string `xml:"Triggers>LogonTrigger>UserId"`
	LogonDelay string `xml:"Triggers>LogonTrigger>Delay"`
	Every      string `xml:"Triggers>TimeTrigger>Repetition>Interval"`
	Start      string `xml:"Triggers>TimeTrigger>StartBoundary"`
	Spread     string `xml:"Triggers>TimeTrigger>RandomDelay"`

	Principal struct {
		ID        string `xml:"id,attr"`
		User      string `xml:"UserId"`
		LogonType string `xml:"LogonType"`
		RunLevel  string `xml:"RunLevel"`
	} `xml:"Principals>Principal"`

	Instances     string `xml:"Settings>MultipleInstancesPolicy"`
	NotOnBattery  bool   `xml:"Settings>DisallowStartIfOnBatteries"`
	StopOnBattery bool   `xml:"Settings>StopIfGoingOnBatteries"`
	CatchUp       bool   `xml:"Settings>StartWhenAvailable"`
	NeedsNetwork  bool   `xml:"Settings>RunOnlyIfNetworkAvailable"`
	Enabled       bool   `xml:"Settings>Enabled"`
	Limit         string `xml:"Settings>ExecutionTimeLimit"`
	Priority      int    `xml:"Settings>Priority"`

	Actions struct {
		Context   string `xml:"Context,attr"`
		Command   string `xml:"Exec>Command"`
		Arguments string `xml:"Exec>Arguments"`
	} `xml:"Actions"`
}

func (s tasks) name() string { return "Sopyo" + s.suffix() + "-" + s.id }

func (s tasks) definition() (text []byte, mark string, err error) {
	d := definition{
		Version: "1.2", Description: description, LogonUser: s.id, LogonDelay: "PT2M",
		Every: "PT1H", Start: "2026-01-01T00:00:00", Spread: "PT10M",
		Instances: "IgnoreNew", CatchUp: true, NeedsNetwork: true, Enabled: true, Limit: "PT1H", Priority: 7,
	}
	d.Principal.ID, d.Principal.User, d.Principal.LogonType, d.Principal.RunLevel = "Author", s.id, "InteractiveToken", "LeastPrivilege"
	d.Actions.Context, d.Actions.Command = "Author", s.Program
	var words []string
	for _, a := range s.Args {
		words = append(words, argument(a))
	}
	d.Actions.Arguments = strings.Join(words, " ")
	if text, err = xml.Marshal(d); err != nil {
		return nil, "", failed("describe the task", err)
	}
	sum := sha256.Sum256(text)
	d.Source = "sopyoctl " + hex.EncodeToString(sum[:8]) // by which it is known again whatever the answer makes of Turkish letters
	if text, err = xml.MarshalIndent(d, "", "  "); err != nil {
		return nil, "", failed("describe the task", err)
	}
	return text, d.Source, nil
}

// argument puts a word in quotes as CommandLineToArgvW reads them; no path of Windows holds a quote.
func argument(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t") {
		return s
	}
	bare := strings.TrimRight(s, `\`)
	return `"` + s + strings.Repeat(`\`, len(s)-len(bare)) + `"`
}

// inUTF16 is a file as schtasks reads it: with a mark of its byte order, as its own exports have.
func inUTF16(text []byte) []byte {
	units := utf16.Encode([]rune("\ufeff<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n" + string(text)))
	file := make([]byte, 0, 2*len(units))
	for _, u := range units {
		file = binary.LittleEndian.AppendUint16(file, u)
	}
	return file
}

func (s tasks) standing(ctx context.Context) (unattended.Standing, error) {
	_, mark, err := s.definition()
	if err != nil {
		return "", err
	}
	answer, err := s.run(ctx, "schtasks", "/query", "/tn", s.name(), "/xml")
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		return unattended.Off, nil
	case errors.Is(err, context.DeadlineExceeded):
		return "", failed("look for the task", err)
	case err != nil:
		return unattended.None, nil // there is no schtasks
	}
	answer = bytes.ReplaceAll(answer, []byte{0}, nil) // UTF-16, or the console's code page
	if !bytes.Contains(answer, []byte(mark)) || bytes.Contains(answer, []byte("<Enabled>false</Enabled>")) {
		return unattended.Other, nil
	}
	return unattended.On, nil
}

func (s tasks) schedule(ctx context.Context) (err error) {
	const op = "make the task"
	for _, w := range append([]string{s.Program}, s.Args...) {
		if err := variables(w); err != nil {
			return err
		}
	}
	text, _, err := s.definition()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(s.temp, "sopyo")
	if err != nil {
		return disk.Failed(op, err)
	}
	defer func() { _ = disk.RemoveAll(folder) }()
	file := filepath.Join(folder, "task.xml")
	if err := put(map[string]string{file: string(inUTF16(text))}); err != nil {
		return err
	}
	answer, err := s.run(ctx, "schtasks", "/create", "/tn", s.name(), "/xml", file, "/f")
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return unavailable(op, err)
	case err != nil:
		return failed(op, errors.Join(err, errors.New(strings.ToValidUTF8(string(answer), "?"))))
	}
	return nil
}

func (s tasks) unschedule(ctx context.Context) error {
	if is, err := s.standing(ctx); err != nil || is == unattended.Off || is == unattended.None {
		return err
	}
	if _, err := s.run(ctx, "schtasks", "/delete", "/tn", s.name(), "/f"); err != nil {
		return failed("remove the task", err)
	}
	return nil
}

// variables refuses a path in which the scheduler would put the value of a variable: it knows no way to write %TEMP% itself.
func variables(path string) error {
	parts := strings.Split(path, "%")
	for i := 1; i < len(parts)-1; i++ {
		if _, set := os.LookupEnv(parts[i]); set && parts[i] != "" {
			return domain.Invalid("data", "path-variable")
		}
	}
	return nil
}
