package articles

import (
	"errors"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape"
)

// WantsRendering returns a function that reports whether a single page is to be
// rendered by a mode, as [scrape.Fetcher.RenderedPage] takes it. With
// [scrape.RenderAuto] it cleans the page with c to find out.
func WantsRendering(c *clean.Cleaner, mode scrape.RenderMode) func(clean.Input) bool {
	switch mode {
	case scrape.RenderAlways:
		return func(clean.Input) bool { return true }
	case scrape.RenderAuto:
		return func(in clean.Input) bool {
			wants, err := clean.Within(c, func() (bool, error) { return needsScripts(c, in) })
			return err == nil && wants
		}
	}
	return nil
}

// needsScripts reports whether a page has no article and plainly shows its text by
// scripts alone.
func needsScripts(c *clean.Cleaner, in clean.Input) (bool, error) {
	d, err := c.Draft(in)
	if err != nil {
		return false, err
	}
	defer d.Close()
	a, err := d.Article()
	if err != nil {
		var ce *clean.Error
		return errors.As(err, &ce) && ce.Code == article.CodeNeedsJavaScript, nil
	}
	return !article.IsArticle(a.Kind) && d.NeedsScripts(), nil
}
