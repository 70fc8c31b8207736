package selectors

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// directives are what is done with the value of each directive; argument is what
// stands in brackets after the name.
var directives = map[string]func(p *ruleParser, argument, value string) error{
	"author":                func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Author, v) },
	"autodetect_on_failure": func(p *ruleParser, _, v string) error { return p.flag(&p.rules.NoFallback, v, false) },
	"body":                  func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Body, v) },
	"date":                  func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Date, v) },
	"dissolve":              func(p *ruleParser, _, v string) error { return p.edit(Dissolve, "", v) },
	"find_string":           (*ruleParser).find,
	"if_page_contains":      func(p *ruleParser, _, v string) error { return p.condition(v) },
	"keep":                  func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Keep, v) },
	"move_into":             func(p *ruleParser, a, v string) error { return p.edit(MoveInto, a, v) },
	"next_page_link":        func(p *ruleParser, _, v string) error { return p.link(&p.rules.NextPage, v) },
	"prune":                 func(p *ruleParser, _, v string) error { return p.flag(&p.rules.KeepAll, v, false) },
	"replace_string":        (*ruleParser).replace,
	"single_page_link":      func(p *ruleParser, _, v string) error { return p.link(&p.rules.SinglePage, v) },
	"skip_json_ld":          func(p *ruleParser, _, v string) error { return p.flag(&p.rules.SkipJSONLD, v, true) },
	"src_lazy_load_attr":    func(p *ruleParser, _, v string) error { return p.edit(LazySource, v, "//img[@"+v+"]") },
	"strip":                 func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Strip, v) },
	"strip_id_or_class":     func(p *ruleParser, _, v string) error { return p.word(&p.rules.StripNames, v) },
	"strip_image_src":       func(p *ruleParser, _, v string) error { return p.word(&p.rules.StripImages, v) },
	"subtitle":              func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Subtitle, v) },
	"test_contains":         (*ruleParser).testContains,
	"test_url":              (*ruleParser).testURL,
	"title":                 func(p *ruleParser, _, v string) error { return p.selector(&p.rules.Title, v) },
	"wrap_in":               func(p *ruleParser, a, v string) error { return p.edit(WrapIn, a, v) },
}

// ignored are directives of the community's format for which newsclip has no
// use, and why.
var ignored = map[string]string{
	"autodetect_next_page":     "a crawl finds the next page of an article by itself",
	"convert_double_br_tags":   "lines between br are paragraphs on every page",
	"footnotes":                "footnotes are treated like other text",
	"http_header":              "headers are given on the command line, with --header and --user-agent",
	"insert_detected_image":    "no picture is put into the text; the lead image is in the record",
	"login_extra_fields":       "newsclip does not log in; cookies are given on the command line",
	"login_password_field":     "newsclip does not log in; cookies are given on the command line",
	"login_uri":                "newsclip does not log in; cookies are given on the command line",
	"login_username_field":     "newsclip does not log in; cookies are given on the command line",
	"native_ad_clue":           "whether a page is an advertisement is not in the record",
	"not_logged_in_xpath":      "newsclip does not log in; cookies are given on the command line",
	"parser":                   "there is one parser",
	"post_strip_attr":          "attributes are not in the text, and html passes an allow-list",
	"requires_login":           "newsclip does not log in; cookies are given on the command line",
	"single_page_link_in_feed": "a crawl finds the links of a feed's entries by itself",
	"skip_id_or_class":         "a hint for another program's autodetection",
	"strip_attr":               "attributes are not in the text, and html passes an allow-list",
	"strip_comments":           "comments are never read",
	"tidy":                     "the parser repairs HTML as browsers do",
}

// ruleParser reads one file.
type ruleParser struct {
	rules *Rules
	at    string // file:line
	// found are the find_string that wait for their replace_string.
	found []string
	// lastLink is the link rule that an if_page_contains is for.
	lastLink *LinkRule
}

// ParseRules reads the rules of one site. File is what messages and [Selector.Rule]
// call them. The error names each fault with file and line, and the Rules have
// those of the other lines.
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
		faults = append(faults, fmt.Errorf("selectors: %s: find_string: %s has no replace_string", p.at, quote(p.found[0])))
	}
	return p.rules, errors.Join(faults...)
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
		return fmt.Errorf("%s is no directive: a line reads \"directive: value\"", quote(line))
	}
	if reason, ok := ignored[name]; ok {
		p.rules.Unused = append(p.rules.Unused, UnusedDirective{name, reason, p.at})
		return nil
	}
	do, ok := directives[name]
	if !ok {
		return fmt.Errorf("no directive is called %s", quote(name))
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
		return fmt.Errorf("%s is neither yes nor no", quote(value))
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

// link adds a rule for a link.
func (p *ruleParser) link(into *[]*LinkRule, value string) error {
	s, err := compileSelector(value)
	if err != nil {
		return err
	}
	s.Rule = p.at
	p.lastLink = &LinkRule{Link: s}
	*into = append(*into, p.lastLink)
	return nil
}

// condition makes the link rule before it hold only for some pages.
func (p *ruleParser) condition(value string) error {
	if p.lastLink == nil {
		return errors.New("there is no single_page_link or next_page_link before it")
	}
	s, err := compileSelector(value)
	if err != nil {
		return err
	}
	s.Rule = p.at
	p.lastLink.If = s
	return nil
}

func (p *ruleParser) testURL(_, value string) error {
	p.rules.Tests = append(p.rules.Tests, RuleTest{URL: value, Rule: p.at})
	return nil
}

// testContains adds words to the last page that was named.
func (p *ruleParser) testContains(_, value string) error {
	if len(p.rules.Tests) == 0 {
		return errors.New("there is no test_url before it")
	}
	t := &p.rules.Tests[len(p.rules.Tests)-1]
	t.Contains = append(t.Contains, strings.Join(strings.Fields(value), " "))
	return nil
}

func (p *ruleParser) edit(kind EditKind, argument, value string) error {
	e := &Edit{Kind: kind, Rule: p.at}
	var err error
	switch kind {
	case WrapIn:
		if e.Tag = atom.Lookup([]byte(strings.ToLower(strings.TrimSpace(argument)))); e.Tag == 0 {
			return fmt.Errorf("%s is no element of HTML", quote(argument))
		}
	case MoveInto:
		if e.Into, err = compileSelector(argument); err != nil {
			return err
		}
	case LazySource:
		e.Attr = strings.ToLower(argument)
	}
	if e.Nodes, err = compileSelector(value); err != nil {
		return err
	}
	e.Nodes.Rule = p.at
	p.rules.Edits = append(p.rules.Edits, e)
	return nil
}
