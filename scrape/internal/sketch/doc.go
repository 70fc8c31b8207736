// Package sketch compares articles by little: whether two pages are one article, told by
// a fingerprint of the text, the hashes of its lead and of the title, and the day of
// publication ([Sketch]); and whether two titles are of pages of one article
// ([SameTitle]).
package sketch
