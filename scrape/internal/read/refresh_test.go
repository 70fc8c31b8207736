package read

import "testing"

func TestNamesRefresh(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "refresh": true, "REFRESH": true, "a reFreSh b": true, "if refresh": true, "FFreFresh": true,
		"efresh": false, "refres": false, "re-fresh": false, "f": false, "F": false, "fresh fruit, freshly": false,
	} {
		if got := namesRefresh([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
