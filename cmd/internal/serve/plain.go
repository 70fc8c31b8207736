package serve

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"newsclip/output"
)

// registerPlain registers what is no operation of the API.
func (s *Server) registerPlain(mux *http.ServeMux, registry *prometheus.Registry) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.HandleFunc("GET /v1/schema", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/schema+json")
		_, _ = w.Write(output.Schema())
	})
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	if s.o.Agents != nil {
		mux.Handle("/mcp", s.o.Agents)
	}
}

// serverMetrics are the server's own.
type serverMetrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	waited   prometheus.Histogram
}

func newServerMetrics(r prometheus.Registerer) *serverMetrics {
	m := &serverMetrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "newsclip_http_requests_total", Help: "Requests answered."}, []string{"pattern", "status"}),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "newsclip_http_request_seconds", Help: "Time to the end of the answer."}, []string{"pattern"}),
		waited:   prometheus.NewHistogram(prometheus.HistogramOpts{Name: "newsclip_clean_wait_seconds", Help: "Time that a page waited for its place."}),
	}
	r.MustRegister(m.requests, m.seconds, m.waited)
	return m
}

// count counts the answers of next, and in unsent the bytes of those that are being
// sent. A client that takes none of an answer for so long loses it.
func (m *serverMetrics) count(next http.Handler, unsent *atomic.Int64, timeout time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		sw := &statusWriter{ResponseWriter: w, control: http.NewResponseController(w), status: http.StatusOK, unsent: unsent, timeout: timeout}
		next.ServeHTTP(sw, r)
		pattern := r.Pattern // of the mux; empty where no handler was reached
		m.requests.WithLabelValues(pattern, http.StatusText(sw.status)).Inc()
		m.seconds.WithLabelValues(pattern).Observe(time.Since(begun).Seconds())
	})
}

// statusWriter remembers the status of an answer, and gives its client up that does not
// take it.
type statusWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	status  int
	begun   bool
	unsent  *atomic.Int64
	timeout time.Duration
}

// WriteHeader takes the first status: that the rest of an answer could not be sent is not
// to be told to a client that has gone.
func (w *statusWriter) WriteHeader(status int) {
	if w.begun {
		return
	}
	w.begun, w.status = true, status
	w.extend()
	w.ResponseWriter.WriteHeader(status)
}

// sentAtOnce is how much of an answer has one timeout to be sent, in bytes.
const sentAtOnce = 1 << 20

// Write sends b in pieces, each of which has its time.
func (w *statusWriter) Write(b []byte) (int, error) {
	size := int64(len(b))
	w.begun = true
	w.unsent.Add(size)
	defer w.unsent.Add(-size)
	n := 0
	for {
		w.extend()
		k, err := w.ResponseWriter.Write(b[n:min(n+sentAtOnce, len(b))])
		if n += k; err != nil || n == len(b) {
			return n, err
		}
	}
}

// extend gives what is sent next its time.
func (w *statusWriter) extend() {
	// A connection that cannot have a deadline is bounded by the server's own.
	_ = w.control.SetWriteDeadline(time.Now().Add(w.timeout))
}

// SetWriteDeadline is for what would set a deadline of its own: [statusWriter.Write] has one.
func (w *statusWriter) SetWriteDeadline(time.Time) error { return nil }

// Flush is for what looks for a Flusher, and Unwrap for http.ResponseController.
func (w *statusWriter) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
