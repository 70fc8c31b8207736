package browser

// guardScript runs in each document before its own scripts: it takes away the calls
// that open connections or windows which the protocol does not show, as far as flags
// and the policy of the document have not done so.
const guardScript = `(() => {
	for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) {
		try { delete globalThis[name]; } catch {}
	}
	globalThis.open = () => null;
	globalThis.print = () => {};
})()`

// htmlScript returns the page as HTML with its open shadow roots as templates, which is
// how HTML writes them, or "" where that is longer than a number of characters.
const htmlScript = `(() => {
	const roots = [];
	const find = (within) => {
		for (const e of within.querySelectorAll("*")) {
			if (e.shadowRoot) { roots.push(e.shadowRoot); find(e.shadowRoot); }
		}
	};
	find(document);
	const top = document.documentElement;
	const own = top.cloneNode(false).outerHTML;
	const inner = top.getHTML ? top.getHTML({serializableShadowRoots: true, shadowRoots: roots}) : top.innerHTML;
	const html = "<!DOCTYPE html>\n" + own.replace(/<\/html>$/, () => inner + "</html>");
	return html.length > %d ? "" : html;
})()`
