package overview

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/cmd/internal/show"
	"newsclip/output"
	"newsclip/scrape"
)

// An Overview is what is counted of records and crawls. The zero value has counted
// nothing. It may be used by one goroutine at a time.
type Overview struct {
	articles, failed, unreadable int
	words                        int64
	days                         days
	lengths                      [maxLength + 1]int
	confidence                   [confidenceSteps]int
	unsure                       int // without a confidence
	filled                       [len(filledFields)]int

	hosts, sections, authors, languages, kinds counter
	unnamed                                    struct{ sections, authors, languages int }

	causes, failures counter // failures are a cause and a host
	explained        int     // records that tell what was removed
	rules            counter // stages and rules, with a text as the note

	near       scrape.NearDuplicates
	copies     counter // by the address of the original, with a title as the note
	copyHosts  counter
	duplicates int

	crawls []crawl
}

const (
	// maxLength is the number of words from which on texts are counted as equally
	// long.
	maxLength = 50_000
	// confidenceSteps are the steps in which confidence is counted.
	confidenceSteps = 20
)

// filledFields are the fields of which the share of articles that have them is told.
var filledFields = [...]struct {
	name string
	has  func(*output.Record) bool
}{
	{"title", func(r *output.Record) bool { return r.Title != "" }},
	{"standfirst", func(r *output.Record) bool { return r.Subtitle != "" }},
	{"authors", func(r *output.Record) bool { return len(r.Authors) > 0 }},
	{"published", func(r *output.Record) bool { return r.Published != "" }},
	{"language", func(r *output.Record) bool { return r.Language != "" }},
	{"section", func(r *output.Record) bool { return r.Section != "" }},
	{"tags", func(r *output.Record) bool { return len(r.Tags) > 0 }},
	{"pictures", func(r *output.Record) bool { return len(r.Images) > 0 }},
	{"text", func(r *output.Record) bool { return r.Text != "" }},
}

// Unreadable counts a record that could not be read.
func (o *Overview) Unreadable() { o.unreadable++ }

// Records returns how many records were added, those that hold an error included.
func (o *Overview) Records() int { return o.articles + o.failed }

// Add counts a record. It keeps nothing of it.
func (o *Overview) Add(r *output.Record) {
	host := hostOf(r)
	if r.Error != nil {
		o.failed++
		o.causes.add(r.Error.Code, 1, "")
		o.failures.add(r.Error.Code+separator+host, 1, "")
		return
	}
	o.articles++
	o.words += int64(r.WordCount)
	o.lengths[min(max(r.WordCount, 0), maxLength)]++
	if r.Confidence > 0 {
		o.confidence[min(int(r.Confidence*confidenceSteps), confidenceSteps-1)]++
	} else {
		o.unsure++
	}
	for k, f := range filledFields {
		if f.has(r) {
			o.filled[k]++
		}
	}
	o.days.add(r.Published)
	o.hosts.add(host, 1, siteName(r))
	o.kinds.add(cmp.Or(r.Kind, "not told"), 1, "")
	addOr(&o.languages, r.Language, &o.unnamed.languages)
	addOr(&o.sections, r.Section, &o.unnamed.sections)
	if len(r.Authors) == 0 {
		o.unnamed.authors++
	}
	for _, a := range r.Authors {
		o.authors.add(a.Name, 1, host)
	}
	o.addRemoved(r.Removed)
	o.addDuplicate(r, host)
}

// separator parts the names of a pair; no host and no code has it.
const separator = "\x00"

func addOr(c *counter, name string, without *int) {
	if name = strings.TrimSpace(name); name == "" {
		*without++
		return
	}
	c.add(name, 1, "")
}

func (o *Overview) addRemoved(removed []clean.Removed) {
	if len(removed) == 0 {
		return
	}
	o.explained++
	for _, x := range removed {
		o.rules.add(x.Stage+separator+show.Plain(x.Rule), 1, strings.Join(strings.Fields(show.Cut(x.Text, nameBytes)), " "))
	}
}

// addDuplicate counts a record whose text is nearly that of an earlier one: one
// that a crawl has marked, or one that is found here.
func (o *Overview) addDuplicate(r *output.Record, host string) {
	key := cmp.Or(r.URL, r.CanonicalURL, r.Source, r.File, r.ID)
	original := r.DuplicateOf
	if near := o.near.Nearest(r.Text, strings.Clone(key)); original == "" {
		original = near
	}
	if original == "" {
		return
	}
	o.duplicates++
	o.copies.add(original, 1, r.Title)
	o.copyHosts.add(host, 1, "")
}

// noHost stands for the host of a record that has no address.
const noHost = "no address"

func hostOf(r *output.Record) string {
	for _, address := range []string{r.URL, r.CanonicalURL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			return strings.ToLower(u.Host)
		}
	}
	if r.Site != nil && r.Site.Domain != "" {
		return r.Site.Domain
	}
	return noHost
}

func siteName(r *output.Record) string {
	if r.Site == nil {
		return ""
	}
	return r.Site.Name
}

// crawl is a crawl whose state was read.
type crawl struct {
	name  string
	state string
	begun time.Time
	hosts []scrape.HostHealth
}

// AddCrawl adds how a crawl goes: its name, its state in a word, when it began, and
// its hosts, of which the overview keeps the slice. Its failures are counted with
// those of the records.
func (o *Overview) AddCrawl(name, state string, begun time.Time, hosts []scrape.HostHealth) {
	o.crawls = append(o.crawls, crawl{name, state, begun, hosts})
	for k := range hosts {
		h := &hosts[k]
		for cause, n := range h.Failed {
			o.causes.add(cause, n, "")
			o.failures.add(cause+separator+cmp.Or(h.Host, "other hosts"), n, "")
		}
	}
}
