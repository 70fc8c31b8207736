//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsclip/output/postgres/postgrestest"
)

// Records go into a database and come back as they were, those of real pages too
// where they are at hand.
func TestConvertRoundPostgres(t *testing.T) {
	server := postgrestest.Start(t)
	in := everyField + "\n" + `{"id":"b","error":{"code":"gone","message":"the page is not there any more"}}` + "\n" + `{"kind":"other"}` + "\n"
	roundPostgres(t, server, []byte(in))
	if corpora := corpusRecords(t); corpora != nil {
		roundPostgres(t, postgrestest.Start(t), corpora)
	}
}

func roundPostgres(t *testing.T, server *postgrestest.Server, in []byte) {
	t.Helper()
	dir := t.TempDir()
	first, last := filepath.Join(dir, "0.jsonl"), filepath.Join(dir, "1.jsonl")
	if err := os.WriteFile(first, in, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, step := range [][2]string{{first, server.Address()}, {server.Address(), last}} {
		var out, errs bytes.Buffer
		if code := run([]string{"convert", "-o", step[1], step[0]}, strings.NewReader(""), &out, &errs); code != exitOK || out.Len()+errs.Len() > 0 {
			t.Fatalf("exit code %d\n%s%s", code, &out, &errs)
		}
	}
	compareRecords(t, []byte(readFile(t, last)), in)
}
