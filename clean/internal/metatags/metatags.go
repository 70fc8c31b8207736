// Package metatags reads the meta elements of a page.
package metatags

import (
	"strings"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/page"
)

// Tags are a page's meta elements by lower-case property, name, itemprop
// or http-equiv; values in page order, entities resolved, never empty.
type Tags map[string][]string

// Read returns the meta elements of a page.
func Read(t *page.Tree) Tags {
	m := make(Tags, len(t.Metas))
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

// First returns the first value of the first key that has one.
func (m Tags) First(keys ...string) string {
	for _, k := range keys {
		if v := m[k]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// NamesPublished reports whether a meta element's name, in lower case, is one of a
// content system's own for the day of publication: "w-published-date",
// "published".
func NamesPublished(k string) bool {
	return strings.HasSuffix(k, ":uploaded") || strings.Contains(k, "publi") && !strings.Contains(k, "publisher") &&
		(strings.HasSuffix(k, "published") || strings.Contains(k, "date") || strings.Contains(k, "time")) &&
		!strings.Contains(k, "modif") && !strings.Contains(k, "updat") && !strings.Contains(k, "unpubl")
}
