package kind

import (
	"fmt"
	"math"
	"sync"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/text"
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
	trustBody            // share of JSON-LD's ArticleBody that the text has; -1 where there is none
	trustBias
	NTrust
)

var TrustNames = [NTrust]string{"expected", "article", "body", "bias"}

var TrustWeights = sync.OnceValue(func() [NTrust]float32 {
	w, err := readTrust()
	if err != nil {
		panic("clean: model: " + err.Error())
	}
	return w
})

// readTrust reads a line for each weight, in order.
func readTrust() (w [NTrust]float32, err error) {
	n := 0
	err = judge.ReadOdds("model/confidence.txt", func(name string, v float32) {
		if n < NTrust && name == TrustNames[n] {
			w[n] = v
		}
		n++
	})
	if err == nil && n != NTrust {
		err = fmt.Errorf("model/confidence.txt: %d weights, want %d", n, NTrust)
	}
	return w, err
}

// Confidence is how likely the text is right; see [Article.Confidence]. article
// is how likely the page is one.
func (d *Page) Confidence(article float32) float64 {
	x := d.Trust(article)
	w := TrustWeights()
	var v float64
	for k := range x {
		v += float64(w[k] * x[k])
	}
	return math.Round(1000/(1+math.Exp(-v))) / 1000
}

// Trust returns the columns of confidence; article is the kind model's answer.
func (d *Page) Trust(article float32) [NTrust]float32 {
	var hit, kept, likely float64 // words
	for k := range d.Body.Blocks {
		b := &d.Body.Blocks[k]
		p := float64(d.Probs[k]) * float64(b.Words)
		likely += p
		if !d.Body.Verdicts[k].Keep && k != d.Subtitle {
			continue
		}
		kept += float64(b.Words)
		hit += p
	}
	var f1 float64
	if kept+likely > 0 {
		f1 = 2 * hit / (kept + likely)
	}
	var x [NTrust]float32
	// At either end a hundredth is as good as the next: the models are never
	// surer than that of a whole page.
	x[trustExpected] = float32(math.Log((f1 + 0.01) / (1.01 - f1)))
	x[trustArticle] = article
	x[trustBody] = d.bodyShare()
	x[trustBias] = 1
	return x
}

// bodyShare is the share of JSON-LD's ArticleBody that stands in the text, by
// runs of words; -1 where the page has none.
func (d *Page) bodyShare() float32 {
	body := &d.Signals.BodyGrams
	if body.N == 0 {
		return -1
	}
	hit := 0
	for k := range d.Body.Blocks {
		if !d.Body.Verdicts[k].Keep {
			continue
		}
		toks := d.Body.Blocks[k].Toks
		for j := range text.Grams(toks) {
			if body.Has(text.Gram(toks, j)) {
				hit++
			}
		}
	}
	return min(float32(hit)/float32(body.N), 1)
}
