package serve

import (
	"net/http"
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

// count counts the answers of next.
func (m *serverMetrics) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		sw := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(sw, r)
		pattern := r.Pattern // of the mux; empty where no handler was reached
		m.requests.WithLabelValues(pattern, http.StatusText(sw.status)).Inc()
		m.seconds.WithLabelValues(pattern).Observe(time.Since(begun).Seconds())
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Flush is for what looks for a Flusher, and Unwrap for http.ResponseController.
func (w *statusWriter) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
