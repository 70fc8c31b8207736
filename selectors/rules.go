package selectors

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Rules tell where one site keeps its article. Of Body, Title, Subtitle, Author
// and Date the first selector that finds something counts; all of Strip do. The
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
	// StripNames are parts of an id or class: an element with such an id or
	// class is stripped. StripImages are parts of an image's src.
	StripNames, StripImages []StripWord
	// Replacements are made in the page's source before it is parsed.
	Replacements []Replacement
	// KeepAll is set by "prune: no": inside Body, only Strip and its like are
	// stripped.
	KeepAll bool
	// SkipJSONLD is set where the site's JSON-LD is not to be trusted.
	SkipJSONLD bool
}

// StripWord is a word of a strip directive and where it stands.
type StripWord struct {
	Word, Rule string
}

// Replacement is one find_string with its replace_string.
type Replacement struct {
	Find, Replace string
}

// Rewrite makes the replacements in a page's source, which has to be UTF-8. It
// returns src itself where there is nothing to replace. A nil Rules has
// nothing.
func (r *Rules) Rewrite(src []byte) []byte {
	if r == nil {
		return src
	}
	for _, rep := range r.Replacements {
		if find := []byte(rep.Find); bytes.Contains(src, find) {
			src = bytes.ReplaceAll(src, find, []byte(rep.Replace))
		}
	}
	return src
}

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
// inside. Where files do not load, the error names each fault with file and line,
// and the Set is nil.
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
		b, err := os.ReadFile(file)
		if err != nil {
			faults = append(faults, fmt.Errorf("selectors: %w", err))
			continue
		}
		r, err := ParseRules(path.Join(filepath.ToSlash(dir), e.Name()), b)
		if err != nil {
			faults = append(faults, err)
			continue
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
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return s, nil
}

// directives are what is done with the value of each directive; argument is what
// stands in brackets after the name.
var directives = map[string]func(p *ruleParser, argument, value string) error{
	"author":            func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Author, v) },
	"body":              func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Body, v) },
	"date":              func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Date, v) },
	"find_string":       (*ruleParser).find,
	"prune":             func(p *ruleParser, _, v string) error { return p.flag(&p.rules.KeepAll, v, false) },
	"replace_string":    (*ruleParser).replace,
	"skip_json_ld":      func(p *ruleParser, _, v string) error { return p.flag(&p.rules.SkipJSONLD, v, true) },
	"strip":             func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Strip, v) },
	"strip_id_or_class": func(p *ruleParser, _, v string) error { return p.word(&p.rules.StripNames, v) },
	"strip_image_src":   func(p *ruleParser, _, v string) error { return p.word(&p.rules.StripImages, v) },
	"subtitle":          func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Subtitle, v) },
	"title":             func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Title, v) },
}

// ignored are directives of the community's format for which newsclip has no
// use, and why.
var ignored = map[string]string{
	"autodetect_next_page":     "pages are fetched by the crawl, which follows links itself",
	"autodetect_on_failure":    "where no body selector matches, the page is read like any other",
	"convert_double_br_tags":   "lines between br are paragraphs on every page",
	"dissolve":                 "tags around words do not matter to the text",
	"footnotes":                "footnotes are treated like other text",
	"http_header":              "headers are given on the command line",
	"if_page_contains":         "a condition on the links that the crawl follows itself",
	"insert_detected_image":    "the lead image is always in the record",
	"login_extra_fields":       "newsclip does not log in; cookies are given on the command line",
	"login_password_field":     "newsclip does not log in; cookies are given on the command line",
	"login_uri":                "newsclip does not log in; cookies are given on the command line",
	"login_username_field":     "newsclip does not log in; cookies are given on the command line",
	"move_into":                "the order of the page is the order of the text",
	"native_ad_clue":           "whether a page is an advertisement is not in the record",
	"next_page_link":           "pages are fetched by the crawl, which follows links itself",
	"not_logged_in_xpath":      "newsclip does not log in; cookies are given on the command line",
	"parser":                   "there is one parser",
	"post_strip_attr":          "attributes are not in the text, and html passes an allow-list",
	"requires_login":           "newsclip does not log in; cookies are given on the command line",
	"single_page_link_in_feed": "pages are fetched by the crawl, which follows links itself",
	"single_page_link":         "pages are fetched by the crawl, which follows links itself",
	"skip_id_or_class":         "a hint for another program's autodetection",
	"src_lazy_load_attr":       "lazy images are resolved on every page",
	"strip_attr":               "attributes are not in the text, and html passes an allow-list",
	"strip_comments":           "comments are never read",
	"test_contains":            "for the tests of the rules' authors",
	"test_url":                 "for the tests of the rules' authors",
	"tidy":                     "the parser repairs HTML as browsers do",
	"wrap_in":                  "tags around words do not matter to the text",
}

