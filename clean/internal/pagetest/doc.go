// Package pagetest helps the tests of cleaning: it parses pages, and checks that
// HTML is safe and that Markdown says what HTML says.
package pagetest
