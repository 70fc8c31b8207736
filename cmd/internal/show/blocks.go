package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"newsclip/clean"
)

// What became of a block, by which its style is chosen.
const (
	Kept    = "kept"
	Moved   = "moved"
	Removed = "removed"
)

// A Block is a passage of a page as it is shown.
type Block struct {
	// Index is the passage's place in the draft's passages.
	Index int
	// State is Kept, Moved or Removed.
	State string
	// Rule tells why the block is not in the text; zero where it is kept.
	Rule
	// Name is the rule as the record has it, "sweep: caption"; empty where the
	// block is kept.
	Name string
	// Text is the page's own, to be escaped. Heading is 1 to 6, or 0.
	Text    string
	Heading int
	// Words counts the words of Text. Count is how many blocks it is of: a box
	// that was taken out whole holds many.
	Words, Count int
	// First is set on the first block that is kept.
	First bool
	// Again is set where the block before, which is shown too, is moved into the
	// same field: the field is not named once more.
	Again bool
	// Action is what a page's own template "block-action" shows at the block;
	// the template of this package shows nothing. The zero value is nil.
	Action any
}

// Blocks makes the blocks of a draft's passages, in their order.
func Blocks(passages []clean.Passage) []Block {
	out := make([]Block, len(passages))
	first := true
	for k, p := range passages {
		b := Block{Index: k, State: Kept, Text: p.Text, Heading: headingLevel(p.Tag), Words: p.Words, Count: max(p.Blocks, 1)}
		if p.Keep {
			b.First, first = first, false
		} else {
			b.Rule, b.Name, b.State = RuleOf(p.Rule), p.Stage+": "+p.Rule, Removed
			if b.Field != "" {
				b.State = Moved
			}
		}
		out[k] = b
	}
	return out
}

func headingLevel(tag string) int {
	if len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
		return int(tag[1] - '0')
	}
	return 0
}

// A Run is blocks that are shown together: blocks that are removed one after
// another, folded into one line, or a single block.
type Run struct {
	Blocks []Block
	// Summary names and counts the blocks of a run that is folded, as in
	// "navigation, 182 blocks". It is empty where the run is not folded.
	Summary string
	// Begin are the first words of a run that is folded.
	Begin string
}

const (
	// shownAlone is how many bytes a removed block may have that is shown in
	// full where it stands alone; a longer one is folded.
	shownAlone = 240
	// shownBefore is how many blocks that are moved into a field are shown before
	// the first kept one: headline, standfirst, byline, date and a caption are
	// usual.
	shownBefore = 5
	// beginBytes bounds the words that a folded line shows of its blocks: more
	// do not fit into one line.
	beginBytes = 160
)

// Fold parts blocks into runs, in their order. Removed blocks are folded. Before
// the first kept block, which is to be in sight without scrolling, so are blocks
// that are moved into a field where there are many: captions, dates, and all but
// the first of each field.
func Fold(blocks []Block) []Run {
	folds := make([]bool, len(blocks))
	first := slices.IndexFunc(blocks, func(b Block) bool { return b.State == Kept })
	moved := 0
	for k := range max(first, 0) {
		if blocks[k].State == Moved {
			moved++
		}
	}
	seen := map[string]bool{"caption": true, "date": true}
	for k, b := range blocks {
		switch {
		case b.State == Removed:
			folds[k] = true
		case b.State == Moved && k < first && moved > shownBefore:
			folds[k] = seen[b.Field]
			seen[b.Field] = true
		}
	}
	var out []Run
	for from := 0; from < len(blocks); {
		to := from + 1
		for folds[from] && to < len(blocks) && folds[to] {
			to++
		}
		r := Run{Blocks: blocks[from:to:to]}
		if from > 0 && !folds[from] && !folds[from-1] && blocks[from].Field != "" && blocks[from].Field == blocks[from-1].Field {
			r.Blocks[0].Again = true
		}
		if folds[from] && (to-from > 1 || len(blocks[from].Text) > shownAlone || blocks[from].State == Moved) {
			r.Summary, r.Begin = summary(r.Blocks), beginOf(r.Blocks)
		}
		out = append(out, r)
		from = to
	}
	return out
}

// summary names the groups of blocks that make up most of a run, the largest
// first, and counts the blocks.
func summary(blocks []Block) string {
	type group struct {
		name string
		n    int
	}
	var groups []group
	all := 0
	for _, b := range blocks {
		all += b.Count
		k := slices.IndexFunc(groups, func(g group) bool { return g.name == b.Group })
		if k < 0 {
			k = len(groups)
			groups = append(groups, group{name: b.Group})
		}
		groups[k].n += b.Count
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(b.n, a.n) })
	names := ""
	switch len(groups) {
	case 1:
		names = groups[0].name
	case 2:
		names = groups[0].name + " and " + groups[1].name
	case 3:
		names = groups[0].name + ", " + groups[1].name + " and " + groups[2].name
	default:
		names = groups[0].name + ", " + groups[1].name + fmt.Sprintf(" and %d other kinds", len(groups)-2)
	}
	return names + ", " + Count(all, "block")
}

// Count writes a number with the noun that it counts, in the plural where the
// number asks for it.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Number(n) + " " + noun + "s"
}

// Number writes n with commas between its thousands.
func Number(n int) string {
	if n < 0 {
		return "−" + Number(-n)
	}
	s := fmt.Sprint(n)
	for k := len(s) - 3; k > 0; k -= 3 {
		s = s[:k] + "," + s[k:]
	}
	return s
}

// beginOf returns the words that blocks begin with.
func beginOf(blocks []Block) string {
	var s strings.Builder
	for _, b := range blocks {
		if s.Len() > 0 {
			s.WriteString(" · ")
		}
		s.WriteString(strings.Join(strings.Fields(Cut(b.Text, beginBytes)), " "))
		if s.Len() >= beginBytes {
			break
		}
	}
	return Cut(s.String(), beginBytes)
}

// Cut returns s, or, where it is longer than n bytes, its beginning with an
// ellipsis.
func Cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
