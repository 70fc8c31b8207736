// Package render writes the kept blocks: [PlainBody] as text, [Markdown] and
// [HTMLBody] with links, pictures and embeds. HTML has passed an allow-list of
// elements, attributes and schemes, and is safe to show.
package render
