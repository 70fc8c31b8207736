package selectors

import (
	"fmt"
	"testing"
)

func TestDictionary(t *testing.T) {
	var zero dictionary[int]
	if zero.find([]byte("a")) != nil {
		t.Error("the empty dictionary has a word")
	}
	made := makeDictionary[int](10)
	for _, d := range []*dictionary[int]{&zero, &made} {
		const n = 5000
		for k := range n {
			*d.at(fmt.Sprint("word ", k%(n/2)))++
		}
		for k := range n {
			e := d.find(fmt.Appendf(nil, "word %d", k))
			switch {
			case k < n/2 && (e == nil || e.word != fmt.Sprint("word ", k) || e.value != 2):
				t.Fatalf("word %d: %+v", k, e)
			case k >= n/2 && e != nil:
				t.Fatalf("word %d is there", k)
			}
		}
	}
}
