package clean

import (
	"strconv"
	"strings"

	"newsclip/clean/article"
	"newsclip/clean/internal/render"
)

// A Passage is something that a page says, and what became of it: a block of
// text, a part that was cut out of a kept block, or a box that was taken out
// whole.
type Passage struct {
	Text string
	// Tag is the element of a block, such as "p" or "h2"; "" for a box and for a
	// part of a block.
	Tag  string
	Keep bool
	// Stage and Rule tell what took the passage out, as in [Removed]; both are
	// empty where it is kept.
	Stage, Rule string

	node int32 // the passage's first node in the draft's tree
}

// Passages returns all that the page says, in its order. It works out why each
// passage was taken out, whether or not [Options.Explain] is set. The draft must
// not be closed yet.
func (x *Draft) Passages() []Passage {
	all := x.d.explainer().passages()
	out := make([]Passage, 0, len(all))
	for _, p := range all {
		s := Passage{Text: p.text, Keep: p.Keep, node: p.node}
		if !p.Keep {
			s.Stage, s.Rule = p.Stage, p.Rule
		}
		if p.block >= 0 {
			s.Text = x.d.body.LineText(p.block)
			s.Tag = x.d.body.Blocks[p.block].Tag.String()
		}
		out = append(out, s)
	}
	return out
}

// HTML returns the text of the draft as it stands, as HTML that has passed an
// allow-list and is safe to show. Images are those of the record that are shown
// in it; nil shows none.
func (x *Draft) HTML(images []article.Image) string {
	return render.HTMLBody(x.d.body, x.d.pics, images)
}

// A Field is a field of a record as text, and where its value was read.
type Field struct{ Name, Value, From string }

// Fields returns the metadata of the draft's record a, without the fields that
// have no value.
func (x *Draft) Fields(a *article.Article) []Field {
	from := &x.d.record.From
	var out []Field
	add := func(name, value, from string) {
		if value != "" {
			out = append(out, Field{name, value, from})
		}
	}
	const page = "the page's text"
	add("title", a.Title, from.Title.String())
	add("subtitle", a.Subtitle, page)
	add("description", a.Description, from.Description.String())
	var authors []string
	for _, p := range a.Authors {
		authors = append(authors, p.Name)
	}
	add("authors", strings.Join(authors, ", "), from.Authors.String())
	add("published", a.Published, from.Published.String())
	add("modified", a.Modified, from.Modified.String())
	if a.Site != nil {
		site := a.Site.Name
		if site != "" && a.Site.Domain != "" {
			site += ", "
		}
		add("site", site+a.Site.Domain, from.Site.String())
	}
	add("language", a.Language, from.Language.String())
	add("section", a.Section, from.Section.String())
	add("tags", strings.Join(a.Tags, ", "), from.Tags.String())
	add("canonical_url", a.CanonicalURL, from.CanonicalURL.String())
	if a.FreeAccess != nil {
		add("free_access", strconv.FormatBool(*a.FreeAccess), from.FreeAccess.String())
	}
	add("rights", rightsText(a.Rights), "robots, TDM and license marks")
	add("kind", a.Kind, "the page's form")
	add("word_count", strconv.Itoa(a.WordCount), page)
	add("confidence", strconv.FormatFloat(a.Confidence, 'f', -1, 64), "the models")
	return out
}

// rightsText lists the names of the rights that are set. r may be nil.
func rightsText(r *article.Rights) string {
	if r == nil {
		return ""
	}
	var set []string
	for _, x := range []struct {
		name string
		on   bool
	}{{"noai", r.NoAI}, {"noindex", r.NoIndex}, {"tdm_reservation", r.TDMReservation}, {r.License, r.License != ""}} {
		if x.on {
			set = append(set, x.name)
		}
	}
	return strings.Join(set, ", ")
}

// Title returns the headline, also of a page that holds no article; "" where it
// was not found.
func (x *Draft) Title() string { return x.d.record.Title }

// URL returns the address that the page came from, or "".
func (x *Draft) URL() string { return x.d.body.Tree.Page.URL }

// Language returns the page's language as a BCP 47 tag; "" where it was not found.
func (x *Draft) Language() string { return x.d.record.Language }
