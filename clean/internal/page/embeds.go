package page

import (
	"newsclip/selectors"
)

// NotArticle are the roles of boxes whose embeds and pictures are not the
// article's.
const NotArticle = selectors.Ad | selectors.Comment | selectors.Consent | selectors.Footer | selectors.Nav |
	selectors.Newsletter | selectors.Promo | selectors.Related | selectors.Share | selectors.Sidebar
