package selectors

import _ "embed"

//go:embed metas.txt
var metasText string

var metasTable = &table{"metas.txt", metasText, []string{"field", "rank"}}

// Metas returns what metas.txt has. It is shared: do not change it.
func Metas() *MetaNames { return metas() }

var metas = lazily(metasTable, readMetas)

// MetaNames are the names and properties of the meta elements that tell a field
// of the record, lower case, the most trusted first.
type MetaNames struct {
	Author, Published, Modified []string
}

func readMetas(t table) (*MetaNames, error) {
	m := &MetaNames{}
	return m, readLists(t, map[string]func(string){
		"author": toList(&m.Author), "published": toList(&m.Published), "modified": toList(&m.Modified),
	})
}
