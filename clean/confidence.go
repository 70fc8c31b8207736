package clean

import (
	"fmt"
	"math"
	"sync"
)

// Confidence is a logistic regression on three columns, because with more of
// them, and by forests, it was no better on publishers that it had not read:
// nearly all that can be known of a text's faults is in how sure the block
// models are of its blocks. It is fitted on answers of block models that have
// not read the page's publisher; those of the models that ship are surer of
// the corpora's own pages than they are of others.
//
// What the weights stand for, in the order of model/confidence.txt.
const (
	trustExpected = iota // log odds of the F1 that the block models expect
	trustArticle         // how likely the page is an article, by the kind model
	trustBody            // share of JSON-LD's articleBody that the text has; -1 where there is none
	trustBias
	nTrust
)

var trustNames = [nTrust]string{"expected", "article", "body", "bias"}

var trustWeights = sync.OnceValue(func() [nTrust]float32 {
	w, err := readTrust()
	if err != nil {
		panic("clean: model: " + err.Error())
	}
	return w
})

// readTrust reads a line for each weight, in order.
func readTrust() (w [nTrust]float32, err error) {
	n := 0
	err = readOdds("model/confidence.txt", func(name string, v float32) {
		if n < nTrust && name == trustNames[n] {
			w[n] = v
		}
		n++
	})
	if err == nil && n != nTrust {
		err = fmt.Errorf("model/confidence.txt: %d weights, want %d", n, nTrust)
	}
	return w, err
}

// confidence is how likely the text is right; see [Article.Confidence]. article
// is how likely the page is one.
func (d *kindPage) confidence(article float32) float64 {
	x := d.trust(article)
	w := trustWeights()
	var v float64
	for k := range x {
		v += float64(w[k] * x[k])
	}
	return math.Round(1000/(1+math.Exp(-v))) / 1000
}

// trust returns the columns of confidence; article is the kind model's answer.
func (d *kindPage) trust(article float32) [nTrust]float32 {
	var hit, kept, likely float64 // words
	for k := range d.body.blocks {
		b := &d.body.blocks[k]
		p := float64(d.probs[k]) * float64(b.words)
		likely += p
		if !d.body.verdicts[k].keep && k != d.subtitle {
			continue
		}
		kept += float64(b.words)
		hit += p
	}
	var f1 float64
	if kept+likely > 0 {
		f1 = 2 * hit / (kept + likely)
	}
	var x [nTrust]float32
	// At either end a hundredth is as good as the next: the models are never
	// surer than that of a whole page.
	x[trustExpected] = float32(math.Log((f1 + 0.01) / (1.01 - f1)))
	x[trustArticle] = article
	x[trustBody] = d.bodyShare()
	x[trustBias] = 1
	return x
}

// bodyShare is the share of JSON-LD's articleBody that stands in the text, by
// runs of words; -1 where the page has none.
func (d *kindPage) bodyShare() float32 {
	body := &d.signals.bodyGrams
	if body.n == 0 {
		return -1
	}
	hit := 0
	for k := range d.body.blocks {
		if !d.body.verdicts[k].keep {
			continue
		}
		toks := d.body.blocks[k].toks
		for j := range grams(toks) {
			if body.has(gram(toks, j)) {
				hit++
			}
		}
	}
	return min(float32(hit)/float32(body.n), 1)
}
