package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"newsclip/clean"
)

// measured is what one runner took for all pages, round by round.
type measured struct {
	name   string
	rounds []time.Duration
	bytes  uint64 // allocated in the last round
}

func (m *measured) median() time.Duration {
	s := slices.Sorted(slices.Values(m.rounds))
	return s[len(s)/2]
}

// race runs each runner over all pages in every round, in turn and page by
// page, so that what else the machine does meets all alike.
func race(rs []runner, pages []clean.Input, rounds int) []measured {
	out := make([]measured, len(rs))
	for k, r := range rs {
		out[k].name = r.name
		for _, in := range pages {
			r.guarded(in) // tables are read, pools filled
		}
	}
	for range rounds {
		took := make([]time.Duration, len(rs))
		for _, in := range pages {
			for k, r := range rs {
				from := time.Now()
				r.guarded(in)
				took[k] += time.Since(from)
			}
		}
		for k := range rs {
			out[k].rounds = append(out[k].rounds, took[k])
		}
	}
	for k, r := range rs {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for _, in := range pages {
			r.guarded(in)
		}
		runtime.ReadMemStats(&after)
		out[k].bytes = after.TotalAlloc - before.TotalAlloc
	}
	return out
}

// against returns the median of a's rounds divided by b's, and the least and
// greatest of them.
func against(a, b *measured) (median, least, most float64) {
	var ratios []float64
	for k := range a.rounds {
		ratios = append(ratios, float64(a.rounds[k])/float64(b.rounds[k]))
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1]
}

func speed(o options) error {
	pages, _, err := loadPages(o)
	if err != nil {
		return err
	}
	// One core: what the collector does on another counts as well.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	debug.FreeOSMemory()
	all := race(runners(), pages, o.rounds)
	var size int
	for _, in := range pages {
		size += len(in.HTML)
	}
	fmt.Fprintf(o.out, "%d pages of %d kB, one core, medians of %d rounds in turn, the least and most in brackets\n\n", len(pages), size/len(pages)/1000, o.rounds)
	var t table
	t.add("", "ms a page", "of the parse", "of go-readability", "MB a page")
	parse, peer := find(all, parseName), find(all, shioriName)
	for k := range all {
		m := &all[k]
		p, pl, pm := against(m, parse)
		r, rl, rm := against(m, peer)
		n := float64(len(pages))
		t.add(m.name, num("%.2f", ms(m.median())/n), spread(p, pl, pm), spread(r, rl, rm), num("%.2f", float64(m.bytes)/1e6/n))
	}
	if err := t.print(o.out); err != nil {
		return err
	}
	// Beside runners that allocate ten times as much, what the parse and newsclip leave
	// behind is collected in the others' time.
	two := race(named(parseName, newsclipName), pages, o.rounds)
	p, pl, pm := against(find(two, newsclipName), find(two, parseName))
	_, err = fmt.Fprintf(o.out, "\nThe parse and newsclip alone in turn, so that both collect what they leave: %s of the parse\n", spread(p, pl, pm))
	return err
}

// named returns the runners of some names.
func named(names ...string) []runner {
	return slices.DeleteFunc(runners(), func(r runner) bool { return !slices.Contains(names, r.name) })
}

func find(all []measured, name string) *measured {
	return &all[slices.IndexFunc(all, func(m measured) bool { return m.name == name })]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// checkGate fails where newsclip takes more than a share of go-readability's
// time. A busy machine may slow one round, and hardly the median of many; where
// it fails all the same it is asked twice more.
func checkGate(o options, most float64) error {
	pages, _, err := loadPages(o)
	if err != nil {
		return err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	rs := named(newsclipName, shioriName)
	var got float64
	for range 3 {
		both := race(rs, pages, max(o.rounds, 11))
		if got, _, _ = against(find(both, newsclipName), find(both, shioriName)); got <= most {
			fmt.Fprintf(o.out, "newsclip takes %.2f of go-readability's time, at most %.2f is allowed\n", got, most)
			return nil
		}
	}
	return fmt.Errorf("newsclip takes %.2f of go-readability's time, at most %.2f is allowed", got, most)
}
