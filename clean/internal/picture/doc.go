// Package picture finds the pictures of a page, the caption and credit of each,
// and which of them is the lead.
//
// [Read] lists the pictures with the nodes that are their captions and credits;
// the sweep takes those out of the text, and [Choose] makes the images of the
// record once it is known where the article stands.
package picture
