// Package jsonld reads the JSON-LD of a page. Content systems write it with every
// kind of error, so it reads what is there up to the first byte that cannot be
// read, follows references by @id, and bounds depth and number of objects.
package jsonld
