package lock

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func companies(t *testing.T) Companies {
	t.Helper()
	data := t.TempDir()
	if err := os.Mkdir(filepath.Join(data, "companies"), 0o700); err != nil {
		t.Fatal(err)
	}
	return Of(data)
}

func TestTake_isOnesAloneUntilItIsReleased(t *testing.T) {
	c := companies(t)
	release, err := c.Take("alfa")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Take("alfa"); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("a second one: %v", err)
	}
	if _, err := c.Await(t.Context(), "alfa"); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("one that waits for nobody who gives way: %v", err)
	}
	if _, _, err := c.Visit("alfa"); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("a guest: %v", err)
	}
	other, err := c.Take("beta")
	if err != nil {
		t.Fatal(err)
	}
	for _, release := range []func() error{other, release} {
		if err := release(); err != nil {
			t.Error(err)
		}
	}
	if release, err = c.Take("alfa"); err != nil {
		t.Fatal(err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	if _, err := Of(filepath.Join(t.TempDir(), "no", "folder")).Take("alfa"); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("nowhere: %v", err)
	}
}

func TestAwait_getsTheCompanyOfAGuest(t *testing.T) {
	c := companies(t)
	g, release, err := c.Visit("alfa")
	if err != nil {
		t.Fatal(err)
	}
	g.Watch(t.Context())
	if _, _, err := c.Visit("alfa"); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("a second guest: %v", err)
	}
	left := make(chan error, 1)
	go func() {
		<-g.Wanted()
		g.Rest()
		err := release()
		g.Leave()
		left <- err
	}()
	mine, err := c.Await(t.Context(), "alfa")
	if err != nil {
		t.Fatal(err)
	}
	if err := <-left; err != nil {
		t.Error(err)
	}
	if err := mine(); err != nil {
		t.Error(err)
	}
}
