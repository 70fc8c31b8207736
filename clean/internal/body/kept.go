package body

// A KeptCount answers [Body.KeepsIn] in the same time however large a box is.
// It holds as long as no verdict changes.
type KeptCount struct {
	bd *Body
	to []int32 // kept blocks before each
}

// CountKept counts the kept blocks of bd.
func CountKept(bd *Body) *KeptCount {
	c := &KeptCount{bd: bd, to: make([]int32, len(bd.Blocks)+1)}
	for k := range bd.Blocks {
		c.to[k+1] = c.to[k]
		if bd.Verdicts[k].Keep {
			c.to[k+1]++
		}
	}
	return c
}

// In reports whether a block inside node i is kept.
func (c *KeptCount) In(i int32) bool {
	first, last := c.bd.BlocksIn(i)
	return first < last && c.to[last] > c.to[first]
}
