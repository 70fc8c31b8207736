package article

import (
	"strings"

	"newsclip/clean/internal/text"
)

// Join adds the following pages of an article that is split over several, in
// their order, to a, its first page. What a page says again, such as the
// standfirst or the first page's last paragraph, is not said twice; a part whose
// text is all known adds nothing. The parts are not kept.
func (a *Article) Join(parts ...*Article) {
	var joined strings.Builder
	joined.WriteString(a.Text)
	known := make(map[string]bool)
	for p := range strings.SplitSeq(a.Text, "\n\n") {
		known[p] = true
	}
	known[a.Subtitle] = true
	images := make(map[string]bool)
	for i := range a.Images {
		images[a.Images[i].URL] = true
	}
	for _, part := range parts {
		a.Truncated = a.Truncated || part.Truncated
		fresh := false
		for p := range strings.SplitSeq(part.Text, "\n\n") {
			if known[p] {
				continue
			}
			known[p] = true
			fresh = true
			if joined.Len() > 0 {
				joined.WriteString("\n\n")
			}
			joined.WriteString(p)
		}
		if !fresh {
			continue
		}
		if part.Markdown != "" {
			a.Markdown = strings.TrimRight(a.Markdown, "\n") + "\n\n" + part.Markdown
		}
		a.HTML += part.HTML
		for _, img := range part.Images {
			if !images[img.URL] {
				images[img.URL] = true
				img.Lead = false
				a.Images = append(a.Images, img)
			}
		}
		a.Removed = append(a.Removed, part.Removed...)
		a.Confidence = min(a.Confidence, part.Confidence)
	}
	a.Text = joined.String()
	a.WordCount = CountWords(a.Text)
	a.ContentHash = text.ContentHash(a.Text)
}

// CountWords counts the words of a text as [Article.WordCount] does: runs of letters and
// digits, and in scripts without spaces two letters as a word.
func CountWords(s string) int { return int(text.CountWords(s)) }
