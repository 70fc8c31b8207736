package source

import (
	"testing"
)

// TestSourceLabels holds the labels of reports against a list of them: those
// who read reports by program go by the labels.
func TestSourceLabels(t *testing.T) {
	want := map[Kind]string{
		Nowhere:            "",
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
		AddressMonth:       "address, its month",
		Address:            "address",
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
		Dateline:           "dateline",
		Script:             "script",
		List:               "list of articles",
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

		OGImage: "og:image", LDImage: "json-ld image", ShownImage: "picture",
		StandfirstClass: "standfirst class", StandfirstClassDescribed: "standfirst class, a description",
		StandfirstDescribed: "a description", StandfirstPlace: "line under the headline",
		ShownCrumbs: "breadcrumb", ShownTags: "tags", BesideMail: "beside the e-mail address",
		ShownCategory: "category link", BesideJob: "beside the job title",
	}
	if len(want) != len(sourceLabels) {
		t.Errorf("%d sources are listed here, and there are %d", len(want), len(sourceLabels))
	}
	for s, label := range want {
		if s.String() != label {
			t.Errorf("source %d is %q, want %q", s, s, label)
		}
	}
	if got := (Source{Of: Meta, Detail: "dc.date"}).String(); got != "meta dc.date" {
		t.Errorf("a meta element's source is %q", got)
	}
}
