package orders

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func TestMeaning_isAStatusOrWhatToDo(t *testing.T) {
	for s, want := range map[string]orders.Status{"invoice": "ok", "wait": "open", "never": "split_parent", "returned": "returned"} {
		if got, ok := meaning(s); !ok || got != want {
			t.Errorf("%s means %s", s, got)
		}
	}
}
