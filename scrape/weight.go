package scrape

import (
	"runtime"
	"runtime/metrics"

	"newsclip/scrape/internal/memory"
)

// What the pages of all workers take in memory, in bytes, apart from their bodies. The
// large ones have a budget of their own, so that those of a hostile site, of which each
// takes seconds, do not hold up all others.
const (
	// pageBytes is for the pages in hand that take up to smallPage, and largePageBytes
	// for larger ones, of which one may take more than that, whatever it needs.
	pageBytes      = 64 << 20
	largePageBytes = 40 << 20
	smallPage      = 12 << 20
	// pressure is how many bytes the heap may have for a further large page to be taken
	// up beside others. The page counts pressureTimes what it takes by the estimate, which
	// pages that were made to take memory exceed: by 3.3 times at most, of 205 kinds.
	pressure      = 200 << 20
	pressureTimes = 3
	// pageBytesPerProcessor is for both kinds where it is more: a news page takes some
	// 4 MB, and two are in hand for each processor.
	pageBytesPerProcessor = 8 << 20
	// joinBytes is for the pages of articles whose following pages are being fetched;
	// one article may take more than that, but no more than mostJoined.
	joinBytes  = 64 << 20
	mostJoined = 160 << 20
)

// handBudgets bound the pages in memory.
type handBudgets struct{ small, large, joins *memory.Budget }

func newHandBudgets() handBudgets {
	least := int64(runtime.GOMAXPROCS(0)) * pageBytesPerProcessor
	return handBudgets{
		small: memory.NewBudget(max(pageBytes, least), 1),
		large: memory.NewBudget(max(largePageBytes, least), 1).Under(func(n int64) bool {
			return heapBytes()+pressureTimes*n <= max(pressure, 4*least)
		}),
		joins: memory.NewBudget(joinBytes, 1),
	}
}

// heapBytes returns how many bytes the objects of the process take, those included that
// are not in use any more and not yet collected.
func heapBytes() int64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64())
}
