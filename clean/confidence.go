package clean

// confidence is the F1 that the models' answers make likely.
func (d *draft) confidence() float64 {
	var hit, kept, all float64
	for k := range d.bs {
		w := float64(d.bs[k].words)
		p := float64(d.probs[k])
		all += p * w
		if d.verdicts[k].keep {
			hit += p * w
			kept += w
		}
	}
	if kept == 0 || all == 0 {
		return 0
	}
	return float64(int(2*hit/(kept+all)*1000)) / 1000
}
