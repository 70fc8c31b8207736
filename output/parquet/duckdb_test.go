package parquet

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// duckQuery prints the rows of a query as JSON. NODE_PATH tells where the
// package is.
const duckQuery = `
const {DuckDBInstance} = require('@duckdb/node-api');
(async () => {
	const c = await (await DuckDBInstance.create(':memory:')).connect();
	console.log(JSON.stringify((await c.runAndReadAll(process.argv[1])).getRowsJson()));
})().catch(e => { console.error(e); process.exit(1); });
`

// DuckDB, which shares no code with the library that writes, reads the file.
func TestDuckDB(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed here")
	}
	if err := exec.Command(node, "-e", "require('@duckdb/node-api')").Run(); err != nil {
		t.Skip("node does not find @duckdb/node-api: install it with npm and set NODE_PATH to its node_modules")
	}
	duck := func(query string) string {
		t.Helper()
		out, err := exec.Command(node, "-e", duckQuery, query).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", query, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	path := write(t, object, `{"id":"b","kind":"article"}`)
	query := `select id, year(published at time zone 'UTC'), published_precision, authors[2].url, len(tags), free_access, confidence, word_count, extra
		from '` + path + `' order by id`
	want := `[["a1","2026","second","https://quay.example/","2",false,0.97,"2","{\"fetched_at\":\"2026-03-04T10:00:00.123456789+02:00\",\"rating\":5}"],["b",null,null,null,null,null,null,null,null]]`
	if got := duck(query); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	// The queries that the docs show.
	page, err := os.ReadFile("../../docs/corpus.md")
	if err != nil {
		t.Fatal(err)
	}
	queries := regexp.MustCompile(`(?m)^    (SELECT .*);$`).FindAllSubmatch(page, -1)
	if len(queries) != 3 {
		t.Errorf("%d queries in docs/corpus.md", len(queries))
	}
	path = write(t, `{"id":"c","language":"en-GB","published":"2026-03-04","confidence":0.95,"word_count":3,"site":{"domain":"quay.example"},"authors":[{"name":"A"}]}`)
	for _, q := range queries {
		if rows := duck(strings.ReplaceAll(string(q[1]), "corpus.parquet", path)); !strings.HasPrefix(rows, "[[") {
			t.Errorf("%s: %s", q[1], rows)
		}
	}
}
