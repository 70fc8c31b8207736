// Package scrape turns a site into pages.
package scrape
