package body

import (
	"strings"
	"testing"
	"time"

	"newsclip/clean/internal/judge"
)

// TestKeepDataOfALargeTable: a table is asked once whether it holds data. Asked for each of
// its lines, this one takes over ten seconds.
func TestKeepDataOfALargeTable(t *testing.T) {
	bd := keepAll(t, "<h1>The ferry</h1><p>It is for sale.</p><table>"+strings.Repeat("<caption>x</caption>", 70_000)+"</table>")
	for k := range bd.Blocks[2:] {
		bd.Drop(k+2, "pick", "")
	}
	from := time.Now()
	KeepData(bd, &judge.Signals{})
	if took := time.Since(from); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}
