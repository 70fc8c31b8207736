package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

// bookmarkletView is what the template "bookmarklet" shows.
type bookmarkletView struct {
	frame
	Code    template.URL
	Base    string
	Origins []string
}

// bookmarkletCode opens a page of this server and gives it the page that the reader
// sees once it is ready: neither the policy of the reader's page on requests nor the
// browser's on insecure ones forbids that. Where the page cuts itself off from those
// that it opens, which shows once the answer comes, within half a minute, the form is sent
// from the page itself, and the server decides by the origin. %q is the server's own.
const bookmarkletCode = `(()=>{const b=%q,d=document,p={url:location.href,html:d.documentElement.outerHTML},w=open(b+"` + receivePath + `");let done=0,n=0;` +
	`addEventListener("message",e=>{if(e.source===w&&e.origin===b&&e.data==="newsclip ready"){done=1;w.postMessage(p,b)}});` +
	`const i=setInterval(()=>{if(++n<30&&!done&&w&&!w.closed)return;clearInterval(i);if(done||w&&!w.closed)return;const f=d.createElement("form");f.method="post";f.enctype="multipart/form-data";f.action=b+"/pages";` +
	`for(const k in p){const t=d.createElement("textarea");t.name=k;t.value=p[k];f.append(t)}f.hidden=true;d.body.append(f);f.submit()},1000)})()`

func (s *Site) bookmarklet(w http.ResponseWriter, r *http.Request) {
	base := "http://" + r.Host
	if isSecure(r) {
		base = "https://" + r.Host
	}
	// In the address of a bookmarklet a percent sign begins an escape.
	code := strings.ReplaceAll(fmt.Sprintf(bookmarkletCode, base), "%", "%25")
	s.write(w, http.StatusOK, "bookmarklet", bookmarkletView{
		frame: s.frame("Bookmarklet – newsclip", "bookmarklet"), Code: template.URL("javascript:" + code), Base: base, Origins: s.o.Origins,
	})
}

// receiveView is what the template "receive" shows.
type receiveView struct {
	frame
	Origins string
}

// receive is the page that the bookmarklet opens.
func (s *Site) receive(w http.ResponseWriter, r *http.Request) {
	s.write(w, http.StatusOK, "receive", receiveView{s.frame("A page from your browser – newsclip", ""), strings.Join(s.o.Origins, " ")})
}

// searchLink is the address of a page of the search.
func searchLink(query string, skip int) string {
	return "/search?" + url.Values{"q": {query}, "skip": {fmt.Sprint(skip)}}.Encode()
}
