package clean

import (
	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// dropControls takes control characters out of what the page has put into a record:
// those that were no part of collapsed text, as in preformatted text and
// attributes.
func dropControls(a *article.Article) {
	fields := []*string{
		&a.CanonicalURL, &a.Title, &a.Subtitle, &a.Description, &a.Published, &a.Modified, &a.Language, &a.Section,
		&a.Markdown, &a.HTML,
	}
	for k := range a.Authors {
		fields = append(fields, &a.Authors[k].Name, &a.Authors[k].URL)
	}
	if a.Site != nil {
		fields = append(fields, &a.Site.Name, &a.Site.Domain)
	}
	for k := range a.Tags {
		fields = append(fields, &a.Tags[k])
	}
	if a.Rights != nil {
		fields = append(fields, &a.Rights.License)
	}
	for k := range a.Images {
		i := &a.Images[k]
		fields = append(fields, &i.URL, &i.Alt, &i.Caption, &i.Credit)
	}
	for k := range a.Removed {
		fields = append(fields, &a.Removed[k].Rule, &a.Removed[k].Text)
	}
	for k := range a.Evidence {
		e := &a.Evidence[k]
		fields = append(fields, &e.Value, &e.At, &e.Text)
		for k := range e.Others {
			o := &e.Others[k]
			fields = append(fields, &o.Value, &o.At, &o.Text)
		}
	}
	for _, s := range fields {
		if clean := page.NoControls(*s); clean != *s {
			*s = clean
		}
	}
}
