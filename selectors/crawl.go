package selectors

import (
	_ "embed"
	"strings"
)

//go:embed crawl.txt
var crawlText string

var crawlTable = &table{"crawl.txt", crawlText, []string{"kind", "language"}}

// Crawl returns what crawl.txt has. It is shared: do not change it.
func Crawl() *CrawlWords { return crawl() }

var crawl = lazily(crawlTable, readCrawl)

// MaxSuffix is the number of bytes that the extension of a path has at most.
const MaxSuffix = 5

// CrawlWords are the words of crawl.txt, which tells what each kind holds. All are
// lower case.
type CrawlWords struct {
	// ActingWords are parts of addresses and of names.
	ActingWords []string
	// AIAgents are product tokens of robots.txt.
	AIAgents []string
	// AddressAttributes, LoadAttributes and PageAttributes are attributes of elements.
	AddressAttributes, LoadAttributes, PageAttributes map[string]bool
	// CardClasses and LoadClasses are parts of classes, the latter without - and _.
	CardClasses, LoadClasses []string
	// DataAddresses, DataHeadlines and DataNext are members of JSON.
	DataAddresses, DataHeadlines, DataNext map[string]bool
	// FragmentElements are names of elements.
	FragmentElements map[string]bool
	// FeedTypes are media types, without parameters.
	FeedTypes map[string]bool
	// FileSuffixes are extensions without their dot, HeadlineSuffixes some of them, and
	// FileWords whole words of paths.
	FileSuffixes, HeadlineSuffixes, FileWords map[string]bool
	// NextPage are whole texts of links.
	NextPage map[string]bool
	// PageTypes are ends of names of types, and PageProperties names of properties.
	PageTypes      []string
	PageProperties map[string]bool
	// PartParameters are names of parameters, and PartWords words of paths.
	PartParameters, PartWords map[string]bool
}

func readCrawl(t table) (*CrawlWords, error) {
	c := &CrawlWords{}
	dest := map[string]func(string){
		"acting-word": toList(&c.ActingWords), "ai-agent": toList(&c.AIAgents), "card-class": toList(&c.CardClasses), "load-class": toList(&c.LoadClasses), "page-type": toList(&c.PageTypes),
	}
	for kind, set := range map[string]*map[string]bool{
		"address-attribute": &c.AddressAttributes, "data-address": &c.DataAddresses, "data-headline": &c.DataHeadlines, "data-next": &c.DataNext,
		"fragment-element": &c.FragmentElements, "feed-type": &c.FeedTypes, "file-suffix": &c.FileSuffixes, "file-word": &c.FileWords,
		"headline-suffix": &c.HeadlineSuffixes, "load-attribute": &c.LoadAttributes, "next-page": &c.NextPage, "page-attribute": &c.PageAttributes,
		"page-property": &c.PageProperties, "part-parameter": &c.PartParameters, "part-word": &c.PartWords,
	} {
		*set = make(map[string]bool)
		dest[kind] = toSet(*set)
	}
	return c, readLists(t, dest)
}

//go:embed traps.txt
var trapsText string

var trapsTable = &table{"traps.txt", trapsText, []string{"kind"}}

// Traps returns what traps.txt has. It is shared: do not change it.
func Traps() *TrapWords { return traps() }

var traps = lazily(trapsTable, readTraps)

// TrapWords are the words of traps.txt, which tells what each kind holds. All are
// lower case.
type TrapWords struct {
	// Archives, Calendars and Views are segments of paths.
	Archives, Calendars, Views map[string]bool
	// DateKeys and Facets are names of parameters; PageSizes and Sortings are some of
	// Facets.
	DateKeys, Facets, PageSizes, Sortings map[string]bool
	// PageViews are values of a parameter.
	PageViews map[string]bool
}

func readTraps(t table) (*TrapWords, error) {
	w := &TrapWords{}
	dest := make(map[string]func(string))
	for kind, set := range map[string]*map[string]bool{
		"archive": &w.Archives, "calendar": &w.Calendars, "datekey": &w.DateKeys, "facet": &w.Facets,
		"pagesize": &w.PageSizes, "pageview": &w.PageViews, "sorting": &w.Sortings, "view": &w.Views,
	} {
		*set = make(map[string]bool)
		dest[kind] = toSet(*set)
	}
	return w, readLists(t, dest)
}

//go:embed tracking.txt
var trackingText string

var trackingTable = &table{"tracking.txt", trackingText, []string{"source"}}

// Tracking returns what tracking.txt has. It is shared: do not change it.
func Tracking() *TrackingParameters { return tracking() }

var tracking = lazily(trackingTable, readTracking)

// TrackingParameters are the parameters of tracking.txt: whole names, and beginnings
// of names. All are lower case.
type TrackingParameters struct {
	Names    map[string]bool
	Prefixes []string
}

// trackingSources are the sources that tracking.txt documents.
var trackingSources = []string{"adjust", "adobe", "amp", "at", "bing", "facebook", "google", "hubspot", "mail", "matomo", "news", "session", "social", "yandex"}

func readTracking(t table) (*TrackingParameters, error) {
	p := &TrackingParameters{Names: make(map[string]bool)}
	dest := make(map[string]func(string))
	for _, source := range trackingSources {
		dest[source] = func(name string) {
			if prefix, ok := strings.CutSuffix(name, "*"); ok {
				p.Prefixes = append(p.Prefixes, prefix)
			} else {
				p.Names[name] = true
			}
		}
	}
	return p, readLists(t, dest)
}
