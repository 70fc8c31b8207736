package parquet

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"newsclip/clean"
	"newsclip/output"
)

// row is a record as the file has it. A field without a value is null.
//
// published and modified are there twice: as a time, which sorts and compares,
// and as the record has it, with its offset.
type row struct {
	ID                 string     `parquet:"id,optional"`
	URL                string     `parquet:"url,optional"`
	File               string     `parquet:"file,optional"`
	Source             string     `parquet:"source,optional"`
	CanonicalURL       string     `parquet:"canonical_url,optional"`
	Kind               string     `parquet:"kind,optional,dict"`
	Title              string     `parquet:"title,optional"`
	Subtitle           string     `parquet:"subtitle,optional"`
	Description        string     `parquet:"description,optional"`
	Authors            []author   `parquet:"authors,optional,list"`
	Published          *time.Time `parquet:"published,timestamp(microsecond)"`
	PublishedPrecision string     `parquet:"published_precision,optional,dict"`
	PublishedText      string     `parquet:"published_text,optional"`
	Modified           *time.Time `parquet:"modified,timestamp(microsecond)"`
	ModifiedPrecision  string     `parquet:"modified_precision,optional,dict"`
	ModifiedText       string     `parquet:"modified_text,optional"`
	Site               *site      `parquet:"site"`
	Language           string     `parquet:"language,optional,dict"`
	Section            string     `parquet:"section,optional,dict"`
	Tags               []string   `parquet:"tags,optional,list"`
	FreeAccess         *bool      `parquet:"free_access"`
	Rights             *rights    `parquet:"rights"`
	Images             []image    `parquet:"images,optional,list"`
	Text               string     `parquet:"text,optional"`
	Markdown           string     `parquet:"markdown,optional"`
	HTML               string     `parquet:"html,optional"`
	WordCount          int64      `parquet:"word_count,optional"`
	ContentHash        string     `parquet:"content_hash,optional"`
	Confidence         float64    `parquet:"confidence,optional"`
	FetchedAt          *time.Time `parquet:"fetched_at,timestamp(microsecond)"`
	Status             int64      `parquet:"status,optional"`
	Truncated          bool       `parquet:"truncated,optional"`
	Rendered           bool       `parquet:"rendered,optional"`
	DuplicateOf        string     `parquet:"duplicate_of,optional"`
	Revision           int64      `parquet:"revision,optional"`
	PreviousHash       string     `parquet:"previous_hash,optional"`
	Diff               string     `parquet:"diff,optional"`   // JSON
	Labels             string     `parquet:"labels,optional"` // JSON
	Removed            []removed  `parquet:"removed,optional,list"`
	Evidence           []evidence `parquet:"evidence,optional,list"`
	Error              *failure   `parquet:"error"`
	// Extra is output.Record.Extra as JSON. It is a string, since parquet-go
	// 0.32.0 panics at an optional column of the type JSON.
	Extra string `parquet:"extra,optional"`
}

type author struct {
	Name string `parquet:"name"`
	URL  string `parquet:"url,optional"`
}

type site struct {
	Name   string `parquet:"name,optional"`
	Domain string `parquet:"domain,optional"`
}

type rights struct {
	NoAI           bool   `parquet:"noai"`
	NoIndex        bool   `parquet:"noindex"`
	TDMReservation bool   `parquet:"tdm_reservation"`
	License        string `parquet:"license,optional"`
}

type image struct {
	URL     string `parquet:"url"`
	Alt     string `parquet:"alt,optional"`
	Caption string `parquet:"caption,optional"`
	Credit  string `parquet:"credit,optional"`
	Width   int    `parquet:"width,optional"`
	Height  int    `parquet:"height,optional"`
	Lead    bool   `parquet:"lead"`
}

type removed struct {
	Stage string `parquet:"stage"`
	Rule  string `parquet:"rule"`
	Text  string `parquet:"text"`
}

type evidence struct {
	Field      string      `parquet:"field"`
	Value      string      `parquet:"value"`
	From       string      `parquet:"from"`
	At         string      `parquet:"at,optional"`
	Text       string      `parquet:"text,optional"`
	Confidence float64     `parquet:"confidence"`
	Others     []candidate `parquet:"others,optional,list"`
}

type candidate struct {
	Value string `parquet:"value"`
	From  string `parquet:"from"`
	At    string `parquet:"at,optional"`
	Text  string `parquet:"text,optional"`
}

type failure struct {
	Code    string `parquet:"code"`
	Message string `parquet:"message"`
}

