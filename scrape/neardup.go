package scrape

import "newsclip/scrape/internal/neardup"

// NearDuplicates finds articles whose text is nearly that of an earlier one, as a
// crawl does. The zero value is ready to use.
type NearDuplicates = neardup.Index
