// Package selectors holds what is boilerplate and where a site keeps its
// article, as data, and the code that loads it.
package selectors

// Set is the rules of particular sites, loaded from a folder.
type Set struct{}
