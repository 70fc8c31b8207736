package meta

import (
	"testing"
)

// TestSourceLabels holds the labels of reports against a list of them: those
// who read reports by program go by the labels.
func TestSourceLabels(t *testing.T) {
	want := map[SourceOf]string{
		FromNowhere:            "",
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
		FromDateline:           "dateline",
		FromList:               "list of articles",
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
	if len(want) != len(sourceLabels) {
		t.Errorf("%d sources are listed here, and there are %d", len(want), len(sourceLabels))
	}
	for s, label := range want {
		if s.String() != label {
			t.Errorf("source %d is %q, want %q", s, s, label)
		}
	}
	if got := (source{FromMeta, "dc.date"}).String(); got != "meta dc.date" {
		t.Errorf("a meta element's source is %q", got)
	}
}
