package frontier

import (
	"testing"
	"time"
)

// While workers hold all partitions, a survey is what they have counted: it does not
// read the streams. Their counts are those of the streams.
func TestSurveyOfWorkers(t *testing.T) {
	_, url := startCluster(t, 1)
	o := Options{URL: url, Job: "survey", Lapse: 500 * time.Millisecond, Partitions: 8}
	f := open(t, o)
	var items []Item
	for n := range 40 {
		items = append(items, page([]string{"a.example", "b.example", "c.example"}[n%3], n))
	}
	add(t, f, items...)
	for n := range 10 {
		l := next(t, f)
		if err := l.Done(t.Context(), Result{Failed: n == 0}); err != nil {
			t.Fatal(err)
		}
	}
	observer := open(t, o)
	for end := time.Now().Add(20 * time.Second); ; {
		got, ok := observer.workersCounts(t.Context())
		if ok && got.Done == 10 && got.Found == 40 {
			want, err := observer.readThrough(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got.Failed != 1 || got != want {
				t.Errorf("counted %+v\nread    %+v", got, want)
			}
			break
		}
		if time.Now().After(end) {
			t.Fatalf("counted %+v, %v", got, ok)
		}
	}
	f.Close()
	if got, ok := observer.workersCounts(t.Context()); ok {
		t.Errorf("without workers: %+v", got)
	}
}
