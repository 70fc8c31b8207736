package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/frontier"
)

func newStatusCommand(e *env) *cobra.Command {
	var p place
	var asJSON, check, repair bool
	var hosts int
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show the progress of a crawl",
		Example: `  newsclip status --state news.state
  newsclip status --nats nats://a:4222 --job press --json
  newsclip status --state news.state --check
  newsclip status --state news.state --repair`,
		Long: `status shows how far a crawl has come.

With --check it reads the whole state and compares every message with its checksum
and its number. A crawl does the same when it starts, and does not go on with a
state that is damaged: pages could be lost, or written twice.

With --repair the state is written anew from all that is whole. Pages of which it is
not known any more what became of them are fetched again; where URLs may be lost,
all pages are. An article that the output has is not written twice: a file of JSON
Lines is read for that, a database replaces a record by its id. The damaged files
are kept in a folder of their own. Continue with the command of the crawl.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.check(true); err != nil {
				return err
			}
			switch {
			case hosts < 0:
				return usagef("--hosts takes 0 or more", "--hosts: %d is too small", hosts)
			case (check || repair) && (p.state == "" || asJSON):
				return usagef("newsclip status --state DIR --check", "--check and --repair are for --state, and without --json")
			case check && repair:
				return usagef("--repair checks first", "--check and --repair exclude each other")
			case check:
				return checkState(e, p.state)
			case repair:
				return repairState(cmd.Context(), e, p.state)
			}
			st, err := readStatus(cmd.Context(), &p)
			if err != nil {
				return err
			}
			if asJSON {
				enc := json.NewEncoder(e.stdout)
				enc.SetIndent("", "  ")
				return enc.Encode(st)
			}
			text := visible(st.text())
			for _, line := range hostTable(st.Health, hosts, terminalWidth(e.stdout), time.Now()) {
				text += line + "\n"
			}
			_, err = fmt.Fprint(e.stdout, text)
			return err
		},
	}
	p.register(cmd, true)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print it as JSON, with all hosts")
	cmd.Flags().IntVar(&hosts, "hosts", defaultHosts, "show the `N` hosts that go worst and the N that go best (0: none)")
	cmd.Flags().BoolVar(&check, "check", false, "check the whole state for damage, and change nothing")
	cmd.Flags().BoolVar(&repair, "repair", false, "mend a damaged state")
	return cmd
}

// crawlStatus is the state of a crawl.
type crawlStatus struct {
	State   string         `json:"state"` // running, waiting or finished
	Begun   time.Time      `json:"begun,omitzero"`
	Ended   time.Time      `json:"ended,omitzero"`
	Next    time.Time      `json:"next,omitzero"` // when a watch begins its next round
	Round   int            `json:"round"`
	Found   int            `json:"found"`
	Done    int            `json:"done"`
	Failed  int            `json:"failed"`
	Pending int            `json:"pending"`
	Delayed int            `json:"delayed"`
	Hosts   int            `json:"hosts"`
	Class   map[string]int `json:"pending_by_class,omitempty"`
	// Articles and the fields below are of the process that runs the crawl, if
	// there is one.
	Articles int       `json:"articles,omitempty"`
	Pages    int       `json:"pages,omitempty"`
	Errors   int       `json:"errors,omitempty"`
	AtWork   []string  `json:"at_work,omitempty"`
	AsOf     time.Time `json:"as_of,omitzero"`
	// Health tells how the crawl of each host goes, the worst first.
	Health []scrape.HostHealth `json:"health,omitempty"`
}

// readStatus reads the state of a crawl, or the progress that the process which has
// it open has left.
func readStatus(ctx context.Context, p *place) (*crawlStatus, error) {
	f, err := frontier.Open(ctx, frontier.Options{Dir: p.state, URL: p.nats, Job: p.job, Existing: true})
	if errors.Is(err, frontier.ErrNoJob) {
		if p.state != "" {
			return nil, fmt.Errorf("%s holds no crawl", p.state)
		}
		return nil, fmt.Errorf("no job %q on these servers", p.job)
	}
	if errors.Is(err, frontier.ErrInUse) {
		return readProgress(p.state)
	}
	if errors.Is(err, frontier.ErrDamaged) {
		return nil, damaged(p.state, err)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	job, err := f.Job(ctx)
	if err != nil {
		return nil, err
	}
	s := f.Stats() // of all URLs, where this process has the state open
	if p.nats != "" {
		if s, err = f.Survey(ctx); err != nil {
			return nil, err
		}
	}
	health, err := scrape.Health(ctx, f)
	if err != nil {
		return nil, err
	}
	st := &crawlStatus{
		State: "waiting", Begun: job.Begun, Ended: job.Finished, Round: job.Round,
		Found: s.Found, Done: s.Done, Failed: s.Failed, Pending: s.Pending, Delayed: s.Delayed, Hosts: s.Hosts,
		Class: make(map[string]int), Health: health,
	}
	if p.nats != "" {
		st.State = "running" // a worker may be running: the servers do not tell
	}
	if !job.Finished.IsZero() {
		st.State = "finished"
	}
	for c, n := range s.ByClass {
		if n > 0 {
			st.Class[frontier.Class(c).String()] = n
		}
	}
	return st, nil
}

func (s *crawlStatus) text() string {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-9s %s\n", name, fmt.Sprintf(format, args...))
	}
	n := func(k int) string { return humanize.Comma(int64(k)) }
	line("state", "%s", s.State)
	if !s.Begun.IsZero() {
		line("begun", "%s", s.Begun.Local().Format(time.DateTime))
	}
	if !s.Ended.IsZero() {
		line("ended", "%s", s.Ended.Local().Format(time.DateTime))
	}
	if !s.Next.IsZero() {
		line("next", "a round at %s", s.Next.Local().Format(time.DateTime))
	}
	if s.Round > 0 {
		line("recrawls", "%d", s.Round)
	}
	switch {
	case s.Found > 0 && s.Next.IsZero():
		line("found", "%s URLs, %s done, %s of them failed", n(s.Found), n(s.Done), n(s.Failed))
	case s.Found > 0:
		line("found", "%s URLs", n(s.Found))
	}
	line("pending", "%s URLs of %s hosts, %s of them wait to be tried again", n(s.Pending), n(s.Hosts), n(s.Delayed))
	if !s.AsOf.IsZero() {
		line("this run", "%s pages, %s articles, %s errors", n(s.Pages), n(s.Articles), n(s.Errors))
		line("at work", "%s", strings.Join(s.AtWork, " "))
		line("as of", "%s", s.AsOf.Local().Format(time.DateTime))
	}
	return b.String()
}

// progressFile is the file in which a crawl with --state leaves its progress,
// because the state itself can be open in one process only.
const progressFile = "progress.json"

// hostsFile is the same for how the crawl of each host goes.
const hostsFile = "hosts.json"

// How often both are written. That of 5,000 hosts has a megabyte.
const (
	progressEvery = 2 * time.Second
	hostsEvery    = 10 * time.Second
)

// leaveProgress makes a crawl write its progress into the folder of its state.
func leaveProgress(dir string, o *scrape.Options) {
	next := o.OnProgress
	var last, lastHosts time.Time
	o.OnProgress = func(p scrape.Progress) {
		if next != nil {
			next(p)
		}
		// Errors do not matter: only "newsclip status" reads the files, and a full
		// disk is reported when records are written.
		now := time.Now()
		if now.Sub(lastHosts) > hostsEvery {
			lastHosts = now
			_ = writeJSON(filepath.Join(dir, hostsFile), p.Health())
		}
		if now.Sub(last) > progressEvery {
			last = now
			_ = writeProgress(dir, &p, now)
		}
	}
}

// leaveRounds makes a watch write when its next round begins.
func leaveRounds(dir string, o *scrape.Options) {
	begun, next := time.Now(), o.OnRound
	o.OnRound = func(s *scrape.Summary, at time.Time) {
		if next != nil {
			next(s, at)
		}
		_ = writeJSON(filepath.Join(dir, hostsFile), s.Health)
		_ = writeJSON(filepath.Join(dir, progressFile), crawlStatus{
			State: "waiting", Begun: begun, Next: at, Found: s.Found, Done: s.Found - s.Pending, Pending: s.Pending,
		})
	}
}

func writeProgress(dir string, p *scrape.Progress, now time.Time) error {
	st := crawlStatus{
		State: "running", Pending: p.Queue, Hosts: p.HostsPending, Begun: p.Summary.Started,
		Articles: p.Articles, Pages: p.Pages, Errors: p.Errors, AtWork: p.Hosts, AsOf: now,
	}
	return writeJSON(filepath.Join(dir, progressFile), st)
}

// writeJSON writes a value to a file in one piece.
func writeJSON(path string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	out, err := output.Create(path)
	if err != nil {
		return err
	}
	defer out.Abort()
	if _, err := out.Write(b); err != nil {
		return err
	}
	return out.Close()
}

func readProgress(dir string) (*crawlStatus, error) {
	st := &crawlStatus{State: "running"}
	if err := readJSON(filepath.Join(dir, progressFile), st); err != nil {
		return nil, err
	}
	if err := readJSON(filepath.Join(dir, hostsFile), &st.Health); err != nil {
		return nil, err
	}
	return st, nil
}

// readJSON reads a file that writeJSON may have written.
func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