// rowOf returns the row of a record.
func rowOf(r *output.Record) (row, error) {
	w := row{
		ID: r.ID, URL: r.URL, File: r.File, Source: r.Source, CanonicalURL: r.CanonicalURL, Kind: r.Kind, Title: r.Title, Subtitle: r.Subtitle, Description: r.Description,
		PublishedText: r.Published, ModifiedText: r.Modified, Language: r.Language, Section: r.Section, Tags: r.Tags, FreeAccess: r.FreeAccess,
		Text: r.Text, Markdown: r.Markdown, HTML: r.HTML, WordCount: int64(r.WordCount), ContentHash: r.ContentHash, Confidence: r.Confidence,
		FetchedAt: r.FetchedAt, Status: int64(r.Status), Truncated: r.Truncated, Rendered: r.Rendered, DuplicateOf: r.DuplicateOf, Revision: int64(r.Revision), PreviousHash: r.PreviousHash,
	}
	for _, a := range r.Authors {
		w.Authors = append(w.Authors, author(a))
	}
	for _, i := range r.Images {
		w.Images = append(w.Images, image(i))
	}
	for _, x := range r.Removed {
		w.Removed = append(w.Removed, removed(x))
	}
	for _, x := range r.Evidence {
		e := evidence{Field: x.Field, Value: x.Value, From: x.From, At: x.At, Text: x.Text, Confidence: x.Confidence}
		for _, c := range x.Others {
			e.Others = append(e.Others, candidate(c))
		}
		w.Evidence = append(w.Evidence, e)
	}
	w.Site, w.Rights, w.Error = (*site)(r.Site), (*rights)(r.Rights), (*failure)(r.Error)
	if t, precision, ok := output.ParseDate(r.Published); ok {
		w.Published, w.PublishedPrecision = &t, precision
	}
	if t, precision, ok := output.ParseDate(r.Modified); ok {
		w.Modified, w.ModifiedPrecision = &t, precision
	}
	if r.Diff != nil {
		b, err := json.Marshal(r.Diff)
		if err != nil {
			return w, err
		}
		w.Diff = string(b)
	}
	if len(r.Labels) > 0 {
		b, err := json.Marshal(r.Labels)
		if err != nil {
			return w, err
		}
		w.Labels = string(b)
	}
	extra, err := extraOf(r)
	if err != nil {
		return w, err
	}
	if len(extra) > 0 {
		b, err := json.Marshal(extra)
		if err != nil {
			return w, err
		}
		w.Extra = string(b)
	}
	return w, nil
}

// extraOf returns what the other columns do not hold.
func extraOf(r *output.Record) (map[string]json.RawMessage, error) {
	t := r.FetchedAt
	if t == nil || t.Location() == time.UTC && t.Equal(t.Truncate(time.Microsecond)) {
		return r.Extra, nil
	}
	// The column has neither an offset nor nanoseconds.
	if _, ok := r.Extra["fetched_at"]; ok {
		return r.Extra, nil
	}
	text, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	extra := map[string]json.RawMessage{"fetched_at": text}
	maps.Copy(extra, r.Extra)
	return extra, nil
}

// record returns the record of a row.
func (w *row) record() (*output.Record, error) {
	r := &output.Record{Article: clean.Article{
		ID: w.ID, URL: w.URL, File: w.File, Source: w.Source, CanonicalURL: w.CanonicalURL, Kind: w.Kind, Title: w.Title, Subtitle: w.Subtitle, Description: w.Description,
		Published: w.PublishedText, Modified: w.ModifiedText, Language: w.Language, Section: w.Section, Tags: w.Tags, FreeAccess: w.FreeAccess,
		Text: w.Text, Markdown: w.Markdown, HTML: w.HTML, WordCount: int(w.WordCount), ContentHash: w.ContentHash, Confidence: w.Confidence,
		Status: int(w.Status), Truncated: w.Truncated, Rendered: w.Rendered,
	}}
	r.DuplicateOf, r.Revision, r.PreviousHash = w.DuplicateOf, int(w.Revision), w.PreviousHash
	for _, a := range w.Authors {
		r.Authors = append(r.Authors, clean.Author(a))
	}
	for _, i := range w.Images {
		r.Images = append(r.Images, clean.Image(i))
	}
	for _, x := range w.Removed {
		r.Removed = append(r.Removed, clean.Removed(x))
	}
	for _, x := range w.Evidence {
		e := clean.Evidence{Field: x.Field, Value: x.Value, From: x.From, At: x.At, Text: x.Text, Confidence: x.Confidence}
		for _, c := range x.Others {
			e.Others = append(e.Others, clean.Candidate(c))
		}
		r.Evidence = append(r.Evidence, e)
	}
	r.Site, r.Rights, r.Error = (*clean.Site)(w.Site), (*clean.Rights)(w.Rights), (*clean.Error)(w.Error)
	if w.FetchedAt != nil {
		t := w.FetchedAt.UTC()
		r.FetchedAt = &t
	}
	for _, c := range []struct {
		name, json string
		to         any
	}{{"diff", w.Diff, &r.Diff}, {"labels", w.Labels, &r.Labels}, {"extra", w.Extra, &r.Extra}} {
		if c.json == "" {
			continue
		}
		if err := json.Unmarshal([]byte(c.json), c.to); err != nil {
			return nil, fmt.Errorf("column %s: %w", c.name, err)
		}
	}
	return r, nil
}
