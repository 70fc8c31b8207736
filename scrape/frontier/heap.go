package frontier

// heap is a binary heap in a slice. container/heap would allocate for every
// entry.
type heap[T any] struct {
	less func(a, b T) bool
	s    []T
}

func (h *heap[T]) len() int { return len(h.s) }

func (h *heap[T]) top() T { return h.s[0] }

func (h *heap[T]) push(v T) {
	h.s = append(h.s, v)
	for i := len(h.s) - 1; i > 0; {
		up := (i - 1) / 2
		if !h.less(h.s[i], h.s[up]) {
			break
		}
		h.s[i], h.s[up] = h.s[up], h.s[i]
		i = up
	}
}

func (h *heap[T]) pop() T {
	v := h.s[0]
	n := len(h.s) - 1
	h.s[0] = h.s[n]
	var zero T
	h.s[n] = zero
	h.s = h.s[:n]
	for i := 0; ; {
		c := 2*i + 1
		if c >= n {
			break
		}
		if c+1 < n && h.less(h.s[c+1], h.s[c]) {
			c++
		}
		if !h.less(h.s[c], h.s[i]) {
			break
		}
		h.s[i], h.s[c] = h.s[c], h.s[i]
		i = c
	}
	if n == 0 {
		h.s = nil // frees the memory of a host that had many items
	}
	return v
}

// fifo is a queue in a slice.
type fifo[T any] struct {
	s    []T
	head int // index of the first element
}

// fifoSlack is how many elements that were taken may stay in a fifo's slice.
const fifoSlack = 1024

func (q *fifo[T]) len() int { return len(q.s) - q.head }

func (q *fifo[T]) push(v T) { q.s = append(q.s, v) }

func (q *fifo[T]) pop() T {
	var zero T
	v := q.s[q.head]
	q.s[q.head] = zero
	q.head++
	if q.head > fifoSlack && q.head > len(q.s)/2 {
		q.s = append(q.s[:0], q.s[q.head:]...)
		q.head = 0
	}
	return v
}
