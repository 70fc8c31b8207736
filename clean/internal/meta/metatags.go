package meta

import (
	"strings"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/page"
)

// metaTags are a page's meta elements by lower-case property, name, itemprop
// or http-equiv; values in page order, entities resolved, never empty.
type metaTags map[string][]string

func readMetaTags(t *page.Tree) metaTags {
	m := make(metaTags, len(t.Metas))
	for _, i := range t.Metas {
		key, second, content := "", "", ""
		for _, a := range t.Nodes[i].Attr {
			switch a.Key {
			case "property", "name", "itemprop", "http-equiv":
				k := strings.ToLower(strings.TrimSpace(a.Val))
				if key == "" {
					key = k
				} else if k != key {
					second = k
				}
			case "content", "value":
				if content == "" {
					content = jsonld.PlainText(a.Val)
				}
			}
		}
		if content == "" || key == "" {
			continue
		}
		m[key] = append(m[key], content)
		if second != "" {
			m[second] = append(m[second], content)
		}
	}
	return m
}

// first returns the first value of the first key that has one.
func (m metaTags) first(keys ...string) string {
	for _, k := range keys {
		if v := m[k]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}
