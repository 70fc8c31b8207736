package frontier

import (
	"testing"
	"time"
)

// Hosts that wait for long wake at the same moments, none of them early.
func TestWakeTime(t *testing.T) {
	f := &Frontier{opened: time.Now()}
	for _, tt := range []struct{ now, wait, want time.Duration }{
		{0, time.Second, time.Second},
		{time.Millisecond, time.Second, time.Second + wakeEvery},
		{wakeEvery - 1, time.Second, time.Second + wakeEvery},
		{wakeEvery, time.Second, time.Second + wakeEvery},
		{123 * time.Microsecond, longWait, longWait + wakeEvery},
		{123 * time.Microsecond, longWait - 1, longWait - 1 + 123*time.Microsecond},
		{123 * time.Microsecond, time.Millisecond, 1123 * time.Microsecond},
	} {
		if got := f.wakeTime(f.opened.Add(tt.now), tt.wait).Sub(f.opened); got != tt.want {
			t.Errorf("after %v, %v: %v, want %v", tt.now, tt.wait, got, tt.want)
		}
	}
}
