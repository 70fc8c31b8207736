package trees

import "strconv"

// Whole numbers up to 2²⁴ and powers of ten up to 10¹⁰ have no fraction that 32 bits
// cannot hold.
const (
	maxExact      = 1 << 24
	maxExactPower = 10
)

var powers = [maxExactPower + 1]float32{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10}

// ParseNumber returns what strconv.ParseFloat(s, 32) does, faster for the numbers of
// models: they have so few digits that one division, rounded once, gives the nearest
// number (Clinger, How to read floating point numbers accurately, 1990).
func ParseNumber(s string) (float32, error) {
	rest := s
	if rest != "" && rest[0] == '-' {
		rest = rest[1:]
	}
	whole, decimals, point := uint32(0), 0, false
	for k := 0; k < len(rest); k++ {
		switch c := rest[k]; {
		case c >= '0' && c <= '9' && whole < maxExact/10-1:
			whole = whole*10 + uint32(c-'0')
			if point {
				decimals++
			}
		case c == '.' && !point && k > 0 && k+1 < len(rest):
			point = true
		default: // an exponent, more digits, or a fault
			v, err := strconv.ParseFloat(s, 32)
			return float32(v), err
		}
	}
	if rest == "" || decimals > maxExactPower {
		v, err := strconv.ParseFloat(s, 32)
		return float32(v), err
	}
	v := float32(whole) / powers[decimals]
	if len(rest) < len(s) {
		v = -v
	}
	return v, nil
}
