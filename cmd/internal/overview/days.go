package overview

import (
	"maps"
	"slices"
	"time"
)

// maxDays bounds the days that are counted, to some 80 years of them.
const maxDays = 30_000

// days counts articles by the day on which they were published, in the publisher's
// own time zone. The zero value has counted nothing.
type days struct {
	counts  map[int]int // by days since 1970
	undated int
	more    int // of days for which there was no place
}

func (d *days) add(published string) {
	if len(published) < len(time.DateOnly) {
		d.undated++
		return
	}
	t, err := time.Parse(time.DateOnly, published[:len(time.DateOnly)])
	if err != nil {
		d.undated++
		return
	}
	day := dayOf(t)
	if d.counts == nil {
		d.counts = make(map[int]int)
	}
	if _, ok := d.counts[day]; !ok && len(d.counts) >= maxDays {
		d.more++
		return
	}
	d.counts[day]++
}

func dayOf(t time.Time) int { return int(t.Unix() / (24 * 60 * 60)) }

func timeOf(day int) time.Time { return time.Unix(int64(day)*24*60*60, 0).UTC() }

// A period is a day, a week, a month or a year, and the articles of it.
type period struct {
	label string
	n     int
}

const (
	// maxPeriods is how many columns of a plot can be told apart on a narrow
	// screen.
	maxPeriods = 92
	// tail is the share of articles at either end that is left out of a plot of
	// more than maxPeriods days: one old article would make days into years.
	tail = 0.01
)

// A timeline is a series of periods without a gap.
type timeline struct {
	unit          string // day, week, month or year
	periods       []period
	before, after int // articles that the series leaves out
	first, last   time.Time
}

// timeline makes the series of the finest periods of which there are not too many.
func (d *days) timeline() timeline {
	var l timeline
	if len(d.counts) == 0 {
		return l
	}
	known := slices.Sorted(maps.Keys(d.counts))
	all := 0
	for _, n := range d.counts {
		all += n
	}
	l.first, l.last = timeOf(known[0]), timeOf(known[len(known)-1])
	from, to := 0, len(known)
	if known[to-1]-known[0] >= maxPeriods {
		most := int(float64(all) * tail)
		for from < to-1 && l.before+d.counts[known[from]] <= most {
			l.before += d.counts[known[from]]
			from++
		}
		for to > from+1 && l.after+d.counts[known[to-1]] <= most {
			to--
			l.after += d.counts[known[to]]
		}
	}
	begin, end := timeOf(known[from]), timeOf(known[to-1])
	for _, u := range units {
		l.unit, l.periods = u.name, nil
		index := make(map[time.Time]int)
		for t := u.start(begin); !t.After(end) && len(l.periods) <= maxPeriods; t = u.next(t) {
			index[t] = len(l.periods)
			l.periods = append(l.periods, period{label: t.Format(u.format)})
		}
		if len(l.periods) > maxPeriods && u.name != "year" {
			continue
		}
		for _, day := range known[from:to] {
			if k, ok := index[u.start(timeOf(day))]; ok {
				l.periods[k].n += d.counts[day]
			} else {
				l.after += d.counts[day] // beyond so many years
			}
		}
		break
	}
	return l
}

// units are the periods, the finest first.
var units = []struct {
	name, format string
	start        func(time.Time) time.Time
	next         func(time.Time) time.Time
}{
	{"day", "2 Jan 2006", func(t time.Time) time.Time { return t }, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
	{"week", "2 Jan 2006", func(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }, func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }},
	{"month", "Jan 2006", func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }, func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
	{"year", "2006", func(t time.Time) time.Time { return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC) }, func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
}
