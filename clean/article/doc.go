// Package article is the record: what newsclip knows of one page, as it is
// written to JSON. It imports no stage of cleaning, so a program that only reads
// records needs nothing else of newsclip.
//
// [Article] has the fields of every record, those that only a crawl fills
// included; a field without a value is left out. [Article.Join] adds the
// following pages of an article that is split over several. An input that could
// not be cleaned has a record with [Article.Error], whose code is one of the
// Code constants and stays the same from version to version.
package article
