// Package learn learns what the pages of a site have in common, and takes it out of
// their articles.
//
// A [Learner] observes the pages of its hosts, which [Teach] shows it once they are
// swept. [DropRepeated] takes out of a [body.Body] what stands on other pages of its host,
// and decides blocks in doubt by their place in the site's templates; [DropCards] takes
// the site's card out of the pictures; [Misled] tells that a page was judged by what the
// site says. A [Footprint] tells whether they would change a page, without it.
package learn
