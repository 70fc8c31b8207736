package selectors

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Rules tell where one site keeps its article. Of Body, Title, Subtitle, Author
// and Date the first selector that finds something counts; all of Strip and Keep do. The
// slices are shared: do not change them.
type Rules struct {
	// File is the file's path as LoadDir saw it.
	File string
	// Body finds the boxes of the article. Empty means that the article is
	// found as on any other page.
	Body []*Selector
	// Title, Subtitle, Author and Date find what they are named for. Every match
	// of an Author selector is an author.
	Title, Subtitle, Author, Date []*Selector
	// Strip finds what is never the article, also inside Body.
	Strip []*Selector
	// Keep finds what is the article wherever it stands, but for what Strip and
	// its like find.
	Keep []*Selector
	// StripNames are parts of an id or class: an element with such an id or
	// class is stripped. StripImages are parts of an image's src.
	StripNames, StripImages []StripWord
	// Replacements are made in the page's source before it is parsed.
	Replacements []Replacement
	// KeepAll is set by "prune: no": inside Body, only Strip and its like are
	// stripped.
	KeepAll bool
	// NextPage finds the link to the following page of an article, SinglePage
	// the one to the page that has the whole of it.
	NextPage, SinglePage []*LinkRule
	// Edits are made to the page's tree before anything is read of it.
	Edits []*Edit
	// NoFallback is set by "autodetect_on_failure: no": a page on which none of
	// Body fits has no article.
	NoFallback bool
	// Tests are the pages that the rules were made for.
	Tests []RuleTest
	// Unused are the directives that newsclip does nothing for.
	Unused []UnusedDirective
	// SkipJSONLD is set where the site's JSON-LD is not to be trusted.
	SkipJSONLD bool
}

// StripWord is a word of a strip directive and where it stands.
type StripWord struct {
	Word, Rule string
}

// RuleTest is a page that rules were made for, and what has to be in its text.
type RuleTest struct {
	URL, Rule string
	Contains  []string
}

// UnusedDirective is a directive of the community's format without effect, and
// why it has none.
type UnusedDirective struct {
	Name, Reason, Rule string
}

// Replacement is one find_string with its replace_string.
type Replacement struct {
	Find, Replace string
}

// Rewrite makes the replacements in a page's source, which has to be UTF-8. It
// returns src itself where there is nothing to replace. A nil Rules has
// nothing.
//
// A replacement that would make more than maxRewritten bytes of a page, and more than
// twice what it was, is left out: replacements that find what others wrote multiply.
func (r *Rules) Rewrite(src []byte) []byte {
	if r == nil {
		return src
	}
	limit := max(maxRewritten, 2*len(src))
	for _, rep := range r.Replacements {
		find := []byte(rep.Find)
		n := bytes.Count(src, find)
		if n > 0 && len(src)+n*(len(rep.Replace)-len(find)) <= limit {
			src = bytes.ReplaceAll(src, find, []byte(rep.Replace))
		}
	}
	return src
}

const maxRewritten = 16 << 20

// Set is the rules of particular sites. It is safe for concurrent use; nil and
// the zero Set have no rules.
type Set struct {
	hosts map[string]*Rules // by host, without www
	trees map[string]*Rules // by the host whose subdomains they are for as well
}

// For returns the rules for pages of a host, or nil: its own file first, then
// the file for subdomains with the longest name. The host may have a port;
// case and a leading "www." do not matter.
func (s *Set) For(host string) *Rules {
	if s == nil {
		return nil
	}
	host = normalHost(host)
	if r := s.hosts[host]; r != nil {
		return r
	}
	for host != "" {
		if r := s.trees[host]; r != nil {
			return r
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return nil
}

// Add adds the rules of a site, and takes the place of those that are there. The
// host begins with a dot where they are for its subdomains as well. It must not be called while the Set is in use.
func (s *Set) Add(host string, r *Rules) {
	into := &s.hosts
	if tree, ok := strings.CutPrefix(host, "."); ok {
		into, host = &s.trees, tree
	}
	if *into == nil {
		*into = make(map[string]*Rules)
	}
	(*into)[normalHost(host)] = r
}

func normalHost(host string) string {
	if k := strings.LastIndexByte(host, ':'); k >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:k]
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return strings.TrimPrefix(host, "www.")
}

// isNotice reports whether a file is LICENSE, README or the like, and not for a
// host.
func isNotice(name string) bool {
	return !strings.Contains(name, ".") && name == strings.ToUpper(name)
}

// LoadDir reads every file of a folder whose name ends in ".txt"; the rest of
// the name is the host. It skips LICENSE.txt and its like, and folders
// inside. Where lines do not load, the error names each fault with file and line,
// and the Set has the rules of the others; its Unwrap gives the faults one by
// one. The Set is nil where the folder cannot be read.
func LoadDir(dir string) (*Set, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("selectors: reading the rules: %w", err)
	}
	s := &Set{hosts: make(map[string]*Rules), trees: make(map[string]*Rules)}
	var faults []error
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".txt")
		if !ok || e.IsDir() || isNotice(name) {
			continue
		}
		file := filepath.Join(dir, e.Name())
		b, err := readRules(file)
		if err != nil {
			faults = append(faults, fmt.Errorf("selectors: %w", err))
			continue
		}
		r, err := ParseRules(path.Join(filepath.ToSlash(dir), e.Name()), b)
		if err != nil {
			faults = append(faults, faultsOf(err)...)
		}
		into := s.hosts
		if tree, ok := strings.CutPrefix(name, "."); ok {
			into, name = s.trees, tree
		}
		host := normalHost(name)
		if other := into[host]; other != nil {
			faults = append(faults, fmt.Errorf("selectors: %s: %s has rules for the same host", r.File, other.File))
			continue
		}
		into[host] = r
	}
	return s, errors.Join(faults...)
}

// maxRules bounds a file of rules, in bytes: each line is tried on each page of its site.
const maxRules = 256 << 10

// readRules reads a file of rules. A pipe or a device, of which reading may never end, is
// an error.
func readRules(file string) ([]byte, error) {
	fi, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, err
	case !fi.Mode().IsRegular():
		return nil, fmt.Errorf("%s: not a regular file", file)
	case fi.Size() > maxRules:
		return nil, fmt.Errorf("%s: larger than %d KiB, the most that is read of the rules of a site", file, maxRules>>10)
	}
	return os.ReadFile(file)
}

// faultsOf returns the faults that an error of [ParseRules] joins.
func faultsOf(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// All returns the rules of each site, in the order of their files.
func (s *Set) All() []*Rules {
	all := slices.AppendSeq(slices.Collect(maps.Values(s.hosts)), maps.Values(s.trees))
	slices.SortFunc(all, func(a, b *Rules) int { return strings.Compare(a.File, b.File) })
	return all
}
