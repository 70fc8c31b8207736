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
	// Dated do not tell whether their day is that of publication.
	Dated []string
}

func readMetas(t table) (*MetaNames, error) {
	m := &MetaNames{}
	return m, readLists(t, map[string]func(string){
		"author": toList(&m.Author), "published": toList(&m.Published), "dated": toList(&m.Dated), "modified": toList(&m.Modified),
	})
}
