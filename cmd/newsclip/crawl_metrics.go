package main

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"newsclip/scrape"
)

// crawlMetrics is a Prometheus collector of a crawl's progress.
type crawlMetrics struct {
	last *atomic.Pointer[scrape.Progress]
	all  bool // of all hosts
}

// The metrics, of this process but for those of a host. Counters begin at 0 when it
// starts.
var (
	metricPages     = prometheus.NewDesc("newsclip_pages_total", "Pages that answered.", nil, nil)
	metricArticles  = prometheus.NewDesc("newsclip_articles_total", "Records written.", nil, nil)
	metricRequests  = prometheus.NewDesc("newsclip_requests_total", "Requests made, robots.txt and repeated ones included.", nil, nil)
	metricRetries   = prometheus.NewDesc("newsclip_retries_total", "Requests that were to be repeated after a failure that may pass.", nil, nil)
	metricRedirects = prometheus.NewDesc("newsclip_redirects_total", "Redirects followed.", nil, nil)
	metricBytes     = prometheus.NewDesc("newsclip_body_bytes_total", "Bytes of decoded bodies.", nil, nil)
	metricErrors    = prometheus.NewDesc("newsclip_errors_total", "URLs that failed for good.", []string{"cause"}, nil)
	metricSkipped   = prometheus.NewDesc("newsclip_skipped_total", "URLs left out.", []string{"cause"}, nil)
	metricQueue     = prometheus.NewDesc("newsclip_queue", "URLs found and not finished.", nil, nil)
	metricHost      = prometheus.NewDesc("newsclip_host_total", "URLs of a host, in all runs of the job: found, fetched, skipped and failed ones, and articles.", []string{"host", "what"}, nil)
	metricSuccess   = prometheus.NewDesc("newsclip_host_last_success_timestamp_seconds", "When a host has last given an answer that could be used.", []string{"host"}, nil)
	metricPace      = prometheus.NewDesc("newsclip_host_pace_seconds", "Time between two requests to a host.", []string{"host"}, nil)
	metricGivenUp   = prometheus.NewDesc("newsclip_host_given_up", "1 where too many requests to a host have failed.", []string{"host"}, nil)
	metricHosts     = prometheus.NewDesc("newsclip_hosts", "Hosts with URLs in the queue.", nil, nil)
)

// Describe sends nothing, which makes this an unchecked collector: its labels are
// not known in advance.
func (m *crawlMetrics) Describe(chan<- *prometheus.Desc) {}

// Collect sends the counts of the last progress.
func (m *crawlMetrics) Collect(ch chan<- prometheus.Metric) {
	p := m.last.Load()
	if p == nil {
		return
	}
	s := &p.Summary
	counter := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, labels...)
	}
	counter(metricPages, float64(s.Pages))
	counter(metricArticles, float64(s.Articles))
	counter(metricRequests, float64(s.Requests))
	counter(metricRetries, float64(s.Retries))
	counter(metricRedirects, float64(s.Redirects))
	counter(metricBytes, float64(s.Bytes))
	for _, cause := range slices.Sorted(maps.Keys(s.Errors)) {
		counter(metricErrors, float64(s.Errors[cause]), cause)
	}
	for _, cause := range slices.Sorted(maps.Keys(s.Skipped)) {
		counter(metricSkipped, float64(s.Skipped[cause]), string(cause))
	}
	ch <- prometheus.MustNewConstMetric(metricQueue, prometheus.GaugeValue, float64(p.Queue))
	ch <- prometheus.MustNewConstMetric(metricHosts, prometheus.GaugeValue, float64(p.HostsPending))
	if p.Health != nil {
		hosts := p.Health()
		if !m.all && len(hosts) > 2*metricHostsShown {
			hosts = slices.Concat(hosts[:metricHostsShown], hosts[len(hosts)-metricHostsShown:])
		}
		for i := range hosts {
			collectHost(ch, &hosts[i])
		}
	}
}

// metricHostsShown is how many of the worst and of the best hosts have metrics, unless
// all are asked for: each has eight.
const metricHostsShown = 50

func collectHost(ch chan<- prometheus.Metric, h *scrape.HostHealth) {
	name := visible(hostName(h))
	for _, c := range []struct {
		what string
		n    int
	}{{"found", h.Found}, {"fetched", h.Fetched}, {"articles", h.Articles}, {"skipped", h.Skips()}, {"failed", h.Failures()}} {
		ch <- prometheus.MustNewConstMetric(metricHost, prometheus.CounterValue, float64(c.n), name, c.what)
	}
	if !h.LastSuccess.IsZero() {
		ch <- prometheus.MustNewConstMetric(metricSuccess, prometheus.GaugeValue, float64(h.LastSuccess.Unix()), name)
	}
	if h.Pace > 0 {
		ch <- prometheus.MustNewConstMetric(metricPace, prometheus.GaugeValue, h.Pace, name)
	}
	givenUp := 0.0
	if h.GivenUp {
		givenUp = 1
	}
	ch <- prometheus.MustNewConstMetric(metricGivenUp, prometheus.GaugeValue, givenUp, name)
}

// serveMetrics serves /metrics on an address until stop is called, and prints the
// address unless quiet is set.
func serveMetrics(e *env, address string, quiet bool, o *scrape.Options) (stop func(), err error) {
	last := &atomic.Pointer[scrape.Progress]{}
	last.Store(&scrape.Progress{})
	handlers := make(map[bool]http.Handler)
	for _, all := range []bool{false, true} {
		reg := prometheus.NewRegistry()
		for _, c := range []prometheus.Collector{
			&crawlMetrics{last: last, all: all},
			collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		} {
			if err := reg.Register(c); err != nil {
				return nil, err
			}
		}
		handlers[all] = promhttp.HandlerFor(reg, promhttp.HandlerOpts{})
	}
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--metrics: %w", err)
	}
	if !quiet {
		e.infof("metrics on http://%s/metrics", ln.Addr())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		handlers[r.URL.Query().Get("hosts") == "all"].ServeHTTP(w, r)
	})
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = srv.Serve(ln) }() // it ends with Shutdown
	next := o.OnProgress
	o.OnProgress = func(p scrape.Progress) {
		last.Store(&p)
		if next != nil {
			next(p)
		}
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = srv.Shutdown(ctx)
	}, nil
}
