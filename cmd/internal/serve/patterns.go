package serve

import (
	"fmt"
	"regexp"
	"regexp/syntax"

	"newsclip/scrape"
)

// The patterns of a crawl have maxPatternBytes together, and come to maxPatternSteps once
// repetitions are written out: a library that compiles x{1000} makes a thousand of x.
const (
	maxPatternBytes = 16 << 10
	maxPatternSteps = 10_000
)

// compilePatterns compiles the patterns of a request where they are small enough for
// that. left is how many bytes and steps may still be taken.
func compilePatterns(exprs []string, left *patternRoom) ([]*regexp.Regexp, error) {
	for _, expr := range exprs {
		if left.bytes -= len(expr); left.bytes < 0 {
			return nil, fmt.Errorf("all patterns together are longer than %d bytes", maxPatternBytes)
		}
		re, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			return nil, err
		}
		if left.steps -= patternSteps(re); left.steps < 0 {
			return nil, fmt.Errorf("%.80q takes the patterns beyond %d characters, counted as often as they are repeated", expr, maxPatternSteps)
		}
	}
	return scrape.CompilePatterns(exprs)
}

type patternRoom struct{ bytes, steps int }

// patternSteps returns how long an expression is with its repetitions written out, or
// more than maxPatternSteps.
func patternSteps(re *syntax.Regexp) int {
	n := 1
	if re.Op == syntax.OpLiteral {
		n = len(re.Rune)
	}
	for _, sub := range re.Sub {
		n = min(n+patternSteps(sub), maxPatternSteps+1)
	}
	if re.Op == syntax.OpRepeat {
		n = min(n*max(1, re.Min, re.Max), maxPatternSteps+1)
	}
	return n
}
