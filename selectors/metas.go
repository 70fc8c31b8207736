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
	// Section, Keywords, Publisher, Access and License are of the record's fields of
	// about that name; Abstract holds the description in Dublin Core, Standfirst what
	// may be the standfirst.
	Section, Keywords, Publisher, Access, License, Abstract, Standfirst []string
	// Image names a picture where og:image does not.
	Image []string
	// Dated do not tell whether their day is that of publication.
	Dated []string
}

func readMetas(t table) (*MetaNames, error) {
	m := &MetaNames{}
	return m, readLists(t, map[string]func(string){
		"author": toList(&m.Author), "published": toList(&m.Published), "dated": toList(&m.Dated), "modified": toList(&m.Modified),
		"section": toList(&m.Section), "keywords": toList(&m.Keywords), "publisher": toList(&m.Publisher), "access": toList(&m.Access),
		"license": toList(&m.License), "abstract": toList(&m.Abstract), "standfirst": toList(&m.Standfirst),
		"image": toList(&m.Image),
	})
}
