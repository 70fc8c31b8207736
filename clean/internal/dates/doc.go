// Package dates reads dates as pages write them: in the formats of machines, in
// words of many languages, and in the paths of addresses. Words and their
// languages are tables of package selectors.
//
// A [Date] keeps what was said: where no time was told it has none, and nothing
// is converted to another zone.
package dates
