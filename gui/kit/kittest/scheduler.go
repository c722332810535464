package kittest

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/unattended"
)

// Scheduler stands in for the system's.
type Scheduler struct {
	Is  unattended.Standing // "" is off
	Err error               // of Schedule and Unschedule
}

// Standing tells how the task stands.
func (s *Scheduler) Standing(context.Context) (unattended.Standing, error) {
	if s.Is == "" {
		return unattended.Off, nil
	}
	return s.Is, nil
}

// Schedule makes the task.
func (s *Scheduler) Schedule(context.Context) error {
	if s.Err == nil {
		s.Is = unattended.On
	}
	return s.Err
}

// Unschedule takes it away.
func (s *Scheduler) Unschedule(context.Context) error {
	if s.Err == nil {
		s.Is = unattended.Off
	}
	return s.Err
}
