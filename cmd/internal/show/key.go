package show

// keyNames are the states and fields of blocks, in the order of the key.
var keyNames = []string{Kept, "headline", "standfirst", "byline", "date", "caption", Removed}

// tally counts the blocks of each state and field that blocks have.
func tally(blocks []Block) []Tally {
	var out []Tally
	for _, name := range keyNames {
		t := Tally{Name: name}
		for _, b := range blocks {
			if b.Field == name || b.Field == "" && b.State == name {
				t.Blocks += b.Count
				t.Words += b.Words
			}
		}
		if t.Blocks > 0 {
			out = append(out, t)
		}
	}
	return out
}
