package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// newLog returns the log of a crawl. By default it has what concerns a whole host,
// and nothing where quiet is set; where wanted is set, because --log-format was
// given, it has every URL that fails.
func newLog(e *env, format string, quiet, wanted bool) *slog.Logger {
	level := slog.LevelWarn
	if wanted {
		level = slog.LevelInfo
	}
	if quiet && !wanted {
		return slog.New(slog.DiscardHandler)
	}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(visibleStderr{e}, &slog.HandlerOptions{Level: level}))
	}
	return slog.New(&lineHandler{e: e, level: level})
}

// lockedStderr writes whole lines to standard error, above the one that is rewritten.
type lockedStderr struct{ e *env }

func (w lockedStderr) Write(b []byte) (int, error) {
	w.e.mu.Lock()
	defer w.e.mu.Unlock()
	w.e.erase()
	n, err := w.e.stderr.Write(b)
	fmt.Fprint(w.e.stderr, w.e.line)
	return n, err
}

// visibleStderr is lockedStderr for lines that may hold anyone's text.
type visibleStderr struct{ e *env }

func (w visibleStderr) Write(b []byte) (int, error) {
	if _, err := lockedStderr(w).Write([]byte(visible(string(b)))); err != nil {
		return 0, err
	}
	return len(b), nil
}

var _, _ io.Writer = lockedStderr{}, visibleStderr{}

// lineHandler writes a log record in the form of the command's other messages.
type lineHandler struct {
	e     *env
	level slog.Level
}

func (h *lineHandler) Enabled(_ context.Context, l slog.Level) bool { return l >= h.level }
func (h *lineHandler) WithAttrs([]slog.Attr) slog.Handler           { return h }
func (h *lineHandler) WithGroup(string) slog.Handler                { return h }

func (h *lineHandler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString(r.Message)
	r.Attrs(func(a slog.Attr) bool {
		fmt.Fprintf(&b, " %s=%s", a.Key, a.Value)
		return true
	})
	if r.Level >= slog.LevelWarn {
		h.e.warnf("%s", b.String())
	} else {
		h.e.infof("%s", b.String())
	}
	return nil
}
