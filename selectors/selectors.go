// Package selectors holds what is boilerplate and where a site keeps its
// article, as data, and the code that loads it.
//
// The generic knowledge is compiled in, as tables: [RolesOf] tells what an
// element's class and id stand for (roles.txt), [MatchPhrase] what a line of
// text is (phrases.txt), [BylineGroupsOf] what a phrase is beside an author's
// name (bylines.txt), and so on for each table. It is evidence; package clean
// weighs it.
//
// # Tables
//
// All tables have one format. A table is a text file in UTF-8, one row a line;
// empty lines, and lines that begin with #, are comments. A row is columns with
// a tab between, and its last column is its entries, with " | " between:
//
//	by	en	by | stories by | written by
//	by	fr	par | rédigé par
//
// The comment at a table's head names the columns and explains what stands in
// them. A column "language" has a BCP 47 tag: mul where entries are the same in
// several languages or in none. Rows are sorted by their columns and entries
// within a row, both by bytes, and no two rows have the same columns. Entries
// are lower case; no entry stands twice, or can never match.
//
// A table is read when it is first used, or all at once by [ReadTables]. One
// that has a fault stops the program with file and line; the package's test
// checks every table for all of the above. A new table is a file, the variable
// that names its columns, and a row in the test's list.
//
// # Rules of sites
//
// The knowledge about particular sites is the user's: [LoadDir] reads a folder
// of rules, one file a site, and [Set.For] finds the rules of a host. The
// format is that of the community's site rules
// (https://github.com/fivefilters/ftr-site-config), so that its files can be
// used as they are:
//
//	# example.com.txt: pages of example.com and www.example.com
//	title: //h1[@class="headline"]
//	subtitle: .standfirst
//	author: .byline a
//	date: //time/@datetime
//	body: .article-text
//	strip: .article-text .promo
//	strip_id_or_class: newsletter
//
// A file called .example.com.txt is for example.com and every host under it.
// A value is an XPath where it looks like one and a CSS selector otherwise.
// [Rules] says what each directive does.
package selectors
