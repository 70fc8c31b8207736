// Package origins holds what a crawl does about the forms of a URL.
//
// A page has up to four forms of its URL: https or http, with or without "www.". They
// are one page by identity, so whichever is found first enters the frontier. Where its
// origin is dead, the others ([Forms]) are tried before the page or its host is given
// up. A [Memory] holds which origins answer.
package origins
