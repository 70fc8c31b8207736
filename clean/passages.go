package clean

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/render"
	"newsclip/clean/internal/text"
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
	// Words counts the words of Text, and Blocks the blocks of text that a box
	// holds; it is 1 for anything else.
	Words, Blocks int

	node int32 // the passage's first node in the draft's tree
}

// Passages returns all that the page says, in its order. It works out why each
// passage was taken out, whether or not [Options.Explain] is set. The draft must
// not be closed yet.
func (x *Draft) Passages() []Passage {
	all := x.d.explainer().passages()
	out := make([]Passage, 0, len(all))
	for _, p := range all {
		s := Passage{Text: p.text, Keep: p.Keep, Words: int(text.CountWords(p.text)), Blocks: 1, node: p.node}
		if !p.Keep {
			s.Stage, s.Rule = p.Stage, p.Rule
		}
		if p.block >= 0 {
			s.Text = x.d.body.LineText(p.block)
			s.Tag = x.d.body.Blocks[p.block].Tag.String()
		} else if p.Stage == "prune" {
			s.Blocks = blocksIn(x.d.body.Tree, p.node)
		}
		out = append(out, s)
	}
	return out
}

// blocksIn counts the blocks of text in a box that was taken out whole, and so
// was not parted into blocks: its pieces of text that no edge of a block element
// parts.
func blocksIn(t *page.Tree, box int32) int {
	n := 0
	parted := true
	end := int32(-1) // of the block element around the text before
	for i := box; i < t.Nodes[box].End; {
		nd := &t.Nodes[i]
		switch {
		case nd.Opaque:
			i = nd.End
			continue
		case nd.Type == html.ElementNode && nd.Block:
			parted = true
		case nd.Type == html.TextNode && strings.TrimSpace(nd.Data) != "":
			if parted || i >= end {
				n++
			}
			parted, end = false, t.Nodes[box].End
			for e := nd.Parent; e >= box; e = t.Nodes[e].Parent {
				if t.Nodes[e].Block {
					end = t.Nodes[e].End
					break
				}
			}
		}
		i++
	}
	return max(n, 1)
}

// HTML returns the text of the draft as it stands, as HTML that has passed an
// allow-list and is safe to show. Images are those of the record that are shown
// in it; nil shows none.
func (x *Draft) HTML(images []article.Image) string {
	return render.HTMLBody(x.d.body, x.d.pics, images)
}

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
	const words = "the page's text"
	add("title", a.Title, from.Title.String())
	add("subtitle", a.Subtitle, words)
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
	add("word_count", strconv.Itoa(a.WordCount), words)
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
