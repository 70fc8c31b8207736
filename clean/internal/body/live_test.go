package body

import (
	"slices"
	"strings"
	"testing"
)

// TestEntryTimes: the times over the entries of a live blog and the years over those of a
// history are the writer's, and a lone one is not.
func TestEntryTimes(t *testing.T) {
	entries := func(times ...string) string {
		var b strings.Builder
		for _, s := range times {
			b.WriteString(`<div class="entry"><time>` + s + `</time><h3>Der Rat tagt</h3><p>Der Rat hat den ganzen Tag über die Mühle gesprochen.</p></div>`)
		}
		return b.String()
	}
	for _, c := range []struct {
		name, page string
		out, want  []string
	}{
		{"live blog", entries("18:15", "15:00", "9.30"), []string{"18:15", "15:00", "9.30"}, nil},
		{"with words", entries("18:15 Uhr", "um 15:00 Uhr", "9h30"), []string{"18:15", "15:00", "9h30"}, nil},
		{"in English", entries("6.15pm", "3:00 p.m. GMT", "9:30am"), []string{"6.15", "3:00", "9:30"}, nil},
		{"years", entries("1911", "1963", "2024"), []string{"1911", "1963", "2024"}, nil},
		{"years in Japanese and Korean", entries("1911年", "1963년", "2024年"), []string{"1911", "1963", "2024"}, nil},
		{"numbers", entries("4711", "9000", "3.14"), []string{"4711", "9000", "3.14"}, []string{"4711", "9000", "3.14"}},
		{"two", entries("18:15", "15:00"), []string{"18:15", "15:00"}, []string{"18:15", "15:00"}},
		{"days", entries("6.5.2024", "7.5.2024", "8.5.2024"), []string{".5.2024"}, []string{"6.5.2024", "7.5.2024", "8.5.2024"}},
		{"results", entries("Ajax 3:00", "Porto 12 1:22", "Lyon 0:00"), []string{"3:00", "1:22", "0:00"}, []string{"Ajax 3:00", "Porto 12 1:22", "Lyon 0:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := bodyWith(t, `<article>`+c.page+`</article>`, c.out...)
			entryTimes(bd)
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// TestAlikeEntries: what one entry of a live blog has of a class, all have; links and
// buttons stay out.
func TestAlikeEntries(t *testing.T) {
	var b strings.Builder
	for _, head := range []string{"Le conseil vote", "Les ingénieurs parlent", "La salle ouvre"} {
		b.WriteString(`<div class="post"><div class="ts">18:15</div><div class="hd">` + head + `</div><p>Toute la journée, le conseil a parlé du moulin avec les voisins.</p><div class="sh">Partager</div></div>`)
	}
	for _, c := range []struct {
		name string
		out  []string
		want []string
	}{
		{"one is kept", []string{"Le conseil vote", "Les ingénieurs", "Partager"}, []string{"Partager", "Partager", "Partager"}},
		{"none is kept", []string{"Le conseil vote", "Les ingénieurs", "La salle"}, []string{"Le conseil vote", "Les ingénieurs parlent", "La salle ouvre"}},
	} {
		bd := bodyWith(t, `<article>`+b.String()+`</article>`, "Partager")
		bd.doubted(0.1, c.out...)
		for k := range bd.Verdicts {
			if bd.Blocks[k].Text == "Partager" {
				bd.Verdicts[k].Keep = c.name == "none is kept"
			}
		}
		entryTimes(bd)
		if got := bd.dropped(); !slices.Equal(got, c.want) {
			t.Errorf("%s: out are %q, want %q", c.name, got, c.want)
		}
	}
}

// TestLiveEntries: the entries of a live blog after the text are kept where the models keep
// none of them; what is no list of them, or is named as furniture, stays out.
func TestLiveEntries(t *testing.T) {
	entries := func(list string, posts ...string) string {
		return `<article><p>Le conseil se réunit ce soir dans la vieille salle pour parler du moulin et de ses voisins.</p>` + list + strings.Join(posts, "") + `</div></article><p>Mentions</p>`
	}
	post := func(time, said string) string {
		return `<div class="post"><div class="ts"><span>` + time + `</span></div><div><p>` + said + `</p></div><div class="sh">Partager</div></div>`
	}
	a, b, c := post("18:15", "Le conseil ouvre la séance devant une salle comble."), post("18:40", "Un ingénieur parle des vannes et de leur état."), post("19h05", "Le vote est reporté faute de bulletins en nombre.")
	for _, x := range []struct {
		name, page string
		kept       bool
	}{
		{"entries", entries(`<div class="fil">`, a, b, c), true},
		{"items", strings.NewReplacer(`<div class="post"><div class="ts"><span>`, `<li><time>`, `</span></div><div><p>`, `</time><p>`, `</p></div><div class="sh">Partager</div></div>`, `</p><div class="sh">Partager</div></li>`).Replace(entries(`<div class="fil">`, a, b, c)), true},
		{"with names", entries(`<div class="fil">`, strings.Replace(a, "18:15</span>", "18:15</span><b>Léa Brun</b>", 1), b, c), true},
		{"two", entries(`<div class="fil">`, a, b), false},
		{"of days", entries(`<div class="fil">`, strings.Replace(a, "18:15", "6.5.2024", 1), b, c), false},
		{"comments", entries(`<div class="comments">`, a, b, c), false},
		{"links", entries(`<div class="fil">`, a, b, post("19:20", `<a href="/v">Le vote est reporté faute de bulletins en nombre.</a>`)), false},
		{"and another box", entries(`<div class="fil">`, a, b, c, `<div class="plus"><p>Le moulin fut construit par un meunier venu du nord.</p></div>`), false},
		{"far from the text", strings.Replace(entries(`<div class="fil">`, a, b, c), `<div class="fil">`, `</article><section><div><div><div class="fil">`, 1), false},
	} {
		bd := bodyWith(t, x.page, "Partager", "Mentions")
		bd.doubted(0.1, "18:", "19", "6.5", "conseil ouvre", "ingénieur", "vote", "meunier")
		liveEntries(bd)
		out := bd.dropped()
		if slices.Contains(out, "Le conseil ouvre la séance devant une salle comble.") == x.kept {
			t.Errorf("%s: out are %q", x.name, out)
		}
		if !slices.Contains(out, "Partager") {
			t.Errorf("%s: a button is kept", x.name)
		}
	}
}
