package transfers

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// work works on job as the flags ask, see follow.
func (c commands) work(ctx context.Context, job *transfer.Job, f importFlags) (transfer.Run, error) {
	if f.readAnew {
		job.ReadAnew()
	}
	if f.options.TakeRead {
		job.TakeRead()
	}
	if f.oldPlan {
		job.AcceptOldPlan()
	}
	return c.Follow(ctx, job, f.plan)
}
