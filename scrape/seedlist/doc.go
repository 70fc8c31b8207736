// Package seedlist reads lists of sites to crawl: lines, JSON Lines, CSV and OPML.
//
// Call [Read], which finds by its content what a list is:
//
//   - Lines have a URL each, which a comment or other columns may follow.
//   - A line that begins with a brace is a JSON object with the members url, name,
//     delay, max_pages, include, exclude and labels. Such lines and others may be mixed.
//   - CSV has a header with a column url, and any of the others in any order, separated
//     by commas, semicolons or tabs. A column labels.x is the label x.
//   - Labels are an object, or words and pairs as in country=fi;daily or a list of them.
//     A word is a label whose value is empty.
//   - OPML has outlines with xmlUrl, a feed, and htmlUrl, a front page; both are seeds.
//     text or title is the name, and the outline around it the label category.
//
// # Guarantees
//
// What cannot be read of a list is told with its line and left out, and the rest is
// read.
//
// # Limits
//
// A list has [MaxSize] bytes at most, a line or an element of it 256 KiB, and elements stand
// 1,000 deep in each other. A field of CSV does not go on in the next line.
package seedlist
