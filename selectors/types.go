package selectors

import (
	_ "embed"
	"strings"
)

//go:embed types.txt
var typesText string

var typesTable = &table{"types.txt", typesText, []string{"kind"}}

// A TypeRank is how well a type of schema.org fits the main entity of an article's page.
type TypeRank int

const (
	TypeOther   TypeRank = iota // nothing of an article
	TypePage                    // a page
	TypeCarrier                 // something else with an article's fields
	TypeArticle                 // an article
)

// types is types.txt as it is looked up.
type types struct {
	ranks         map[string]TypeRank
	ends          []typeEnd
	none          map[string]bool
	organizations map[string]bool
}

type typeEnd struct {
	text string
	rank TypeRank
}

var typesOf = lazily(typesTable, readTypes)

func readTypes(t table) (*types, error) {
	out := &types{ranks: map[string]TypeRank{}, none: map[string]bool{}, organizations: map[string]bool{}}
	rank := func(r TypeRank) func(string) { return func(e string) { out.ranks[e] = r } }
	end := func(r TypeRank) func(string) { return func(e string) { out.ends = append(out.ends, typeEnd{e, r}) } }
	return out, readLists(t, map[string]func(string){
		"article": rank(TypeArticle), "carrier": rank(TypeCarrier), "page": rank(TypePage),
		"article-end": end(TypeArticle), "carrier-end": end(TypeCarrier), "page-end": end(TypePage),
		"no-article": toSet(out.none), "organization": toSet(out.organizations),
	})
}

// RankOfType returns the rank of a type.
func RankOfType(name string) TypeRank {
	t, name := typesOf(), strings.ToLower(name)
	if r, ok := t.ranks[name]; ok || t.none[name] {
		return r
	}
	for _, e := range t.ends {
		if strings.HasSuffix(name, e.text) {
			return e.rank
		}
	}
	return TypeOther
}

// IsOrganization reports whether a type is of a publisher.
func IsOrganization(name string) bool { return typesOf().organizations[strings.ToLower(name)] }
