package clean

import (
	"newsclip/clean/internal/embedded"
	"newsclip/clean/internal/page"
)

const (
	// lacksWords is how many words a page keeps at most that is taken to show no
	// article: a title, a message that asks for a script, the first line of a text.
	lacksWords = 50
	// carriedTimes is how many times the words that a page shows a body that it
	// carries must have.
	carriedTimes = 2
	// maxCarried is how many of them are cleaned, the likeliest first.
	maxCarried = 3
)

// carried returns the draft of a body that stands in the page's data and not
// among its visible elements, where d has no article; else nil. The record keeps
// the metadata of the page as it is; what the page lacks of title and authors is the
// body's.
func (c *Cleaner) carried(d *draft) *draft {
	if d.site != nil || d.kept() >= lacksWords {
		return nil
	}
	k := d.kindPage()
	known := embedded.Known{Title: d.meta.Title, LDBody: d.meta.ArticleBody, Thread: k.IsThread(k.Read())}
	bodies := embedded.Find(d.body.Tree, known)
	for _, b := range bodies[:min(len(bodies), maxCarried)] {
		p, err := b.Page(d.body.Tree, d.meta.Title)
		if err != nil {
			continue
		}
		x := c.judge(page.NewTree(p), nil, false)
		if n := x.kept(); n < embedded.MinWords || n < carriedTimes*d.kept() {
			x.release()
			p.Release()
			continue
		}
		x.record, x.from = d.meta, b.From
		if x.record.Title == "" {
			x.record.Title = x.meta.Title
		}
		if len(x.record.Authors) == 0 && !known.Thread { // a thread has many
			x.record.Authors, x.record.From.Authors = x.meta.Authors, x.meta.From.Authors
		}
		return x
	}
	return nil
}

// kept is how many words the draft has.
func (d *draft) kept() int {
	n := 0
	for k := range d.body.Blocks {
		if d.body.Verdicts[k].Keep {
			n += int(d.body.Blocks[k].Words)
		}
	}
	return n
}
