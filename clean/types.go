package clean

import (
	"time"

	"newsclip/clean/article"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/learn"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/robotstag"
)

// The record. Its types stand in package article, which imports no stage, so
// that a program that only reads records links no cleaning.
type (
	Article   = article.Article
	Author    = article.Author
	Candidate = article.Candidate
	Evidence  = article.Evidence
	Error     = article.Error
	Image     = article.Image
	Removed   = article.Removed
	Rights    = article.Rights
	Site      = article.Site
)

// Kinds of page that [Article.Kind] tells apart.
const (
	KindArticle  = article.KindArticle
	KindLiveblog = article.KindLiveblog
	KindGallery  = article.KindGallery
	KindVideo    = article.KindVideo
	KindIndex    = article.KindIndex
	KindOther    = article.KindOther
)

// A page before it is cleaned.
type (
	Input = page.Input
	Page  = page.Page
)

// DefaultMaxBytes is the size of the largest page that [Parse] reads where
// [Input.MaxBytes] is 0: 50 MiB.
const DefaultMaxBytes = page.DefaultMaxBytes

// What the pages of a site repeat.
type (
	Learner   = learn.Learner
	SeenBlock = learn.SeenBlock
)

// EnoughPages is how many articles of a host a [Learner] should have observed
// before what it says of the host is used.
const EnoughPages = learn.EnoughPages

// NewLearner returns a Learner that knows nothing.
func NewLearner() *Learner { return learn.NewLearner() }

// Parse decodes in and builds its tree. The errors it returns are [*Error],
// with the codes empty, not_html, too_large and too_complex. A page nested deeper
// than the parser allows loses wrappers, and no words.
func Parse(in Input) (*Page, error) { return page.Parse(in) }

// RobotsTag is what a page asks of programs that read it, in the X-Robots-Tag
// header or in a meta element named robots. The zero value asks for nothing.
type RobotsTag = robotstag.Tag

// ReadRobotsTag reads the value of X-Robots-Tag, one header a line, or of a meta
// element named robots. Directives for the agents of others do not count.
func ReadRobotsTag(value string) RobotsTag { return robotstag.Read(value) }

// DateInURL returns the date in the path of an address, as the paths of articles
// have it. Where there is a month and no day it returns the month's first day, and
// day is false. The time is in UTC.
func DateInURL(path string) (at time.Time, day, ok bool) { return dates.DateInURL(path) }
