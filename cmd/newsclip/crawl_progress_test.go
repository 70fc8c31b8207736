package main

import (
	"testing"
	"time"

	"newsclip/scrape"
)

func TestProgressLine(t *testing.T) {
	tests := []struct {
		p    scrape.Progress
		want string
	}{
		{scrape.Progress{}, "0 pages  0 articles  0 queued  1.5/s  0 errors  1m1s"},
		{
			scrape.Progress{Pages: 12345, Articles: 1000, Queue: 7, Errors: 3, Hosts: []string{"a.example", "b.example"}, HostsPending: 2},
			"12,345 pages  1,000 articles  7 queued  1.5/s  3 errors  1m1s  a.example b.example",
		},
		{
			scrape.Progress{Hosts: []string{"a.example", "b.example", "c.example"}, HostsPending: 10},
			"0 pages  0 articles  0 queued  1.5/s  0 errors  1m1s  a.example b.example c.example +7",
		},
	}
	for _, tt := range tests {
		if got := progressLine(tt.p, 1.5, 61*time.Second+time.Millisecond); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
