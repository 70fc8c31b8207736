package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"newsclip/clean"
	"newsclip/cmd/internal/rulebook"
	"newsclip/cmd/internal/show"
	"newsclip/selectors"
)

// A panelView is the form at a block: what it is to be, and the rules that make it so.
type panelView struct {
	ID, Block, Host string
	As              string
	Choices         []choice
	Rules           []string // suggested lines
	File            *rulebook.File
	Writable        bool
	// StrippedBy is the rule of the site that takes the block out, which no rule to
	// keep it outdoes.
	StrippedBy string
}

// A choice is a thing that a block can be made.
type choice struct {
	Directive, Words, Link string
	Chosen                 bool
}

// siteRule matches the place of a rule in a file of site rules.
var siteRule = regexp.MustCompile(`^.+\.txt:\d+$`)

// choices are the directives that a block can be given, in the order in which they
// are offered.
var choices = []struct{ directive, words string }{
	{"keep", "Keep in the text"}, {"strip", "Remove"}, {"title", "Headline"}, {"subtitle", "Standfirst"}, {"author", "Byline"}, {"date", "Date"},
}

// panel makes the form of a block. as is the directive; where it is none, the
// opposite of what the block is now.
func (s *Site) panel(p *stored, d *clean.Draft, b *show.Block, as string) (*panelView, error) {
	v := &panelView{ID: p.ID, Block: fmt.Sprint(b.Index), Host: p.Host, Writable: s.o.Rules.Writable()}
	if p.Host == "" {
		return v, nil
	}
	if !slices.ContainsFunc(choices, func(c struct{ directive, words string }) bool { return c.directive == as }) {
		as = "keep"
		if b.State == show.Kept {
			as = "strip"
		}
	}
	v.As = as
	for _, c := range choices {
		v.Choices = append(v.Choices, choice{c.directive, c.words, fmt.Sprintf("/pages/%s?block=%d&as=%s#rule", p.ID, b.Index, c.directive), c.directive == as})
	}
	if by := d.Passages()[b.Index].Rule; as == "keep" && siteRule.MatchString(by) {
		v.StrippedBy = by
	} else {
		for _, r := range d.RulesFor(b.Index, as) {
			v.Rules = append(v.Rules, r.Directive+": "+r.Selector)
		}
	}
	var err error
	v.File, err = s.o.Rules.Page(p.Host)
	return v, err
}

// A triedView tells what rules do that are not saved.
type triedView struct {
	Host, ID    string
	Text, Old   string
	File        *rulebook.File
	Writable    bool
	Error       string
	Pages       []triedPage
	More        int // pages that were not tried
	NoneChanged bool
}

// A triedPage is what rules do to one page at hand.
type triedPage struct {
	ID, Title, Error string
	Here             bool
	Out, In          []string // texts that leave the article, and that enter it
	OutMore, InMore  int
	Fields           []changedField
}

// Same reports whether the rules change nothing on the page.
func (t *triedPage) Same() bool { return len(t.Out)+len(t.In)+len(t.Fields) == 0 && t.Error == "" }

type changedField struct{ Name, Before, After string }

const (
	// triedAtOnce is how many pages of a site rules are tried on.
	triedAtOnce = 12
	// changesShown is how many texts are shown of those that a page loses or gains.
	changesShown = 5
)

// changeRules tries rules on the pages of a site that are at hand, or saves them.
func (s *Site) changeRules(w http.ResponseWriter, r *http.Request) {
	p := s.find(w, r)
	if p == nil {
		return
	}
	if err := s.parseForm(w, r, 8*rulebook.MaxBytes); err != nil {
		s.Problem(w, err)
		return
	}
	if p.Host == "" {
		s.Problem(w, faultf(http.StatusUnprocessableEntity, "the page does not tell where it is from, so there is no site that rules could be for"))
		return
	}
	file, err := s.o.Rules.Page(p.Host)
	if err != nil {
		s.Problem(w, faultf(http.StatusUnprocessableEntity, "%v", err))
		return
	}
	t := &triedView{Host: p.Host, ID: p.ID, File: file, Old: r.PostFormValue("old"), Writable: s.o.Rules.Writable()}
	t.Text = rulebook.Add(strings.ReplaceAll(r.PostFormValue("rules"), "\r\n", "\n"), r.PostFormValue("line"))
	if r.PostFormValue("do") == "save" {
		if _, err := s.o.Rules.Save(p.Host, t.Old, t.Text); err != nil {
			s.showTried(w, r, p, t, saveStatus(err), err)
			return
		}
		http.Redirect(w, r, "/pages/"+p.ID+"?saved=1", http.StatusSeeOther)
		return
	}
	status := http.StatusOK
	if _, err = s.o.Rules.Try(p.Host, t.Text); err != nil {
		status = http.StatusUnprocessableEntity
	}
	s.showTried(w, r, p, t, status, err)
}

