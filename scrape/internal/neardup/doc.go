// Package neardup finds near-duplicates: articles whose text is nearly that of an
// earlier one, as where two papers print one agency's report.
//
// # Guarantees
//
// [Index.Nearest] returns an earlier article whose 64-bit simhash differs in three
// bits or less. A page is not a duplicate of itself.
//
// # Limits
//
// Texts of less than 40 words are not compared. Articles are compared with the
// 300,000 to 600,000 before them, in this process.
package neardup
