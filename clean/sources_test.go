package clean

import "testing"

// TestSourceLabels holds the labels of reports against a list of them: those
// who read reports by program go by the labels.
func TestSourceLabels(t *testing.T) {
	want := map[sourceOf]string{
		fromNowhere:            "",
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
	if len(want) != len(sourceLabels) {
		t.Errorf("%d sources are listed here, and there are %d", len(want), len(sourceLabels))
	}
	for s, label := range want {
		if s.String() != label {
			t.Errorf("source %d is %q, want %q", s, s, label)
		}
	}
	if got := (source{fromMeta, "dc.date"}).String(); got != "meta dc.date" {
		t.Errorf("a meta element's source is %q", got)
	}
}

// TestSourceRanks holds what the kind models read of a source against what
// they were fitted on.
func TestSourceRanks(t *testing.T) {
	for s, want := range map[sourceOf]float32{
		fromNowhere: 0, fromTail: 1, fromLDModified: 1, fromAddress: 2, fromLDPage: 3, fromLDCreated: 3, fromLDUploaded: 3,
		fromLDPublished: 6, fromMeta: 5, fromTime: 4, fromVisibleDate: 4,
	} {
		if got := dateRank(s); got != want {
			t.Errorf("the date of %q has rank %v, want %v", s, got, want)
		}
	}
	for s, want := range map[sourceOf]float32{
		fromNowhere: 0, fromTail: 1, fromLDPerson: 1, fromLDAuthor: 4, fromMetaAuthor: 3, fromTwitterData: 2, fromBylineClass: 2, fromBesideDate: 2,
	} {
		if got := authorRank(s); got != want {
			t.Errorf("the authors of %q have rank %v, want %v", s, got, want)
		}
	}
}
