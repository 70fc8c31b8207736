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

// IsMedia reports whether a path ends in the extension of an image, a document or
// another file that is not a page.
func IsMedia(path string) bool {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || len(path)-dot > 6 || strings.IndexByte(path[dot:], '/') >= 0 {
		return false
	}
	return mediaSuffixes[strings.ToLower(path[dot+1:])]
}
