package body

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestPromotes: a sentence that addresses the reader for the publisher goes,
// alone or with the question that leads to it, and nothing else of a paragraph.
func TestPromotes(t *testing.T) {
	const text = "Die Fähre legt um sechs Uhr ab und kommt um neun zurück, wenn der Nebel nicht zu dicht über dem Wasser liegt."
	for _, c := range []struct{ name, page, want string }{
		{"a paragraph", "<p>" + text + "</p><p>Folgen Sie uns auf Instagram.</p>", text},
		{"with a question", "<p>" + text + "</p><p>Was meinen Sie? Schreiben Sie uns in den Kommentaren.</p>", text},
		{"with thanks", "<p>" + text + "</p><p>Did you like it? Follow us on Bluesky. Thank you.</p>", text},
		{"at the end", "<p>" + text + " Folgen Sie dem <b>Hafenblatt</b> auch auf <a href=/w>WhatsApp-Kanal</a>.</p>", text + ""},
		{"at the begin", "<p>Follow us on TikTok. " + text + " Es fuhren auch am Dienstag wieder viele Leute mit, die zuvor drei Wochen lang am Kai auf ein Wetter gewartet hatten, in dem die Fähre fahren kann, und die nun froh waren, dass sie es wieder tat.</p>",
			text + " Es fuhren auch am Dienstag wieder viele Leute mit, die zuvor drei Wochen lang am Kai auf ein Wetter gewartet hatten, in dem die Fähre fahren kann, und die nun froh waren, dass sie es wieder tat."},
		{"in the middle", "<p>The ferry left. <em>Sign up for our newsletter.</em> It came back at nine.</p>", "The ferry left. It came back at nine."},
		{"in Japanese", "<p>フェリーは六時に出航した。公式LINEを友だち追加してください。コメント欄に感想をお願いします。霧が濃かった。</p>", "フェリーは六時に出航した。霧が濃かった。"},
		{"after signs", "<p>The ferry came back at nine.</p><p>👉 Join our WhatsApp channel.</p><p>▼公式LINEに登録すると、記事が届きます。</p>", "The ferry came back at nine."},
		{"a letter", "<p>Le bac part à six heures. Inscrivez-vous à notre lettre d’information.</p>", "Le bac part à six heures."},
		{"where to reach the writer, in italics", "<p>The ferry came back at nine.</p><p><em>Jo Doe writes about boats. Reach him at jdoe@quay.example.</em></p>", "The ferry came back at nine."},
		{"thanks for reading, Polish", "<p>Prom wrócił o dziewiątej.</p><p>Dziękujemy, że przeczytałeś nasz tekst do końca.</p>", "Prom wrócił o dziewiątej."},
		{"a line of rights, Italian", "<p>Il traghetto parte alle sei. © RIPRODUZIONE RISERVATA</p>", "Il traghetto parte alle sei."},
		{"what stars at links mean, German", "<p>Die Fähre kam um neun zurück.</p><p>* Alle mit einem Stern gekennzeichneten Links sind Partner-Links.</p>", "Die Fähre kam um neun zurück."},
		{"what stars at links mean", "<p>The ferry came back at nine.</p><p>Links marked with an asterisk pay us a fee.</p>", "The ferry came back at nine."},
		{"a paper's own cause", "<p>The ferry came back at nine. Want more stories like this? Subscribe and support local journalism.</p>", "The ferry came back at nine."},
		{"a disclosure", "<p>The ferry came back at nine.</p><p>All that we show was chosen by us. We may earn a commission when you buy it.</p>", "The ferry came back at nine."},
		{"a disclosure, German", "<p>Die Fähre kam um neun zurück.</p><p>Alles ist von uns geprüft. Kaufen Sie über einen Link, erhalten wir eine Provision.</p>", "Die Fähre kam um neun zurück."},
		{"a letter that was forwarded", "<p>The ferry came back at nine.</p><p>Bring a friend to the quay. Was this email forwarded to you? Sign up here.</p>", "The ferry came back at nine.|Bring a friend to the quay."},
		{"a letter that was forwarded, Spanish", "<p>El barco volvió a las nueve.</p><p>Estás leyendo nuestro boletín semanal. ¿Te lo han reenviado? Apúntate aquí.</p>", "El barco volvió a las nueve."},
		{"an offer in italics, French", "<p>Le bac est revenu à neuf heures.</p><p><em>Tout le fleuve en deux minutes, chaque jour. Inscrivez-vous à notre lettre d’information.</em></p>", "Le bac est revenu à neuf heures."},
		{"in a table that lays the page out", "<table width=600><tr><td><p>The ferry came back at nine.</p><p>Folgen Sie uns auf Instagram.</p></td></tr></table>", "The ferry came back at nine."},
		{"in a table of data", "<table><tr><th>Sign</th><th>Place</th></tr><tr><td>Folgen Sie uns auf Instagram.</td><td>Quay</td></tr></table>", "Sign|Place|Folgen Sie uns auf Instagram.|Quay"},
		{"rights with their sign", "<p>The ferry came back at nine.</p><div>Copyright © 2024 The Quay. All rights reserved. This material may not be published anew.</div>", "The ferry came back at nine."},
		{"rights, Spanish", "<p>El barco volvió a las nueve.</p><p>Todos los derechos reservados. Prohibida su reproducción.</p>", "El barco volvió a las nueve."},
		{"what rights are", "<p>Some rights are reserved, where the law would say that all rights reserved is the rule.</p>", "Some rights are reserved, where the law would say that all rights reserved is the rule."},
		{"a call that leads to nothing else", "<p>Le bac part à six heures.</p><p>Thanks for reading The Quay! Subscribe for free to receive new posts.</p>", "Le bac part à six heures."},
		{"a call amid the text", "<p>The ferry is back! Sign up for our newsletter. It came at nine.</p>", "The ferry is back! It came at nine."},
		{"a request for help, Spanish", "<p>El barco volvió a las nueve.</p><p>Necesitamos la ayuda de nuestros lectores para seguir informando desde la bahía.</p>", "El barco volvió a las nueve."},
		{"somebody's words", "<p>“Follow us on Facebook,” the sign at the quay says.</p>", "“Follow us on Facebook,” the sign at the quay says."},
		{"an item", "<ul><li>Follow us on Facebook.</li></ul>", "Follow us on Facebook."},
		{"a number", "<p>It cost 3.5 million. Sign up for our newsletter.</p>", "It cost 3.5 million."},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article>"+c.page+"</article>")
			sweepText(bd, &judge.Signals{})
			var got, nodes []string
			for k := range bd.Blocks {
				if !bd.Verdicts[k].Keep {
					continue
				}
				got = append(got, bd.Blocks[k].Text)
				var b strings.Builder
				bd.Tree.EachInline(&bd.Blocks[k], func(i int32) { b.WriteString(bd.Tree.Nodes[i].Data) })
				nodes = append(nodes, strings.TrimSpace(b.String()))
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("text is %q, want %q", got, c.want)
			}
			if !slices.Equal(got, nodes) {
				t.Errorf("text is %q, and the nodes have %q", got, nodes)
			}
		})
	}
}

func TestSentencesOf(t *testing.T) {
	for s, want := range map[string][]string{
		"One. Two! Three?":             {"One.", "Two!", "Three?"},
		"At 3.5 m. on the U.S. coast.": {"At 3.5 m. on the U.S. coast."},
		"“One.” Two…":                  {"“One.”", "Two…"},
		"一つ。二つ。":                       {"一つ。", "二つ。"},
		"no end":                       {"no end"},
		"":                             nil,
	} {
		var got []string
		for _, x := range appendSentences(nil, s) {
			got = append(got, x.in(s))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}
