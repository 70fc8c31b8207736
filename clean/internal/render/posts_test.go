package render

import (
	"strings"
	"testing"
)

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
		"a box to share":    `<div class="share instagram"><blockquote class="instagram-media" data-instgrm-permalink="https://chat.example/kai/7"><p>Ahoj</p></blockquote></div>`,
		"buttons, a post":   `<div class="social-share"><div><blockquote class="tiktok-embed" cite="https://chat.example/kai/7">Ahoj</blockquote></div></div>`,
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

// TestHeldEmbeds: what a page shows only once the reader agrees, or by a script, is a
// link in its place.
func TestHeldEmbeds(t *testing.T) {
	for name, c := range map[string]struct{ html, link string }{
		"a player in an attribute": {`<div class="wait" data-frame="https://www.youtube.com/embed/aB3-x_9"><button>OK</button></div>`, "https://www.youtube.com/watch?v=aB3-x_9"},
		"a link to start it":       {`<div><a data-src="https://player.vimeo.com/video/9087">Ativar</a></div>`, "https://vimeo.com/9087"},
		"a post":                   {`<figure data-url="https://www.instagram.com/p/Cq9x/"><p>Zustimmen</p></figure>`, "https://www.instagram.com/p/Cq9x/"},
		"a video by its type":      {`<div class="t-video-lazyload" data-videolazy-type="youtube" data-videolazy-id="abcdEFGH123"></div>`, "https://www.youtube.com/watch?v=abcdEFGH123"},
		"a video by its provider":  {`<div class="plyr__video-embed" data-plyr-provider="vimeo" data-plyr-embed-id="123456"></div>`, "https://vimeo.com/123456"},
		"a video by its address":   {`<div class="plyr__video-embed" data-plyr-provider="youtube" data-plyr-embed-id="https://www.youtube.com/embed/abcdEFGH123"></div>`, "https://www.youtube.com/watch?v=abcdEFGH123"},
		"a video of another type":  {`<div class="t-video-lazyload" data-videolazy-type="vimeo" data-videolazy-id="123456"></div>`, "https://vimeo.com/123456"},
		"a chart by its class":     {`<div class="chart flourish-embed" data-src="visualisation/12"></div>`, "https://flo.uri.sh/visualisation/12"},
		"a script of a snippet":    {`<script src="https://gist.github.com/kai/0a1b.js"></script>`, "https://gist.github.com/kai/0a1b"},
		"a script that writes":     {`<script>document.write('<iframe src="https://www.youtube.com/embed/aB3-x_9?rel=0"></iframe>')</script>`, "https://www.youtube.com/watch?v=aB3-x_9"},
		"a template in JSON":       {`<div><script type="text/template">{"embed":"<iframe src=\"https:\/\/www.youtube.com\/embed\/aB3-x_9\">"}</script></div>`, "https://www.youtube.com/watch?v=aB3-x_9"},
		"a button to share":        {`<div data-url="https://x.com/share?u=1"></div>`, ""},
		"a script of the page":     {`<script src="https://cdn.example/main.js"></script><script>var iframe = 0</script>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bd := keepAll(t, "<p>Vorher steht das.</p>"+c.html+"<p>Nachher steht dies.</p>")
			for k := 1; k < len(bd.Blocks)-1; k++ {
				bd.Drop(k, "pick", "")
			}
			got := Markdown(bd, nil, nil)
			if c.link == "" && strings.Contains(got, "](") || !strings.Contains(got, c.link) {
				t.Errorf("got %q, want a link to %q", got, c.link)
			}
		})
	}
}
