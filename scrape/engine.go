package scrape

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/memory"
	"newsclip/scrape/internal/neardup"
	"newsclip/scrape/internal/origins"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/robots"
	"newsclip/scrape/internal/sketch"
	"newsclip/scrape/internal/suspects"
)

// A Handler decides what a page is. It is called from many goroutines, once for
// each page, and again for one whose parts were fetched ([Page.Parts]) or whose
// outcome was [Outcome.Early]. It must not keep p.
type Handler func(ctx context.Context, p *Page) (*Outcome, error)

// crawler is one run of a crawl.
type crawler struct {
	o          Options
	seeds      []*url.URL
	f          *frontier.Frontier
	client     *fetch.Client
	robots     *robots.Cache
	pace       *pace.Hosts
	scopeMu    sync.RWMutex // guards scope and metHosts
	scope      *address.Boundary
	metHosts   map[string]bool // hosts for which learnScope has read the frontier
	seedsRead  atomic.Uint64   // the revision of the seeds that learnSeeds has read
	sites      siteList
	tally      *tally
	health     *health
	handle     Handler
	nearDups   neardup.Index
	sketches   sketch.Recent
	hops       hopMap
	outward    outwardHosts
	otherHosts otherHosts
	origins    origins.Memory
	waiting    waitingTwins
	leads      leadHosts
	opened     sync.Map // origins whose sitemaps were added
	holdback   holdback
	found      foundPerHost
	known      knownRefs

	pages, articles *frontier.Budget
	// fullHosts are the hosts whose budget of articles is used up.
	fullHosts sync.Map
	// durable is set where the job may outlive this process.
	durable bool
	// shared is set where other workers may take part in the job.
	shared bool
	// spent is set when a budget is used up.
	spent atomic.Bool
	// requests counts the requests made.
	requests atomic.Int64
	renderer *pageRenderer // nil where no pages are rendered
	inHand   *inHand
	hands    handBudgets
	suspects *suspects.List // nil without a state directory
	sinkMu   sync.Mutex     // guards o.Sink where Direct is set
}

// A task is one item on its way through a worker.
type task struct {
	c     *crawler
	lease *frontier.Lease
	item  *frontier.Item
	u     *url.URL
	// ctx ends with the crawl; store does not, so that what was fetched is
	// kept although the crawl was interrupted meanwhile.
	ctx, store context.Context
	cancel     context.CancelFunc // of store
	rules      *robots.Rules
	// paceTold is set once the pace has been told what became of the request that
	// it let through: that it was made, or that it was not needed.
	paceTold bool
	// hostLearnt is set where the handler has made an article of the item, and
	// not too early: the articles of its host that are held back can go.
	hostLearnt bool
	// isDocument is set where a seed is a sitemap or a feed.
	isDocument bool
	// settled is set where a guess has found something, and where a lead has led
	// somewhere.
	settled bool
	// firstForm is the URL of the item where another form of it was taken, and
	// formsTried is set where no other one is left: see forms.go.
	firstForm  *url.URL
	formsTried bool
	// fetchAgain is set where the item is to be fetched once more, from the form of its
	// URL that was taken.
	fetchAgain bool
	// leased is the memo with which the item was leased.
	leased []byte
	// wasRead is set where the answer came anew, and isNews where it is a sitemap or a
	// feed that has news.
	wasRead, isNews bool
	// weight is what the page in hand takes of crawler.hands, cost how much that is in
	// bytes, and joined what the pages take that are kept for their article.
	weight, joined    *memory.Share
	cost, joinedBytes int64
	// isInHand is set while the task holds a place of inHand.
	isInHand bool
	// judged is the page that was handled last, until releasePage, and outcome what the
	// handler has returned.
	judged  *Page
	outcome *Outcome
	// partBodies are the bytes of an article's following pages.
	partBodies [][]byte
	// single is where the whole of the article was fetched from, by a rule of the
	// site, or nil.
	single *url.URL
}

// heldItem is an article whose outcome was Early. Its links were added, and
// ownsArticle has given it to this item; its lease ends when its record is
// written.
type heldItem struct {
	t     *task
	page  Page          // with its trees where hasTree is set
	pages []clean.Input // the page itself and its parts
	resp  *fetch.Response
	size  int   // of the HTML
	cost  int64 // what the trees take
	since time.Time
	// hasTree is set where the trees, and what the handler keeps, are kept. Where they
	// are not, out is the outcome if it has Stands.
	hasTree bool
	out     *Outcome
}

// holdback holds the articles that are held back, the oldest first. The zero value is ready to use.
type holdback struct {
	mu    sync.Mutex
	items []*heldItem
	bytes int
	trees int64 // what the trees of the items take that have them
}

// waitingTwins are the leased items of kindTwin that wait for a page that this
// process has, by the identity of that page. The zero value is ready to use.
type waitingTwins struct {
	mu sync.Mutex
	of map[string][]*task
	n  int
}

// errInterrupted is returned where the crawl ended while an item was being
// processed: the item is given back.
var errInterrupted = errors.New("interrupted")

// unused tells the host's pace that no request was made, unless one was. It must
// be called before the lease ends: the end of a lease makes the frontier look for the
// next item that the pace lets through.
func (t *task) unused() {
	if !t.paceTold {
		t.paceTold = true
		t.c.pace.Unused(t.item.Host)
	}
}

// renew gives the task another storeTime.
func (t *task) renew() {
	if t.cancel != nil {
		t.cancel()
	}
	t.store, t.cancel = context.WithTimeout(context.WithoutCancel(t.ctx), storeTime)
}
