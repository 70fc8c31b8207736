package frontier

import (
	"context"
	"testing"
)

// In process an item is in the index when Add returns, also where its context has ended
// meanwhile: nothing else would enter it.
func TestAddEntersTheIndex(t *testing.T) {
	f := open(t, Options{Partitions: 1})
	var items []Item
	for k := range 500 {
		items = append(items, page("a.example", k))
	}
	add(t, f, items[:100]...)
	if s := f.Stats(); s.Pending != 100 {
		t.Errorf("%d pending after 100 were added", s.Pending)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	isNew, err := f.Add(ended, items...)
	news := 0
	for _, is := range isNew {
		if is {
			news++
		}
	}
	stored := 0
	for i := range items {
		if _, err := f.entered(t.Context(), "u."+"0."+items[i].identity().token()); err == nil {
			stored++
		}
	}
	if s := f.Stats(); s.Pending != stored || err == nil && news != 400 {
		t.Errorf("%d are stored and %d pending; %d were new, error %v", stored, s.Pending, news, err)
	}
}
