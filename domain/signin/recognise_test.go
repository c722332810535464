package signin

import (
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestRecognise_readsOnceAndStoresNothing(t *testing.T) {
	w := newWorld()
	a := w.begin(t)
	in := domain.SignIn{Session: domain.Session{Credentials: account("anahtar"), Token: domain.NewSecret("yeni")}}
	in.Session.Environment = domain.EnvironmentTest
	got, err := a.Recognise(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if want := (domain.FirmSample{Products: 1200, Names: []string{"Çay", "Kahve", "Şeker"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("recognised by %+v, want %+v", got, want)
	}
	if want := []string{"3 of the products as ayşe"}; !reflect.DeepEqual(w.asked, want) {
		t.Errorf("asked %q, want %q", w.asked, want)
	}
	if at := w.clients[len(w.clients)-1]; at != domain.EnvironmentTest {
		t.Errorf("asked in %s", at)
	}
	if _, in := a.Client().Session(); len(w.held) > 0 || w.conn.Authorised || in || len(w.keys) > 0 {
		t.Error("something was stored before anybody confirmed")
	}
}

func TestRecognise_saysWhatIsInTheWay(t *testing.T) {
	w := newWorld()
	a := w.begin(t)
	w.n = w.calls + 1
	if _, err := a.Recognise(t.Context(), domain.SignIn{}); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("İşbaşı does not answer: %v", err)
	}
	w.unopened = errLocked
	if _, err := a.Recognise(t.Context(), domain.SignIn{}); domain.KindOf(err) != domain.KindKeyring {
		t.Errorf("no client: %v", err)
	}
}
