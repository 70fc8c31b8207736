package meta

// A source is where a field of the record was read from. The zero value stands
// for a field that was not found.
type source struct {
	Of SourceOf
	// detail is for the reader of a report: the name of the meta element, or
	// what the text or the tail contradicts or holds.
	detail string
}

// A SourceOf is a kind of source. What depends on a source depends on this, and
// never on how it is called.
type SourceOf uint8

const (
	FromNowhere SourceOf = iota
	fromHTMLLang
	fromMetaLanguage
	fromLDLanguage
	fromOGLocale
	fromText
	fromTextAgainst
	fromH1
	fromTitleTag
	fromLDHeadline
	fromOGTitle
	fromTwitterTitle
	fromLDName
	FromMeta
	FromTail
	FromTime
	FromMicrodata
	FromVisibleDate
	FromAddress
	FromDateline
	FromList
	FromLDPublished
	FromLDModified
	FromLDCreated
	FromLDUploaded
	FromLDPage
	FromLDAuthor
	FromMetaAuthor
	FromTwitterData
	FromBylineClass
	fromByLine
	fromAuthorLink
	fromItempropAuthor
	fromRelAuthor
	fromBylineNickname
	fromNameLine
	FromBesideDate
	FromLDPerson
	fromRelCanonical
	fromOGURL
	fromOGSiteName
	fromLDPublisher
	fromLDWebSite
	fromLDOrganization
	fromApplicationName
	fromAppleTitle
	fromTwitterSite
	fromMetaDescription
	fromOGDescription
	fromLDDescription
	fromTwitterDescription
	fromDCDescription
	fromLDSection
	fromMetaSection
	fromLDBreadcrumb
	fromLDKeywords
	fromLDAccess
	fromMetaContentTier
)

// sourceLabels are what a report calls the sources.
var sourceLabels = [...]string{
	fromHTMLLang:           "html lang",
	fromMetaLanguage:       "meta language",
	fromLDLanguage:         "json-ld inLanguage",
	fromOGLocale:           "og:locale",
	fromText:               "text",
	fromTextAgainst:        "text against",
	fromH1:                 "h1",
	fromTitleTag:           "title",
	fromLDHeadline:         "json-ld headline",
	fromOGTitle:            "og:title",
	fromTwitterTitle:       "twitter:title",
	fromLDName:             "json-ld name",
	FromMeta:               "meta",
	FromTail:               "tail",
	FromTime:               "time",
	FromMicrodata:          "itemprop datePublished",
	FromVisibleDate:        "visible date",
	FromAddress:            "address",
	FromDateline:           "dateline",
	FromList:               "list of articles",
	FromLDPublished:        "json-ld datePublished",
	FromLDModified:         "json-ld dateModified",
	FromLDCreated:          "json-ld dateCreated",
	FromLDUploaded:         "json-ld uploadDate",
	FromLDPage:             "json-ld page",
	FromLDAuthor:           "json-ld author",
	FromMetaAuthor:         "meta author",
	FromTwitterData:        "twitter:data",
	FromBylineClass:        "byline class",
	fromByLine:             "by line",
	fromAuthorLink:         "author link",
	fromItempropAuthor:     "itemprop author",
	fromRelAuthor:          "rel=author",
	fromBylineNickname:     "byline class, one word",
	fromNameLine:           "name in a line",
	FromBesideDate:         "beside the date",
	FromLDPerson:           "json-ld person",
	fromRelCanonical:       "rel=canonical",
	fromOGURL:              "og:url",
	fromOGSiteName:         "og:site_name",
	fromLDPublisher:        "json-ld publisher",
	fromLDWebSite:          "json-ld website",
	fromLDOrganization:     "json-ld organization",
	fromApplicationName:    "application-name",
	fromAppleTitle:         "apple-mobile-web-app-title",
	fromTwitterSite:        "twitter:site",
	fromMetaDescription:    "meta description",
	fromOGDescription:      "og:description",
	fromLDDescription:      "json-ld description",
	fromTwitterDescription: "twitter:description",
	fromDCDescription:      "dublin core description",
	fromLDSection:          "json-ld articleSection",
	fromMetaSection:        "meta section",
	fromLDBreadcrumb:       "json-ld breadcrumb",
	fromLDKeywords:         "json-ld keywords",
	fromLDAccess:           "json-ld isAccessibleForFree",
	fromMetaContentTier:    "meta content_tier",
}

// String is what a report calls the source.
func (s source) String() string {
	if s.detail == "" {
		return s.Of.String()
	}
	return s.Of.String() + " " + s.detail
}

func (s SourceOf) String() string { return sourceLabels[s] }
