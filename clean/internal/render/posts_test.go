package render

import "testing"

// TestPosts: a post that stands in a content system's own wrapper is a link, as
// one in the network's own markup is.
func TestPosts(t *testing.T) {
	const link = "[chat.example](https://chat.example/kai/7)"
	for name, html := range map[string]string{
		"settings":          `<div class="tweet" data-attrs='{"url":"https://chat.example/kai/7","n":1}'></div>`,
		"a bare address":    `<figure class="wp-block-embed is-provider-chat"><div class="wp-block-embed__wrapper">` + "\nhttps://chat.example/kai/7\n" + `</div></figure>`,
		"a card":            `<a class="reddit-card" href="https://chat.example/kai/7"></a>`,
		"a frame inside":    `<figure class="wp-block-embed"><div><iframe src="https://chat.example/kai/7"></iframe></div></figure>`,
		"a quotation":       `<figure class="kg-embed-card"><blockquote class="twitter-tweet"><p>Ahoj</p><a href="https://chat.example/kai/7">1. 2. 2026</a></blockquote></figure>`,
		"an attribute":      `<blockquote class="text-post-media" data-text-post-permalink="https://chat.example/kai/7"></blockquote>`,
		"broken settings":   `<div class="tweet" data-attrs="{"><a href="https://chat.example/kai/7"></a></div>`,
		"last link of post": `<div class="twitter-embed"><a href="https://chat.example/kai"></a><a href="https://chat.example/kai/7"></a></div>`,
	} {
		t.Run(name, func(t *testing.T) {
			bd := keepAll(t, "<p>Vorher steht das.</p>"+html+"<p>Nachher steht dies.</p>")
			for k := range bd.Blocks {
				if k > 0 && k < len(bd.Blocks)-1 {
					bd.Drop(k, "pick", "")
				}
			}
			if got, want := Markdown(bd, nil, nil), "Vorher steht das.\n\n"+link+"\n\nNachher steht dies."; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
