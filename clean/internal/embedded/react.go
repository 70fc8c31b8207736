package embedded

import (
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"

	"encoding/json"
)

// isElement reports whether a list is an element as React Server Components
// write it: ["$", tag, key, properties].
func isElement(v []any) bool {
	if len(v) < 4 || v[0] != "$" {
		return false
	}
	_, tag := v[1].(string)
	_, props := v[3].(map[string]any)
	return tag && props
}

// react looks for a body in an element and in the data that its components are
// given.
func (f *finder) react(from string, v []any, title titleMatch, depth, nested int) {
	var b strings.Builder
	f.element(&b, v, depth)
	before := len(f.out)
	f.add(from, b.String(), title, false)
	if len(f.out) == before {
		f.properties(from, v, title, depth, nested)
	}
}

// properties walks the data of an element's components.
func (f *finder) properties(from string, v any, title titleMatch, depth, nested int) {
	if f.nodes--; f.nodes < 0 || depth > maxDepth {
		return
	}
	list, ok := v.([]any)
	if !ok {
		return
	}
	if !isElement(list) {
		for _, x := range list {
			if f.nodes < 0 {
				return
			}
			f.properties(from, x, title, depth+1, nested)
		}
		return
	}
	props := list[3].(map[string]any)
	for _, k := range slices.Sorted(maps.Keys(props)) {
		if k == "children" {
			f.properties(from, props[k], title, depth+1, nested)
		} else {
			f.walk(from, props[k], k, title, depth+1, nested)
		}
	}
}

// element writes what React would show as HTML.
func (f *finder) element(b *strings.Builder, v any, depth int) {
	if f.nodes--; f.nodes < 0 || depth > maxDepth || b.Len() > maxBody {
		return
	}
	switch v := v.(type) {
	case string:
		if rest, ok := strings.CutPrefix(v, "$$"); ok {
			v = "$" + rest
		} else if len(v) > 1 && v[0] == '$' {
			if to, ok := f.refs[strings.TrimPrefix(v[1:], "L")]; ok {
				f.element(b, to, depth+1)
			}
			return
		}
		if f.works(len(v)) {
			b.WriteString(html.EscapeString(v))
		}
	case float64:
		b.WriteString(strconv.FormatFloat(v, 'f', -1, 64))
	case []any:
		if !isElement(v) {
			for _, x := range v {
				if f.nodes < 0 {
					return
				}
				f.element(b, x, depth+1)
			}
			return
		}
		tag, props := v[1].(string), v[3].(map[string]any)
		component := strings.HasPrefix(tag, "$") || strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz123456") != ""
		switch tag {
		case "script", "style", "noscript", "svg", "head", "link", "meta", "title", "iframe":
			return
		}
		if !component {
			b.WriteString("<" + tag)
			for _, a := range [...][2]string{{"className", "class"}, {"id", "id"}, {"href", "href"}, {"src", "src"}, {"alt", "alt"}, {"role", "role"}, {"dateTime", "datetime"}} {
				if s, ok := props[a[0]].(string); ok {
					b.WriteString(" " + a[1] + `="` + html.EscapeString(s) + `"`)
				}
			}
			b.WriteString(">")
		}
		if raw, ok := props["dangerouslySetInnerHTML"].(map[string]any); ok {
			if s, ok := raw["__html"].(string); ok {
				if to, named := f.refs[strings.TrimPrefix(s, "$")].(string); named {
					s = to
				}
				if f.works(len(s)) {
					b.WriteString(s)
				}
			}
		}
		f.element(b, props["children"], depth+1)
		if !component && tag != "br" && tag != "img" && tag != "hr" && tag != "source" {
			b.WriteString("</" + tag + ">")
		}
	}
}

// flight reads the rows of a stream of React Server Components: an id in hex, a
// colon, and JSON up to the line's end, or T, a length in hex, a comma and so
// many bytes of text.
func (f *finder) flight(s string) {
	if f.refs == nil {
		f.refs = map[string]any{}
	}
	var order []string
	for s != "" && len(order) < maxBodies*10 {
		id, rest, ok := strings.Cut(s, ":")
		if !ok {
			break
		}
		if strings.ContainsAny(id, "\n ") || len(id) > 8 {
			_, s, _ = strings.Cut(s, "\n")
			continue
		}
		if t, ok := strings.CutPrefix(rest, "T"); ok {
			size, after, found := strings.Cut(t, ",")
			n, err := strconv.ParseInt(size, 16, 32)
			if found && err == nil && n >= 0 {
				n = min(n, int64(len(after)))
				f.refs[id] = strings.ToValidUTF8(after[:n], "\uFFFD")
				order = append(order, id)
				s = strings.TrimPrefix(after[n:], "\n")
				continue
			}
		}
		var row string
		row, s, _ = strings.Cut(rest, "\n")
		var v any
		if row != "" && (row[0] == '[' || row[0] == '{' || row[0] == '"') && json.Unmarshal([]byte(row), &v) == nil {
			f.refs[id] = v
			order = append(order, id)
		}
	}
	for _, id := range order {
		f.walk("script __next_f", f.refs[id], "", titleNone, 0, 1)
	}
}
