package htmlparse

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A treeCase is a case of html5lib's tests of tree construction.
type treeCase struct {
	data, document string
	fragment       bool
	scripting      bool
}

// readCases reads a file of them. The format is told in the README beside it.
func readCases(file string) (cases []treeCase) {
	for part := range strings.SplitSeq("\n\n"+file, "\n\n#data\n") {
		c := treeCase{scripting: true}
		section := "#data"
		sections := map[string][]string{}
		for line := range strings.SplitSeq(strings.TrimPrefix(part, "#data\n"), "\n") {
			switch line {
			case "#errors", "#new-errors", "#document-fragment", "#document":
				section = line
			case "#script-off":
				c.scripting = false
			case "#script-on":
			default:
				sections[section] = append(sections[section], line)
			}
		}
		if sections["#document"] == nil {
			continue
		}
		c.data = strings.Join(sections["#data"], "\n")
		c.fragment = sections["#document-fragment"] != nil
		c.document = strings.TrimRight(strings.Join(sections["#document"], "\n"), "\n")
		cases = append(cases, c)
	}
	return cases
}

// otherwise are the cases that html.Parse does not pass either, nor does this
// package: an option's content is copied into selectedcontent.
var otherwise = map[string]bool{
	`<select><button><selectedcontent></button><option>X`:                   true,
	`<select><button><selectedcontent></button><option>x<i>i<b>ib</i>b`:     true,
	`<select><button><selectedcontent></button><option>X<option>Y`:          true,
	`<select><button><selectedcontent></button><option>X<option selected>Y`: true,
}

func TestHTML5lib(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Skip("the module cache cannot be asked for x/net: ", err)
	}
	data := filepath.Join(strings.TrimSpace(string(dir)), "html", "testdata")
	files, _ := filepath.Glob(filepath.Join(data, "html5lib-tests", "tree-construction", "*.dat"))
	own, _ := filepath.Glob(filepath.Join(data, "go", "*.dat"))
	if files = append(files, own...); len(files) == 0 {
		t.Skip("the html5lib cases are not in the x/net module: ", data)
	}
	passed, fragments := 0, 0
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range readCases(string(file)) {
			if c.fragment {
				fragments++ // a page is none
				continue
			}
			if otherwise[c.data] {
				continue
			}
			p := newParser([]byte(c.data), false)
			p.scripting = c.scripting
			if err := p.parse(); err != nil {
				t.Errorf("%s: %q: %v", filepath.Base(name), c.data, err)
				continue
			}
			if got := strings.TrimRight(dump(p.doc), "\n"); got != c.document {
				t.Errorf("%s: %q:\ngot\n%s\nwant\n%s", filepath.Base(name), c.data, got, c.document)
				continue
			}
			passed++
		}
	}
	t.Logf("%d cases passed; %d are of fragments and left out", passed, fragments)
	if passed < 1000 {
		t.Errorf("only %d cases were found", passed)
	}
}

// dump writes a tree as the cases do.
func dump(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node, indent string)
	walk = func(n *html.Node, indent string) {
		switch n.Type {
		case html.ElementNode:
			name := n.Data
			if n.Namespace != "" {
				name = n.Namespace + " " + name
			}
			fmt.Fprintf(&b, "| %s<%s>\n", indent, name)
			indent += "  "
			var attr []string
			for _, a := range n.Attr {
				key := a.Key
				if a.Namespace != "" {
					key = a.Namespace + " " + key
				}
				attr = append(attr, fmt.Sprintf("| %s%s=\"%s\"\n", indent, key, a.Val))
			}
			sort.Strings(attr)
			b.WriteString(strings.Join(attr, ""))
			if n.Namespace == "" && n.DataAtom == atom.Template {
				fmt.Fprintf(&b, "| %scontent\n", indent)
				indent += "  "
			}
		case html.TextNode:
			fmt.Fprintf(&b, "| %s\"%s\"\n", indent, n.Data)
		case html.CommentNode:
			fmt.Fprintf(&b, "| %s<!-- %s -->\n", indent, n.Data)
		case html.DoctypeNode:
			ids := map[string]string{}
			for _, a := range n.Attr {
				ids[a.Key] = a.Val
			}
			fmt.Fprintf(&b, "| %s<!DOCTYPE %s", indent, n.Data)
			if ids["public"] != "" || ids["system"] != "" {
				fmt.Fprintf(&b, " \"%s\" \"%s\"", ids["public"], ids["system"])
			}
			b.WriteString(">\n")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, indent)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, "")
	}
	return b.String()
}
