package document

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// teiBodies are bodies of other programs, for which TEI has a place only in another
// order or around something.
var teiBodies = map[string]string{
	"text in no block":        `Loose <b>x</b><strong>words</strong> and <a href="https://quay.example/">a link</a><p>One.</p> more`,
	"picture in no figure":    `<img src="https://quay.example/a.jpg" alt="A"><p><img src="https://quay.example/b.jpg"></p>`,
	"list in a list":          `<ul><li>a<ul><li>b</li></ul></li><ul><li>c</li></ul>loose<p>block</p></ul>`,
	"list without items":      `<ul></ul><ol> </ol><p>x</p>`,
	"terms without a meaning": `<dl><dt>a<dt>b<dd>c<dd><p>d</p><dl><dt>e<dd>f</dl><dt>g</dl><dl><dd>h</dl><dl></dl>`,
	"terms in groups":         `<dl><div><dt>a</dt><dd>b</dd></div><div><dt><p>c</p></dt><dd>d</dd></div></dl>`,
	"table":                   `<table><caption>All <p>of it</p></caption><thead><tr><th>a</th></tr></thead><tbody><tr></tr><tr><td><p>b</p>c<ul><li>d</ul></td></tr></tbody></table>`,
	"table without rows":      `<table><caption>Nothing</caption></table>`,
	"code with marks":         `<pre><code>a <em>b</em><br><a href="https://quay.example/">c</a></code></pre><p><code><strong>d</strong></code></p>`,
	"caption of blocks":       `<figure><a href="https://quay.example/"><img src="https://quay.example/a.jpg"></a><figcaption><p>One.</p><ul><li>two</ul></figcaption>three<p>four</p></figure>`,
	"link around blocks":      `<a href="https://quay.example/"><h2>A</h2><p>b</p></a><p><em><a href="https://quay.example/">c<br>d</a></em></p>`,
	"quote":                   `<blockquote>Said <em>so</em>.<p>Again.</p><blockquote><ul><li>x</ul></blockquote></blockquote>`,
	"unknown elements":        `<div>a<section><p>b</p>c</section></div><li>d</li><p>e</p><aside>f</aside><hr>g`,
}

func teiOf(t *testing.T, fields map[string]any) string {
	t.Helper()
	b, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, TEI, string(b))
}

// teiDocuments are documents of all shapes.
func teiDocuments(t *testing.T) map[string]string {
	t.Helper()
	documents := map[string]string{
		"one": write(t, TEI, object), "more": write(t, TEI, object, second), "hostile": write(t, TEI, hostile),
		"nothing":   teiOf(t, map[string]any{"id": "x"}),
		"no date":   teiOf(t, map[string]any{"title": "A", "published": "yesterday", "language": "plain English", "text": "x"}),
		"date only": teiOf(t, map[string]any{"title": "A", "published": "2026-03-04", "language": "en", "text": "x"}),
	}
	for name, body := range teiBodies {
		documents[name] = teiOf(t, map[string]any{"id": "x", "title": name, "html": body})
	}
	return documents
}

// The content models of the TEI guidelines (P5), as far as the elements that are
// written go.
const (
	phrase  = "#text hi ref code graphic lb"
	inter   = "list table figure quote"
	special = phrase + " " + inter + " p ab"
)

// teiModels has the children of each element. An element that is not here is none
// that may be written.
var teiModels = map[string]string{
	"teiCorpus": "teiHeader TEI", "TEI": "teiHeader text", "teiHeader": "fileDesc profileDesc", "fileDesc": "titleStmt publicationStmt notesStmt sourceDesc",
	"titleStmt": "title author", "title": "#text", "author": "#text", "publicationStmt": "publisher availability ptr date p", "publisher": "#text",
	"availability": "p", "notesStmt": "note", "note": "#text", "sourceDesc": "bibl biblFull p", "bibl": "#text", "biblFull": "titleStmt publicationStmt",
	"ptr": "", "date": "#text", "profileDesc": "abstract textClass creation langUsage", "abstract": "p", "textClass": "keywords", "keywords": "term", "term": "#text",
	"creation": "date", "langUsage": "language", "language": "#text", "text": "body", "body": "div", "div": "p ab lb " + inter,
	"p": phrase + " " + inter, "ab": phrase + " " + inter, "hi": phrase, "ref": phrase, "head": phrase, "label": phrase, "code": "#text", "lb": "",
	"graphic": "desc", "desc": "#text", "list": "item label", "item": special, "quote": special, "cell": special, "table": "head row", "row": "cell",
	"figure": "head graphic p ab lb " + inter,
}

// teiOrders are the orders and numbers of children that the models ask for.
var teiOrders = map[string]string{
	"list": "^(item )+$|^(label item )+$", "table": "^(head )*(row )+$", "row": "^(cell )+$", "notesStmt": "^(note )+$", "keywords": "^(term )+$",
	"TEI": "^teiHeader text $", "teiHeader": "^fileDesc profileDesc $|^fileDesc $", "fileDesc": "^titleStmt publicationStmt (notesStmt )?(sourceDesc )+$",
	"titleStmt": "^(title )+(author )*$", "publicationStmt": "^publisher (availability |ptr |date )*$|^p $", "biblFull": "^titleStmt publicationStmt $",
	"sourceDesc": "^(bibl |biblFull )+$|^p $", "teiCorpus": "^teiHeader (TEI )+$", "body": "^div $", "langUsage": "^(language )+$",
}

