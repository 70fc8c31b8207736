package output

import (
	"bytes"
	_ "embed"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of a record, as it stands in
// the file schema.json. The caller owns it.
func Schema() []byte { return bytes.Clone(schema) }
