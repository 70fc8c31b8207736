// Package overview makes the report on many records: one web page of what they
// are, when and where they were published, how sure they are, what failed, what
// was stripped, and which are nearly the same.
//
// An [Overview] takes records one after another by [Overview.Add], and crawls by
// [Overview.AddCrawl]; [Overview.Write] writes the page. It keeps counts and no
// records, so that its memory is bounded, whatever the number of records: of
// names, such as hosts and authors, it counts the maxNames that are most frequent
// (Metwally, Agrawal and El Abbadi, 2005), exactly as long as there are no more,
// and it says where a count may be too high. Near-duplicates are found among the
// 300,000 to 600,000 records before one.
//
// The page is self-contained: it loads nothing and runs no script. Each plot has
// its numbers as a table.
package overview
