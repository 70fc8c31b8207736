package frontier

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestLeftoversAreCleared opens a frontier after processes were killed: their temporary
// folders and half written notes are gone, and those of living ones stay.
func TestLeftoversAreCleared(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folder of temporary files is set otherwise")
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	dead := filepath.Join(temp, tempPrefix+"1")
	if err := os.MkdirAll(filepath.Join(dead, "jetstream"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dead, "in-use"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	living := open(t, Options{})
	open(t, Options{})
	if _, err := os.Stat(dead); !os.IsNotExist(err) {
		t.Errorf("the folder of a killed process is there: %v", err)
	}
	if _, err := os.Stat(living.e.temp); err != nil {
		t.Errorf("the folder of a living process is gone: %v", err)
	}
	state := t.TempDir()
	half := filepath.Join(state, closedFile+".new")
	if err := os.WriteFile(half, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, Options{Dir: state})
	if _, err := os.Stat(half); !os.IsNotExist(err) {
		t.Errorf("a half written note is there: %v", err)
	}
}
