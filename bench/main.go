// Command bench runs newsclip beside the other Go extractors and crawlers, on
// the same pages and in turn, and prints medians, ratios and spread.
//
// It is a module of its own, so that what newsclip is compared with is no
// dependency of newsclip. README.md has its commands.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

type options struct {
	pages    string
	rounds   int
	site     int
	hosts    int
	conns    int
	farm     int
	farmTime time.Duration
	command  string
	out      io.Writer
}

// tables are what can be printed, in the order in which "all" prints them.
var tables = []struct {
	name string
	make func(options) error
}{
	{"speed", speed},
	{"quality", quality},
	{"growth", growth},
	{"start", start},
	{"command", cleanCommand},
	{"crawl", crawl},
	{"memory", memory},
	{"farm", crawlFarm},
}

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 3 && args[0] == crawlerArg {
		// A crawler runs as a process of its own, so that its memory is.
		if err := runCrawler(args[1], args[2], stdout); err != nil {
			fmt.Fprintln(stderr, "bench:", err)
			return 1
		}
		return 0
	}
	o := options{out: stdout}
	var gate float64
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.SetOutput(stderr)
	what := fs.String("table", "speed", "which table: speed, quality, growth, start, command, crawl, memory, farm or all")
	fs.StringVar(&o.pages, "pages", "", "pages to read: a folder, a corpus's folder or a file of JSON lines; empty for the newsroom's")
	fs.IntVar(&o.rounds, "rounds", 7, "how often each is measured")
	fs.IntVar(&o.site, "site", 5000, "pages of the site that is crawled")
	fs.IntVar(&o.hosts, "hosts", 4, "hosts of the site that is crawled")
	fs.IntVar(&o.conns, "connections", 2, "connections to each host")
	fs.IntVar(&o.farm, "farm", 200, "hosts of the farm")
	fs.DurationVar(&o.farmTime, "farm-time", 30*time.Second, "how long requests to the farm are counted")
	fs.StringVar(&o.command, "command", "", "the newsclip to measure in the tables start, command, crawl, memory and farm; empty for the one that is built")
	fs.Float64Var(&gate, "gate", 0, "with the table speed: fail where newsclip takes more than this share of go-readability's time")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if fs.NArg() > 0 || o.rounds < 1 || o.site < 1 || o.hosts < 1 || o.conns < 1 || o.farm < 1 || o.farmTime <= 0 {
		fmt.Fprintln(stderr, "bench: takes flags alone, and counts of 1 or more; see bench -help")
		return 2
	}
	known := false
	for _, t := range tables {
		if *what != t.name && *what != "all" {
			continue
		}
		known = true
		if err := t.make(o); err != nil {
			fmt.Fprintf(stderr, "bench: %s: %v\n", t.name, err)
			return 1
		}
	}
	if !known {
		fmt.Fprintf(stderr, "bench: there is no table %q\n", *what)
		return 2
	}
	if gate > 0 {
		if err := checkGate(o, gate); err != nil {
			fmt.Fprintln(stderr, "bench:", err)
			return 1
		}
	}
	return 0
}
