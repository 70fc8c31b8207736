package render

import "testing"

// TestFootnotes: marks and notes are Markdown's own, in the markup of several
// systems; other links within a page stay links.
func TestFootnotes(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"a list", `<p>Das Wehr<sup id="r1"><a href="#n1">1</a></sup> hielt.</p><ol><li id="n1"><p>Gebaut 1871. <a href="#r1">↩</a></p></li></ol>`, "Das Wehr[^1] hielt.\n\n[^1]: Gebaut 1871."},
		{"in brackets", `<p>Le barrage<a class="ref" href="#n-a">[a]</a> a tenu.</p><p id="n-a"><a href="#ref-a">^</a> Bâti en 1871.</p>`, "Le barrage[^a] a tenu.\n\n[^a]: Bâti en 1871."},
		{"brackets outside", `<p>The weir<sup>[<a href="#n3">3</a>]</sup> held.</p><ul><li><a name="n3"></a>Built in 1871.</li></ul>`, "The weir[^3] held.\n\n[^3]: Built in 1871."},
		{"brackets around the link", `<p>Stuwen [<a href="#n3">3</a>] hield.</p><p id="n3">[3] Uit 1871.</p>`, "Stuwen [^3] hield.\n\n[^3]: Uit 1871."},
		{"a note with its number", `<p>堰<sup><a href="#n2">2</a></sup>は保った。</p><ol><li id="n2">2. 1871年築。</li></ol>`, "堰[^2]は保った。\n\n[^2]: 1871年築。"},
		{"a note that is used twice", `<p>Jez<a href="#n1"><sup>1</sup></a> a most<a href="#n1"><sup>1</sup></a>.</p><ol><li id="n1">Rok 1871.</li></ol>`, "Jez[^1] a most[^1].\n\n[^1]: Rok 1871."},
		{"an item without a mark", `<p>Dammen<sup><a href="#n2">2</a></sup> höll.</p><ol><li id="n1">Se ovan.</li><li id="n2">Från 1871.</li></ol>`, "Dammen[^2] höll.\n\n[^note1]: Se ovan.\n[^2]: Från 1871."},
		{"signs", `<p>Presa<sup><a href="#s1">*</a></sup> y puente<sup><a href="#s2">†</a></sup>.</p><p id="s1">De 1871.</p><p id="s2">De 1902.</p>`, "Presa[^1] y puente[^2].\n\n[^1]: De 1871.\n\n[^2]: De 1902."},
		{"a table of contents", `<p>Part <a href="#p2">2</a> is long.</p><h2 id="p2">Part two</h2><p>Words.</p>`, "Part [2](https://quay.example/a/b#p2) is long.\n\n## Part two\n\nWords."},
		{"a box of one paragraph", `<p>Bendungan<a href="#n1"><sup>1</sup></a> bertahan.</p><aside id="n1" role="doc-footnote"><p>Dari 1871. <a href="#r1">↩</a></p></aside>`, "Bendungan[^1] bertahan.\n\n[^1]: Dari 1871."},
		{"no note", `<p>Seen<sup><a href="#gone">7</a></sup> once.</p>`, "Seen[<sup>7</sup>](https://quay.example/a/b#gone) once."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Markdown(keepAll(t, c.html), nil, nil); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}
