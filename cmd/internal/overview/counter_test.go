package overview

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestCounter counts more names than a counter has places for: the frequent ones
// stay, no count is too low, and none is higher than it says.
func TestCounter(t *testing.T) {
	c := counter{max: 10}
	want := make(map[string]int)
	add := func(name string) {
		c.add(name, 1, "first "+name)
		want[name]++
	}
	for n := range 2000 {
		add(fmt.Sprintf("rare %d", n))
		if n%2 == 0 {
			add("common")
		}
		if n%4 == 0 {
			add("usual")
		}
	}
	all := c.top()
	if len(c.names) != 10 || len(c.least) != 10 || !c.full || c.total != 3500 {
		t.Errorf("%d names, %d places, full %v, total %d", len(c.names), len(c.least), c.full, c.total)
	}
	if len(all) < 2 || all[0].name != "common" || all[1].name != "usual" {
		t.Fatalf("the most frequent are %+v", all)
	}
	for _, e := range all {
		if e.n < want[e.name] || e.n-e.over > want[e.name] {
			t.Errorf("%s: counted %d, at most %d too many; it came %d times", e.name, e.n, e.over, want[e.name])
		}
		if strings.HasPrefix(e.name, "rare") {
			t.Errorf("%s is there, by chance alone", e.name)
		}
	}
}

func TestCounterExact(t *testing.T) {
	var c counter
	c.add("b", 2, "the first")
	c.add("a", 2, "")
	c.add("b", 1, "the second")
	c.add(strings.Repeat("ü", nameBytes), 1, "")
	all := c.top()
	if c.full || len(all) != 3 || *all[0] != (entry{name: "b", n: 3, note: "the first", at: all[0].at}) || all[1].name != "a" {
		t.Errorf("%+v", all)
	}
	if long := all[2].name; len(long) > nameBytes+len("…") || !strings.HasSuffix(long, "ü…") {
		t.Errorf("a long name is %q", long)
	}
}

func TestTimeline(t *testing.T) {
	day := func(s string, plus int) string {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return at.AddDate(0, 0, plus).Format(time.DateOnly)
	}
	for _, x := range []struct {
		name          string
		published     []string
		unit          string
		periods       int
		first, last   string
		before, after int
		undated       int
	}{
		{name: "none", undated: 1, published: []string{""}},
		{name: "one", published: []string{"2026-03-04"}, unit: "day", periods: 1, first: "4 Mar 2026", last: "4 Mar 2026"},
		{name: "the publisher's day", published: []string{"2026-03-04T23:30:00-08:00", "2026-03-05T00:30:00+10:00"}, unit: "day", periods: 2, first: "4 Mar 2026", last: "5 Mar 2026"},
		{name: "weeks from Monday", published: []string{"2026-01-01", "2026-06-01"}, unit: "week", periods: 23, first: "29 Dec 2025", last: "1 Jun 2026"},
		{name: "months", published: []string{"2022-01-31", "2026-06-01"}, unit: "month", periods: 54, first: "Jan 2022", last: "Jun 2026"},
		{name: "years", published: []string{"1950-01-31", "2026-06-01"}, unit: "year", periods: 77, first: "1950", last: "2026"},
		{name: "before 1970", published: []string{"1901-12-31", "1902-01-01"}, unit: "day", periods: 2, first: "31 Dec 1901", last: "1 Jan 1902"},
		{name: "no date", published: []string{"yesterday, or so", "2026-03-04"}, unit: "day", periods: 1, first: "4 Mar 2026", last: "4 Mar 2026", undated: 1},
		{name: "ages", published: []string{"0001-01-01", "9999-12-31"}, unit: "year", periods: maxPeriods + 1, first: "0001", last: "0093", after: 1},
	} {
		t.Run(x.name, func(t *testing.T) {
			var d days
			for _, p := range x.published {
				d.add(p)
			}
			l := d.timeline()
			if l.unit != x.unit || len(l.periods) != x.periods || l.before != x.before || l.after != x.after || d.undated != x.undated {
				t.Fatalf("%d periods of a %s, %d before, %d after, %d without a date", len(l.periods), l.unit, l.before, l.after, d.undated)
			}
			if x.periods > 0 && (l.periods[0].label != x.first || l.periods[len(l.periods)-1].label != x.last) {
				t.Errorf("from %s to %s", l.periods[0].label, l.periods[len(l.periods)-1].label)
			}
			sum := l.before + l.after + d.undated
			for _, p := range l.periods {
				sum += p.n
			}
			if sum != len(x.published) {
				t.Errorf("%d articles are counted, of %d", sum, len(x.published))
			}
		})
	}
	// One old article among many of a month leaves days as days.
	var d days
	d.add("1999-05-05")
	for n := range 300 {
		d.add(day("2026-03-01", n%30))
	}
	if l := d.timeline(); l.unit != "day" || l.before != 1 || len(l.periods) != 30 {
		t.Errorf("%d periods of a %s, %d before", len(l.periods), l.unit, l.before)
	}
}

func TestDaysAreBounded(t *testing.T) {
	var d days
	for n := range maxDays + 5 {
		d.add(time.Date(1900, 1, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	if len(d.counts) != maxDays || d.more != 5 {
		t.Errorf("%d days, %d more", len(d.counts), d.more)
	}
}

// TestEveryCause looks that each code of an error has its words.
func TestEveryCause(t *testing.T) {
	for _, file := range []string{"../../../clean/article/article.go", "../../../scrape/internal/fetch/causes.go"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		codes := regexp.MustCompile(`(?m)^\t(?:Code|Cause)\w+ += "(\w+)"`).FindAllSubmatch(source, -1)
		if len(codes) < 8 {
			t.Fatalf("%s has %d codes: they are not read", file, len(codes))
		}
		for _, m := range codes {
			if code := string(m[1]); causeText(code) == code {
				t.Errorf("%q has no words", code)
			}
		}
	}
}

// TestManyNames has more hosts than are counted, of which none comes twice.
func TestManyNames(t *testing.T) {
	o := new(Overview)
	o.hosts.max = 5
	for n := range 30 {
		r := record(n)
		r.URL = fmt.Sprintf("https://p%d.example/", n)
		o.Add(r)
	}
	page := pageOf(t, o, Options{})
	if !strings.Contains(page, "More than 5, and none of them is frequent enough to be counted.") || len(tables(t, page)["hosts"]) > 0 {
		t.Errorf("hosts that came once are ranked: %q", tables(t, page)["hosts"])
	}
}

func TestCauseWordsAreSorted(t *testing.T) {
	for k := 1; k < len(causeWords); k++ {
		if causeWords[k-1].cause >= causeWords[k].cause {
			t.Errorf("%s is out of order", causeWords[k].cause)
		}
	}
	for cause, want := range map[string]string{"404": "404 Not Found", "999": "999", "dns": "no such host", "new_one": "new_one"} {
		if got := causeText(cause); got != want {
			t.Errorf("%s: %q, want %q", cause, got, want)
		}
	}
}
