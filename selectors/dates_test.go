package selectors

import "testing"

func TestMonthOf(t *testing.T) {
	langs := map[string]bool{}
	_ = monthsTable.each(func(r row) error { langs[r.columns[0]] = true; return nil })
	if len(langs) < 25 {
		t.Errorf("%d languages, want 25 or more", len(langs))
	}
	for _, c := range []struct {
		word, lang string
		want       int
		ok         bool
	}{
		{"may", "en", 5, true}, {"mai", "de", 5, true}, {"listopada", "hr", 10, true}, {"listopada", "pl", 11, true},
		{"listopada", "hr-HR", 10, true}, {"januar", "", 1, true}, {"storm", "en", 0, false},
	} {
		m, ok := MonthOf(c.word, c.lang)
		if m.Number != c.want || ok != c.ok {
			t.Errorf("MonthOf(%q, %q) = %d, %v, want %d, %v", c.word, c.lang, m.Number, ok, c.want, c.ok)
		}
	}
	if m, _ := MonthOf("اردیبهشت", "fa"); !m.SolarHijri {
		t.Error("اردیبهشت is a month of the Iranian calendar")
	}
	if m, _ := MonthOf("ژانویه", "fa"); m.SolarHijri || m.Number != 1 {
		t.Error("ژانویه is January")
	}
}

// TestMonthsAreWhole: a calendar has twelve months.
func TestMonthsAreWhole(t *testing.T) {
	n := map[string]int{}
	_ = monthsTable.each(func(r row) error { n[r.columns[0]]++; return nil })
	for calendar, months := range n {
		if months != 12 {
			t.Errorf("%s has %d months", calendar, months)
		}
	}
}

func TestZoneOf(t *testing.T) {
	for zone, want := range map[string]int{"utc": 0, "cest": 7200, "est": -18000} {
		if got, ok := ZoneOf(zone); got != want || !ok {
			t.Errorf("ZoneOf(%q) = %d, %v, want %d", zone, got, ok, want)
		}
	}
	if _, ok := ZoneOf("ist"); ok {
		t.Error("ist is the time of India, Israel and Ireland")
	}
}
