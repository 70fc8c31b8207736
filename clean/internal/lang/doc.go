// Package lang reads the tags of languages as pages declare them, and detects the
// language of a text by its script and its commonest words, which are a table of
// package selectors.
package lang