func saveStatus(err error) int {
	switch {
	case errors.Is(err, rulebook.ErrNoFolder):
		return http.StatusForbidden
	case errors.Is(err, rulebook.ErrChanged):
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// showTried shows the page by the rules of a form and what they do to the pages of
// the site, or, where they do not load, the page by the rules in force.
func (s *Site) showTried(w http.ResponseWriter, r *http.Request, p *stored, t *triedView, status int, problem error) {
	if problem != nil {
		t.Error = problem.Error()
	}
	rules, err := s.o.Rules.Try(p.Host, t.Text)
	if err != nil {
		rules = s.o.Rules.Set()
	} else {
		s.try(r, p, t, rules)
	}
	v, err := s.look(r.Context(), p, rules, r)
	if err != nil {
		s.Problem(w, err)
		return
	}
	v.Tried = t
	s.write(w, status, "page", v)
}

// try compares the records of the site's pages by the rules in force with those by
// other rules.
func (s *Site) try(r *http.Request, p *stored, t *triedView, rules *selectors.Set) {
	pages := []*stored{p}
	for _, other := range s.pages.list() {
		if other.ID != p.ID && other.Host == p.Host {
			pages = append(pages, other)
		}
	}
	if len(pages) > triedAtOnce {
		t.More = len(pages) - triedAtOnce
		pages = pages[:triedAtOnce]
	}
	t.NoneChanged = true
	for _, one := range pages {
		res := triedPage{ID: one.ID, Title: one.Title, Here: one == p}
		before, err := s.outcome(r, one, s.o.Rules.Set())
		after, err2 := s.outcome(r, one, rules)
		if err = errors.Join(err, err2); err != nil {
			res.Error = err.Error()
		} else {
			res.compare(before, after)
		}
		t.NoneChanged = t.NoneChanged && res.Same()
		t.Pages = append(t.Pages, res)
	}
}

// An outcome is what is compared of two records of a page.
type outcome struct {
	kept   []string
	fields [][2]string // name and value
	none   string      // why there is no article
}

func (s *Site) outcome(r *http.Request, p *stored, rules *selectors.Set) (*outcome, error) {
	o := new(outcome)
	err := s.o.Server.Draft(r.Context(), p.In, rules, func(d *clean.Draft) {
		a, err := d.Article()
		if err != nil {
			o.none = err.Error()
			return
		}
		o.fields = [][2]string{{"title", a.Title}, {"subtitle", a.Subtitle}, {"authors", authors(a)}, {"published", a.Published}}
		for _, passage := range d.Passages() {
			if passage.Keep {
				o.kept = append(o.kept, passage.Text)
			}
		}
	})
	return o, err
}

// compare tells the differences of two outcomes.
func (t *triedPage) compare(before, after *outcome) {
	switch {
	case after.none != "" && before.none == "":
		t.Error = "With these rules there is no article: " + after.none
		return
	case after.none != "":
		return
	}
	t.Out, t.OutMore = cutList(without(before.kept, after.kept))
	t.In, t.InMore = cutList(without(after.kept, before.kept))
	for k, f := range after.fields {
		old := ""
		if k < len(before.fields) {
			old = before.fields[k][1]
		}
		if old != f[1] {
			t.Fields = append(t.Fields, changedField{f[0], old, f[1]})
		}
	}
}

// without returns the texts of a that b does not have, each as often.
func without(a, b []string) []string {
	n := make(map[string]int, len(b))
	for _, text := range b {
		n[text]++
	}
	var out []string
	for _, text := range a {
		if n[text]--; n[text] < 0 {
			out = append(out, text)
		}
	}
	return out
}

func cutList(texts []string) (shown []string, more int) {
	if len(texts) > changesShown {
		texts, more = texts[:changesShown], len(texts)-changesShown
	}
	for _, text := range texts {
		shown = append(shown, show.Cut(text, 160))
	}
	return shown, more
}

// formNumber returns a whole number of a form that is not negative, 0 where the field
// is empty.
func formNumber(form url.Values, name string) (int, error) {
	v := strings.TrimSpace(form.Get(name))
	if v == "" {
		return 0, nil
	}
	var n int
	if _, err := fmt.Sscanf(v, "%d", &n); err != nil || n < 0 || fmt.Sprint(n) != v {
		return 0, fmt.Errorf("%s: %q is not a whole number", name, v)
	}
	return n, nil
}
