package htmlparse

import "strings"

// declaration reads from after "<!" (13.2.5.42).
func (z *tokenizer) declaration(t *token, at int) {
	rest := z.src[at:]
	switch {
	case strings.HasPrefix(rest, "--"):
		z.comment(t, at+2)
	case len(rest) >= len("DOCTYPE") && strings.EqualFold(rest[:len("DOCTYPE")], "DOCTYPE"):
		z.tags++
		at += len("DOCTYPE")
		for at < len(z.src) && isSpace(z.src[at]) {
			at++
		}
		t.kind, t.data = doctypeToken, z.decode(z.until(at, ">"), false)
	case z.cdata && strings.HasPrefix(rest, "[CDATA["):
		t.kind, t.data = textToken, z.rawData(z.until(at+len("[CDATA["), "]]>"), true)
	default:
		z.bogusComment(t, at)
	}
}

// until returns what stands from at to the next end, and goes on after it.
func (z *tokenizer) until(at int, end string) string {
	k := strings.Index(z.src[at:], end)
	if k < 0 {
		z.pos = len(z.src)
		return z.src[at:]
	}
	z.pos = at + k + len(end)
	return z.src[at : at+k]
}

func (z *tokenizer) bogusComment(t *token, at int) {
	z.tags++
	t.kind, t.data = commentToken, z.rawData(z.until(at, ">"), true)
}

// comment reads from after "<!--" (13.2.5.43 to 51).
func (z *tokenizer) comment(t *token, from int) {
	z.tags++
	t.kind = commentToken
	for at := from; ; at++ {
		k := strings.IndexByte(z.src[at:], '>')
		if k < 0 {
			break
		}
		at += k
		data := z.src[from:at]
		end := len("--")
		switch {
		case data == "" || data == "-": // <!--> and <!--->
			end = len(data)
		case strings.HasSuffix(data, "--"):
		case strings.HasSuffix(data, "--!"):
			end = len("--!")
		default:
			continue
		}
		t.data, z.pos = z.rawData(data[:len(data)-end], true), at+1
		return
	}
	data := z.src[from:]
	for _, end := range [...]string{"--!", "--", "-"} {
		if cut, ok := strings.CutSuffix(data, end); ok {
			data = cut
			break
		}
	}
	t.data, z.pos = z.rawData(data, true), len(z.src)
}

// rawText returns what an element contains that holds no elements: up to its end
// tag, where the tokenizer goes on, or all that is left.
func (z *tokenizer) rawText(e *element) string {
	from := z.pos
	z.pos = len(z.src)
	switch e.name {
	case "plaintext":
	case "script":
		z.pos = z.scriptEnd(from)
	default:
		for at := from; ; at += 2 {
			k := strings.Index(z.src[at:], "</")
			if k < 0 {
				break
			}
			if at += k; z.isTag(at+2, e.name) {
				z.pos = at
				break
			}
		}
	}
	return z.src[from:z.pos]
}

// isTag reports whether name stands at at, in letters of either case, with a
// character after it that ends a tag's name.
func (z *tokenizer) isTag(at int, name string) bool {
	end := at + len(name)
	return end < len(z.src) && signs[z.src[end]]&endsName != 0 && equalFold(z.src[at:end], name)
}

// equalFold reports whether s is name in ASCII letters of either case.
func equalFold(s, name string) bool {
	for k := range len(name) {
		if c := s[k]; c != name[k] && (c|0x20 != name[k] || !isLetter(c)) {
			return false
		}
	}
	return true
}

// scriptEnd returns where the script that begins at at ends (13.2.5.15 to 31): at
// its end tag, or where the page ends. A comment in it hides an end tag after a
// start tag.
func (z *tokenizer) scriptEnd(at int) int {
	src := z.src
	for {
		k := strings.IndexByte(src[at:], '<')
		if k < 0 {
			return len(src)
		}
		at += k
		switch rest := src[at+1:]; {
		case strings.HasPrefix(rest, "/") && z.isTag(at+2, "script"):
			return at
		case strings.HasPrefix(rest, "!--"):
			// "<!-->" is a whole comment.
			end := at + 2
			if k = strings.Index(src[end:], "-->"); k < 0 {
				k = len(src) - end
			}
			var found bool
			if at, found = z.escapedEnd(at+4, end+k); found {
				return at
			}
		default:
			at++
		}
	}
}

// escapedEnd looks for the end of a script within a comment of it, from at to
// end. found is whether there is one; at is then where, and else where to go on.
func (z *tokenizer) escapedEnd(at, end int) (next int, found bool) {
	double := false // after a start tag within the comment
	for at < end {
		k := strings.IndexByte(z.src[at:end], '<')
		if k < 0 {
			break
		}
		at += k + 1
		switch {
		case strings.HasPrefix(z.src[at:], "/"):
			if !z.isTag(at+1, "script") {
				continue
			}
			if !double {
				return at - 1, true
			}
			double = false
			at += len("/script>")
		case !double && z.isTag(at, "script"):
			double = true
			at += len("script>")
		case !double && at < len(z.src) && !isLetter(z.src[at]):
			z.met |= scriptLessThan
		}
	}
	return max(at, min(end+len("-->"), len(z.src))), false
}
