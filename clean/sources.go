package clean

// A source is where a field of the record was read from. The zero value stands
// for a field that was not found.
type source struct {
	of sourceOf
	// detail is for the reader of a report: the name of the meta element, or
	// what the text or the tail contradicts or holds.
	detail string
}

// A sourceOf is a kind of source. What depends on a source depends on this, and
// never on how it is called.
type sourceOf uint8

const (
	fromNowhere sourceOf = iota
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
	fromMeta
	fromTail
	fromTime
	fromVisibleDate
	fromAddress
	fromLDPublished
	fromLDModified
	fromLDCreated
	fromLDUploaded
	fromLDPage
	fromLDAuthor
	fromMetaAuthor
	fromTwitterData
	fromBylineClass
	fromByLine
	fromAuthorLink
	fromItempropAuthor
	fromRelAuthor
	fromBylineNickname
	fromBesideDate
	fromLDPerson
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
	fromMeta:               "meta",
	fromTail:               "tail",
	fromTime:               "time",
	fromVisibleDate:        "visible date",
	fromAddress:            "address",
	fromLDPublished:        "json-ld datePublished",
	fromLDModified:         "json-ld dateModified",
	fromLDCreated:          "json-ld dateCreated",
	fromLDUploaded:         "json-ld uploadDate",
	fromLDPage:             "json-ld page",
	fromLDAuthor:           "json-ld author",
	fromMetaAuthor:         "meta author",
	fromTwitterData:        "twitter:data",
	fromBylineClass:        "byline class",
	fromByLine:             "by line",
	fromAuthorLink:         "author link",
	fromItempropAuthor:     "itemprop author",
	fromRelAuthor:          "rel=author",
	fromBylineNickname:     "byline class, one word",
	fromBesideDate:         "beside the date",
	fromLDPerson:           "json-ld person",
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
		return s.of.String()
	}
	return s.of.String() + " " + s.detail
}

func (s sourceOf) String() string { return sourceLabels[s] }
