package selectors

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed embeds.txt
var embedsText string

var embedsTable = &table{"embeds.txt", embedsText, []string{"kind"}}

// Embeds returns what embeds.txt has. It is shared: do not change it.
func Embeds() *EmbedMarks { return embeds() }

var embeds = lazily(embedsTable, readEmbeds)

// EmbedMarks are the entries of embeds.txt, which tells what each kind holds.
type EmbedMarks struct {
	// PostAttributes are names of attributes.
	PostAttributes []string
	// Nothing are parts of hosts.
	Nothing []string
	Players []EmbedPlayer
	// PostPaths are parts of the addresses of posts.
	PostPaths []string
	Elements  []EmbedElement
	// Held and Scripts are beginnings of addresses without the scheme and www.
	Held, Scripts []string
	// Shares are parts of the addresses, in lower case, at which networks take posts.
	Shares []string

	players map[string]bool // names of Elements
}

// IsPlayer reports whether a custom element of the name plays a thing of another site:
// what stands in it is the player's own.
func IsPlayer(name string) bool { return !strings.HasPrefix(name, "amp-") && embeds().players[name] }

// An EmbedElement is an element of a page's own that shows a thing of another site: the
// address of it is Page and what the attribute has.
type EmbedElement struct{ Name, Attribute, Page string }

// An EmbedPlayer is a host whose frames play what a page shows: that at Host and Path plays
// what the page at the address Page shows, each followed by one identifier.
type EmbedPlayer struct{ Host, Path, Page string }

func readEmbeds(t table) (*EmbedMarks, error) {
	m := &EmbedMarks{players: map[string]bool{}}
	return m, t.each(func(r row) error {
		for _, e := range r.entries {
			switch r.columns[0] {
			case "attribute":
				m.PostAttributes = append(m.PostAttributes, e)
			case "element":
				words := strings.Fields(e)
				if len(words) != 3 || !strings.HasPrefix(words[2], "https://") {
					return fmt.Errorf("element %q is not of the form name attribute https://page", e)
				}
				m.Elements = append(m.Elements, EmbedElement{words[0], words[1], words[2]})
				m.players[words[0]] = true
			case "held":
				m.Held = append(m.Held, e)
			case "script":
				m.Scripts = append(m.Scripts, e)
			case "share":
				m.Shares = append(m.Shares, e)
			case "path":
				m.PostPaths = append(m.PostPaths, e)
			case "nothing":
				m.Nothing = append(m.Nothing, e)
			case "player":
				frame, page, _ := strings.Cut(e, " ")
				host, path, ok := strings.Cut(frame, "/")
				if !ok || !strings.HasSuffix(path, "/") || !strings.HasPrefix(page, "https://") {
					return fmt.Errorf("player %q is not of the form host/path/ https://page", e)
				}
				m.Players = append(m.Players, EmbedPlayer{host, "/" + path, page})
			default:
				return unknown("kind", r.columns[0])
			}
		}
		return nil
	})
}