// ruleParser reads one file.
type ruleParser struct {
	rules *Rules
	at    string // file:line
	// found are the find_string that wait for their replace_string.
	found []string
}

// ParseRules reads the rules of one site. File is what messages and [Selector.Rule]
// call them. The error names each fault with file and line.
func ParseRules(file string, b []byte) (*Rules, error) {
	p := &ruleParser{rules: &Rules{File: file}}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	lines := bufio.NewScanner(bytes.NewReader(b))
	var faults []error
	n := 0
	for lines.Scan() {
		n++
		p.at = fmt.Sprintf("%s:%d", file, n)
		if err := p.line(strings.TrimSpace(lines.Text())); err != nil {
			faults = append(faults, fmt.Errorf("selectors: %s: %w", p.at, err))
		}
	}
	if err := lines.Err(); err != nil {
		faults = append(faults, fmt.Errorf("selectors: %s:%d: %w", file, n+1, err))
	}
	if len(p.found) > 0 {
		faults = append(faults, fmt.Errorf("selectors: %s: find_string: %q has no replace_string", p.at, p.found[0]))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return p.rules, nil
}

func (p *ruleParser) line(line string) error {
	if line == "" || line[0] == '#' {
		return nil
	}
	if !utf8.ValidString(line) {
		return errors.New("the line is not UTF-8")
	}
	name, argument, value, ok := cutDirective(line)
	if !ok {
		return fmt.Errorf("%q is no directive: a line reads \"directive: value\"", line)
	}
	if _, ok := ignored[name]; ok {
		return nil
	}
	do, ok := directives[name]
	if !ok {
		return fmt.Errorf("no directive is called %q", name)
	}
	if value == "" && name != "replace_string" {
		return fmt.Errorf("%s: has no value", name)
	}
	if err := do(p, argument, value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// cutDirective cuts "name: value" and "name(argument): value". The argument
// may have brackets and colons in it: it ends at the first "):".
func cutDirective(line string) (name, argument, value string, ok bool) {
	k := strings.IndexAny(line, ":(")
	if k < 0 {
		return "", "", "", false
	}
	name = strings.ToLower(strings.TrimSpace(line[:k]))
	if line[k] == ':' {
		return name, "", strings.TrimSpace(line[k+1:]), true
	}
	argument, value, ok = strings.Cut(line[k+1:], "):")
	return name, argument, strings.TrimSpace(value), ok
}

func (p *ruleParser) selector(into *[]*Selector, value string) error {
	s, err := compileSelector(value)
	if err != nil {
		return err
	}
	s.Rule = p.at
	*into = append(*into, s)
	return nil
}

func (p *ruleParser) word(into *[]StripWord, value string) error {
	*into = append(*into, StripWord{Word: strings.Trim(value, `"'`), Rule: p.at})
	return nil
}

// flag sets a switch to what for "yes" and "true", to the opposite for "no" and
// "false".
func (p *ruleParser) flag(into *bool, value string, what bool) error {
	switch strings.ToLower(value) {
	case "yes", "true":
		*into = what
	case "no", "false":
		*into = !what
	default:
		return fmt.Errorf("%q is neither yes nor no", value)
	}
	return nil
}

func (p *ruleParser) find(_, value string) error {
	p.found = append(p.found, value)
	return nil
}

// replace ends the oldest find_string: the format allows all of them first and
// then their replacements.
func (p *ruleParser) replace(argument, value string) error {
	if argument == "" {
		if len(p.found) == 0 {
			return errors.New("there is no find_string before it")
		}
		argument, p.found = p.found[0], p.found[1:]
	}
	p.rules.Replacements = append(p.rules.Replacements, Replacement{argument, value})
	return nil
}
