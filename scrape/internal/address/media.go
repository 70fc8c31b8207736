package address

import (
	"strings"
)

// mediaSuffixes are the file name extensions of what is not a page.
var mediaSuffixes = map[string]bool{
	"7z": true, "aac": true, "apk": true, "avi": true, "avif": true, "bmp": true, "css": true, "csv": true,
	"dmg": true, "doc": true, "docx": true, "epub": true, "exe": true, "flac": true, "gif": true, "ico": true,
	"ics": true, "jpeg": true, "jpg": true, "js": true, "m3u8": true, "m4a": true, "m4v": true, "mkv": true,
	"mov": true, "mp3": true, "mp4": true, "mpeg": true, "mpg": true, "msi": true, "ogg": true, "ogv": true,
	"otf": true, "pdf": true, "png": true, "ppt": true, "pptx": true, "rar": true, "svg": true, "tar": true,
	"tif": true, "tiff": true, "ttf": true, "vcf": true, "wav": true, "webm": true, "webp": true, "wmv": true,
	"woff": true, "woff2": true, "xls": true, "xlsx": true, "zip": true,
}

// wordSuffixes are those of them that headlines end in, as in
// /2026/03/why-we-left-node.js or /how-to-open-an-apk-or-a.zip.
var wordSuffixes = map[string]bool{
	"7z": true, "apk": true, "avi": true, "css": true, "csv": true, "dmg": true, "doc": true, "epub": true,
	"exe": true, "ico": true, "ics": true, "js": true, "mov": true, "mp3": true, "mp4": true, "msi": true,
	"ogg": true, "rar": true, "svg": true, "tar": true, "wav": true, "webp": true, "zip": true,
}

// fileWords are folders of files, and parts of the names of files, that end in one of
// wordSuffixes.
var fileWords = map[string]bool{
	"asset": true, "assets": true, "bundle": true, "cdn": true, "css": true, "dist": true, "download": true,
	"downloads": true, "file": true, "files": true, "javascript": true, "js": true, "lib": true, "libs": true,
	"media": true, "min": true, "node_modules": true, "release": true, "releases": true, "script": true,
	"scripts": true, "static": true, "upload": true, "uploads": true, "vendor": true, "wp-content": true,
	"wp-includes": true,
}

// IsMedia reports whether a path ends in the extension of an image, a document or
// another file that is not a page. The words of a headline, or one word below a
// date, may end so and are a page.
func IsMedia(path string) bool {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || len(path)-dot > 6 || strings.IndexByte(path[dot:], '/') >= 0 {
		return false
	}
	suffix := strings.ToLower(path[dot+1:])
	return mediaSuffixes[suffix] && !(wordSuffixes[suffix] && isHeadline(path, path[:dot]))
}

// isHeadline reports whether a path without its extension ends in the words of a
// headline: three or more, or any below a date, with no folder of files above.
func isHeadline(path, stem string) bool {
	segments := strings.Split(strings.Trim(strings.ToLower(stem), "/"), "/")
	for _, s := range segments[:len(segments)-1] {
		if fileWords[s] {
			return false
		}
	}
	slug := segments[len(segments)-1]
	words := 0
	for _, w := range strings.FieldsFunc(slug, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
		switch {
		case fileWords[w]:
			return false
		case strings.Trim(w, "0123456789") != "":
			words++
		}
	}
	if _, dated := Date(path); dated {
		return words > 0
	}
	return words >= 3
}
