package trees

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

func TestParseNumber(t *testing.T) {
	texts := []string{"", "-", "0", "-0", ".5", "5.", "1.2.3", "1e-05", "9.8123e-05", "16777215", "16777217", "1677721.9",
		"0.00000000001", "1234567890123", "inf", "NaN", "0x1p-2", "1_0", "+1", "--1", "-1.4", "157", "1e400", "x"}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		v := float32(rng.NormFloat64() * math.Pow(10, float64(rng.IntN(12)-6)))
		texts = append(texts, num(v), strconv.FormatFloat(float64(v), 'f', rng.IntN(12), 32))
	}
	for _, s := range texts {
		want, wantErr := strconv.ParseFloat(s, 32)
		got, err := ParseNumber(s)
		if math.Float32bits(got) != math.Float32bits(float32(want)) || (err == nil) != (wantErr == nil) {
			t.Errorf("%q: got %v, %v; want %v, %v", s, got, err, want, wantErr)
		}
	}
}
