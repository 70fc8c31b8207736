package embedded

import "newsclip/selectors"

// tagOf is the element for the name of a kind of piece, or "" where it needs none of its
// own.
func (f *finder) tagOf(name string) string {
	switch w := f.keys; {
	case w.Heading[name]:
		if last := name[len(name)-1]; last >= '3' && last <= '6' {
			return "h" + string(last)
		}
		return "h2"
	case w.Item[name]:
		return "li"
	case w.List[name]:
		return "ul"
	case w.Quote[name]:
		return "blockquote"
	case w.Code[name]:
		return "pre"
	}
	return ""
}

// keyed writes a piece whose only key names its kind, such as {"h2": "…"} and
// {"ul": ["…", "…"]}, or "" for another.
func (f *finder) keyed(m map[string]any, depth int) string {
	if len(m) != 1 {
		return ""
	}
	for k, v := range m {
		k = selectors.FoldKey(k)
		tag := f.tagOf(k)
		if k == "p" {
			tag = "p"
		}
		switch v := v.(type) {
		case string:
			if tag != "" && f.works(len(v)) {
				return block(tag, inlineHTML(v))
			}
		case []any:
			if tag == "ul" {
				return f.list(map[string]any{"items": v}, depth)
			}
		}
	}
	return ""
}