// teiAttributes have the attributes that are written, with what they may be.
var teiAttributes = map[string]string{
	"when": `^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$`, "lang": `^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`, "ident": `^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`,
	"rend": `^\S+$`, "type": `^[A-Za-z]+$`, "target": `^[a-zA-Z]+:\S+$`, "url": `^[a-zA-Z]+:\S+$`, "cols": `^\d+$`, "rows": `^\d+$`, "role": `^[a-z]+$`, "xmlns": `^http://www\.tei-c\.org/ns/1\.0$`,
}

// What is written keeps to TEI's content models.
func TestTEIModels(t *testing.T) {
	for name, document := range teiDocuments(t) {
		t.Run(name, func(t *testing.T) {
			type open struct{ name, children string }
			stack := []open{{name: "#document"}}
			dec := xml.NewDecoder(strings.NewReader(document))
			child := func(name string) {
				parent := &stack[len(stack)-1]
				if name != "#text" {
					parent.children += name + " "
				}
				if len(stack) > 1 && !slices.Contains(strings.Fields(teiModels[parent.name]), name) {
					t.Errorf("%s in %s", name, parent.name)
				}
			}
			for {
				token, err := dec.Token()
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				switch token := token.(type) {
				case xml.StartElement:
					child(token.Name.Local)
					if _, ok := teiModels[token.Name.Local]; !ok {
						t.Errorf("there is no element %s", token.Name.Local)
					}
					for _, a := range token.Attr {
						if want, ok := teiAttributes[a.Name.Local]; !ok || !regexp.MustCompile(want).MatchString(a.Value) {
							t.Errorf("%s has %s=%q", token.Name.Local, a.Name.Local, a.Value)
						}
					}
					stack = append(stack, open{name: token.Name.Local})
				case xml.CharData:
					if strings.TrimSpace(string(token)) != "" {
						child("#text")
					}
				case xml.EndElement:
					e := stack[len(stack)-1]
					stack = stack[:len(stack)-1]
					if order, ok := teiOrders[e.name]; ok && !regexp.MustCompile(order).MatchString(e.children) {
						t.Errorf("%s holds %s", e.name, e.children)
					}
				}
			}
			if t.Failed() {
				t.Log(document)
			}
		})
	}
}

// Nothing of a body is lost where it is put in order.
func TestTEIKeepsText(t *testing.T) {
	for name, want := range map[string]string{
		"text in no block": "Loose x words and a link One. more", "list in a list": "a b c loose block", "terms without a meaning": "a b c d e f g h",
		"terms in groups": "a b c d", "code with marks": "a b c d", "caption of blocks": "One. two three four", "link around blocks": "A b c d",
		"quote": "Said so . Again. x", "unknown elements": "a b c d e f g", "table": "All of it a b c d",
	} {
		document := teiOf(t, map[string]any{"title": "T", "html": teiBodies[name]})
		_, body, _ := strings.Cut(document, "<body>")
		got := strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " ")), " ")
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// teiOf2006 are what TEI P5 has that its draft of 2006 did not have, and what the
// draft had in its place.
var teiOf2006 = []struct {
	now  *regexp.Regexp
	then string
}{
	{regexp.MustCompile(` when="`), ` value="`},
	{regexp.MustCompile(`<abstract>.*</abstract>`), ""},
	{regexp.MustCompile(`<keywords>`), `<keywords scheme="#any">`},
	{regexp.MustCompile(`<ptr type="URL" [^>]*/>`), ""},
	{regexp.MustCompile(`<term type="[a-z]+">`), "<term>"},
	{regexp.MustCompile(`(<cell[^>]*>)<p>([^<]*)</p>`), "$1$2"},
	{regexp.MustCompile(`(<graphic [^>]*>)<desc>[^<]*</desc>`), "$1"},
}

// The same by TEI's own schema, which jing or xmllint reads: NEWSCLIP_TEI_SCHEMA names
// the file tei_all.rng of an edition of P5, and NEWSCLIP_TEI_DRAFT that of the draft of
// 2006, which Debian's package xmlcopyeditor has.
func TestTEISchema(t *testing.T) {
	current, draft := os.Getenv("NEWSCLIP_TEI_SCHEMA"), os.Getenv("NEWSCLIP_TEI_DRAFT")
	if current == "" && draft == "" {
		t.Skip("neither NEWSCLIP_TEI_SCHEMA nor NEWSCLIP_TEI_DRAFT names a schema of TEI")
	}
	command := []string{"jing"}
	if _, err := exec.LookPath("jing"); err != nil {
		if _, err := exec.LookPath("xmllint"); err != nil {
			t.Skip("neither jing nor xmllint is installed")
		}
		command = []string{"xmllint", "--noout", "--relaxng"}
	}
	path := filepath.Join(t.TempDir(), "a.xml")
	validate := func(schema, document string) (string, error) {
		if err := os.WriteFile(path, []byte(document), 0o666); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(command[0], append(command[1:], schema, path)...).CombinedOutput()
		return string(out), err
	}
	for name, document := range teiDocuments(t) {
		if current != "" {
			if out, err := validate(current, document); err != nil {
				t.Errorf("%s: %v\n%s", name, err, out)
			}
		}
		if draft == "" {
			continue
		}
		for _, c := range teiOf2006 {
			document = c.now.ReplaceAllString(document, c.then)
		}
		if out, err := validate(draft, document); err != nil {
			t.Errorf("%s, by the draft: %v\n%s\n%s", name, err, out, document)
		}
		if name != "one" {
			continue
		}
		if _, err := validate(draft, strings.Replace(document, "<body>", "<body>loose text", 1)); err == nil {
			t.Errorf("%s: the schema takes anything", name)
		}
	}
}
