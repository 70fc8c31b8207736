package clean

import "newsclip/clean/internal/page"

// Cost returns about how many bytes of memory a page takes while it is cleaned, so that
// programs which clean many pages at once can bound the sum.
func Cost(html []byte) int64 { return page.Cost(html) }
