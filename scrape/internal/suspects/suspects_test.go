package suspects

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSuspects follows a page over processes that die with it.
func TestSuspects(t *testing.T) {
	dir := t.TempDir()
	const bad, fine = "https://a.example/bad", "https://a.example/fine"
	for n := range maxDeaths {
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if s.IsGivenUp(bad) || s.IsGivenUp(fine) {
			t.Errorf("given up after %d deaths", n)
		}
		s.Begin(fine)()
		s.Begin(bad) // its process dies before it ends
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if b, err := os.ReadFile(filepath.Join(dir, fileName)); err == nil && strings.Contains(string(b), `"now":["`+bad) {
				break
			}
		}
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !s.IsGivenUp(bad) || s.IsGivenUp(fine) {
		t.Errorf("%+v", s.deaths)
	}
	if err := os.WriteFile(filepath.Join(dir, fileName), []byte(`{"deaths":{"htt`), 0o666); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(dir); err != nil || s.IsGivenUp(bad) {
		t.Errorf("a file that is half written: %v", err)
	}
}
