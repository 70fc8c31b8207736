// Package judge tells which blocks of a page are the article's.
//
// [Gather] collects what the rest of the page says ([Signals]); [Pick] returns
// how likely each block is the article's, and from which probability on a block
// is kept. Two forests of decision trees judge each block; their weights are data
// in the folder model, fitted by the command clean/internal/train. Where they
// expect little of their own choice, go-readability is asked for a second
// opinion. A model's file names its columns, and one whose columns are not those
// of the code does not load.
package judge
