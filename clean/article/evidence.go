package article

// Evidence is where the value of a field was read, and what else the page has for
// it, where [Options.Explain] is set.
type Evidence struct {
	// Field is the field's name in JSON: title, authors, published, modified, subtitle,
	// images (of which it is the lead); and text where the body is not in the page's
	// visible elements.
	Field string `json:"field"`
	// Value is the field's value; names of authors with a comma between; of the text and
	// the standfirst the first words; of a picture its address. Of a page that tells the
	// month of its publication and no day, published is left out of the record, and the
	// value here is the month: "2024-05".
	Value string `json:"value"`
	// From is the kind of place: "json-ld datePublished", "meta article:author",
	// "visible date".
	From string `json:"from"`
	// At is the element that shows the value, as a selector, and empty where the
	// value stands in the page's head.
	At string `json:"at,omitempty"`
	// Text is what stands there, where that is not Value.
	Text string `json:"text,omitempty"`
	// Confidence, 0 to 1, is the share of pages on which a value from such a place,
	// confirmed or contradicted by the others as this one is, was the right one.
	Confidence float64 `json:"confidence"`
	// Others are the other candidates, the best first.
	Others []Candidate `json:"others,omitempty"`
}

// A Candidate is a value that a page has for a field in some place.
type Candidate struct {
	Value string `json:"value"`
	From  string `json:"from"`
	At    string `json:"at,omitempty"`
	Text  string `json:"text,omitempty"`
}
