package clean

import (
	"newsclip/selectors"
)

// A verdict says whether a block stays in the text and, where it does not,
// which stage and rule took it out.
type verdict struct {
	keep  bool
	stage string
	rule  string
}

// repeatWords is how many words make a line that nobody writes twice. Shorter
// ones come again for good reason: a refrain, a table's cell.
const repeatWords = 8

// sweep goes through the blocks that the models keep and takes out what is
// said in another field or was said before. It returns the block that is the
// standfirst, or -1.
func (d *draft) sweep() (standfirst int) {
	bs := d.bs
	head := -1 // the first kept block that reads like a paragraph
	for k := range bs {
		if d.verdicts[k].keep && isLong(&bs[k]) {
			head = k
			break
		}
	}
	for k := range bs {
		b := &bs[k]
		switch {
		case !d.verdicts[k].keep:
		case d.facts.captions.has(b):
			d.drop(k, "sweep", "caption")
		case d.facts.headlines.has(b), d.facts.titles[b.hash] && k < head:
			d.drop(k, "sweep", "headline")
		case k < head && (d.facts.bylines.has(b) || d.facts.dates.has(b)):
			d.drop(k, "sweep", "byline")
		}
	}
	standfirst = d.standfirst()
	if standfirst >= 0 {
		d.verdicts[standfirst] = verdict{stage: "sweep", rule: "standfirst"}
	}
	if standfirst >= 0 {
		for k := range bs {
			if !d.verdicts[k].keep {
				continue
			}
			if bs[k].hash == bs[standfirst].hash {
				d.drop(k, "sweep", "standfirst")
				break
			}
			if bs[k].words >= repeatWords {
				break
			}
		}
	}
	d.sayOnce()
	return standfirst
}

// sayOnce drops the lines of the text that stand there already.
func (d *draft) sayOnce() {
	seen := make(map[uint64]bool, len(d.bs))
	d.lines(func(line []int) {
		var h uint64
		var words int32
		for _, k := range line {
			h = h*0x9e3779b97f4a7c15 + d.bs[k].hash
			words += d.bs[k].words
		}
		if seen[h] && words >= repeatWords {
			for _, k := range line {
				d.drop(k, "sweep", "said before")
			}
		}
		seen[h] = true
	})
}

func (d *draft) drop(k int, stage, rule string) {
	d.verdicts[k] = verdict{stage: stage, rule: rule}
}

// standfirstReach is how many blocks after the body's first paragraph a
// standfirst may still stand: pages show the lead picture, a share bar or the
// author's box first.
const standfirstReach = 8

// standfirst finds the block between headline and body that is the dek: its
// class says so or a description of the page says the same words, and it is
// set apart from the body's paragraphs.
func (d *draft) standfirst() int {
	bs := d.bs
	body := map[uint32]int32{}
	var main uint32
	for k := range bs {
		if d.verdicts[k].keep && isLong(&bs[k]) {
			body[bs[k].sig] += bs[k].words
			if body[bs[k].sig] > body[main] {
				main = bs[k].sig
			}
		}
	}
	title, head := -1, len(bs)
	for k := range bs {
		if d.verdicts[k].keep && isLong(&bs[k]) && bs[k].sig == main {
			head = k
			break
		}
	}
	for k := range min(head+1, len(bs)) {
		if d.facts.headlines.has(&bs[k]) || d.facts.titles[bs[k].hash] && bs[k].words > 2 {
			title = k
		}
	}
	best, bestScore := -1, 0
	for k := max(0, title-4); k < min(len(bs), max(title, head)+standfirstReach); k++ {
		b := &bs[k]
		if b.words < 4 || b.words > 120 || b.linkWords*2 > b.words || b.where&inHidden != 0 ||
			d.facts.captions.has(b) || d.facts.headlines.has(b) || d.facts.titles[b.hash] || wordOverlap(b.text, d.facts.titleSet) > 0.6 {
			continue
		}
		in, cover := d.facts.described(b.text)
		said := in >= 0.8 && cover >= 0.5 || in >= 0.6 && cover >= 0.9 || d.facts.descHash[b.hash]
		if !said && (d.facts.bylines.has(b) || d.facts.dates.has(b)) {
			continue
		}
		role, depth := b.roleDepth[standfirstRole], int16(d.t.nodes[b.el].depth)
		keep := d.verdicts[k].keep
		score := 0
		switch {
		case said && role > 0 && depth-role <= 2:
			score = 4
		case said && b.sig != main:
			score = 3
		case b.sig == main:
		case role == depth && title >= 0 && k > title && k < head && k < title+12:
			score = 2
		case role > 0 && depth-role <= 2 && keep:
			score = 1
		}
		if title < 0 && !keep {
			continue
		}
		if score > bestScore {
			best, bestScore = k, score
		}
	}
	return best
}

// standfirstRole is the index of selectors.Standfirst in a block's roleDepth.
var standfirstRole = func() int {
	for k := range roleCount {
		if selectors.Roles(1)<<k == selectors.Standfirst {
			return k
		}
	}
	panic("clean: no standfirst role")
}()
