// Package source names the places of a page that a field of the record is read from.
package source

// A Source is where a field of the record was read from. The zero value stands
// for a field that was not found.
type Source struct {
	Of Kind
	// Detail is for the reader of a report: the name of the meta element, or
	// what the text or the tail contradicts or holds.
	Detail string
}

// A Kind is a kind of source. What depends on a source depends on this, and
// never on how it is called.
type Kind uint8

// The kinds of source. A report calls each as sourceLabels has it; Nowhere is that of a
// field that was not found.
const (
	Nowhere Kind = iota
	HTMLLang
	MetaLanguage
	LDLanguage
	OGLocale
	Text
	TextAgainst
	H1
	TitleTag
	LDHeadline
	OGTitle
	TwitterTitle
	LDName
	Meta
	Tail
	Time
	Microdata
	VisibleDate
	VisibleMonth
	Address
	AddressMonth
	Dateline
	Script
	List
	LDPublished
	LDModified
	LDCreated
	LDUploaded
	LDPage
	LDAuthor
	MetaAuthor
	TwitterData
	BylineClass
	ByLine
	AuthorLink
	ItempropAuthor
	RelAuthor
	BylineNickname
	NameLine
	BesideDate
	LDPerson
	RelCanonical
	OGURL
	OGSiteName
	LDPublisher
	LDWebSite
	LDOrganization
	ApplicationName
	AppleTitle
	TwitterSite
	MetaDescription
	OGDescription
	LDDescription
	TwitterDescription
	DCDescription
	LDSection
	MetaSection
	LDBreadcrumb
	LDKeywords
	LDAccess
	MetaContentTier
	OGImage
	LDImage
	ShownImage
	StandfirstClass
	StandfirstClassDescribed
	StandfirstDescribed
	StandfirstPlace
	ShownCrumbs
	ShownTags
	BesideMail
	ShownCategory
	BesideJob
)

// sourceLabels are what a report calls the sources.
var sourceLabels = [...]string{
	HTMLLang:           "html lang",
	MetaLanguage:       "meta language",
	LDLanguage:         "json-ld inLanguage",
	OGLocale:           "og:locale",
	Text:               "text",
	TextAgainst:        "text against",
	H1:                 "h1",
	TitleTag:           "title",
	LDHeadline:         "json-ld headline",
	OGTitle:            "og:title",
	TwitterTitle:       "twitter:title",
	LDName:             "json-ld name",
	Meta:               "meta",
	Tail:               "tail",
	Time:               "time",
	Microdata:          "itemprop datePublished",
	VisibleDate:        "visible date",
	VisibleMonth:       "visible month",
	Address:            "address",
	AddressMonth:       "address, its month",
	Dateline:           "dateline",
	Script:             "script",
	List:               "list of articles",
	LDPublished:        "json-ld datePublished",
	LDModified:         "json-ld dateModified",
	LDCreated:          "json-ld dateCreated",
	LDUploaded:         "json-ld uploadDate",
	LDPage:             "json-ld page",
	LDAuthor:           "json-ld author",
	MetaAuthor:         "meta author",
	TwitterData:        "twitter:data",
	BylineClass:        "byline class",
	ByLine:             "by line",
	AuthorLink:         "author link",
	ItempropAuthor:     "itemprop author",
	RelAuthor:          "rel=author",
	BylineNickname:     "byline class, one word",
	NameLine:           "name in a line",
	BesideDate:         "beside the date",
	LDPerson:           "json-ld person",
	RelCanonical:       "rel=canonical",
	OGURL:              "og:url",
	OGSiteName:         "og:site_name",
	LDPublisher:        "json-ld publisher",
	LDWebSite:          "json-ld website",
	LDOrganization:     "json-ld organization",
	ApplicationName:    "application-name",
	AppleTitle:         "apple-mobile-web-app-title",
	TwitterSite:        "twitter:site",
	MetaDescription:    "meta description",
	OGDescription:      "og:description",
	LDDescription:      "json-ld description",
	TwitterDescription: "twitter:description",
	DCDescription:      "dublin core description",
	LDSection:          "json-ld articleSection",
	MetaSection:        "meta section",
	LDBreadcrumb:       "json-ld breadcrumb",
	LDKeywords:         "json-ld keywords",
	LDAccess:           "json-ld isAccessibleForFree",
	MetaContentTier:    "meta content_tier",

	OGImage:    "og:image",
	LDImage:    "json-ld image",
	ShownImage: "picture",

	StandfirstClass:          "standfirst class",
	StandfirstClassDescribed: "standfirst class, a description",
	StandfirstDescribed:      "a description",
	StandfirstPlace:          "line under the headline",

	ShownCrumbs: "breadcrumb",
	ShownTags:   "tags",
	BesideMail:  "beside the e-mail address",

	ShownCategory: "category link",
	BesideJob:     "beside the job title",
}

// String is what a report calls the source.
func (s Source) String() string {
	if s.Detail == "" {
		return s.Of.String()
	}
	return s.Of.String() + " " + s.Detail
}

func (s Kind) String() string { return sourceLabels[s] }
