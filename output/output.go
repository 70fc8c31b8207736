// Package output turns articles into bytes.
//
// A [Format] returns with New the [Writer] of its records over any io.Writer;
// [Formats] lists them. [Create] and [Append] open files that never show a torn
// record under their name. [Schema] is the JSON Schema of the records.
//
// A Writer writes each record with one call to the io.Writer beneath it, whole
// with its line break, so that what is written so far can always be read. It
// may be used by one goroutine at a time. The bytes of a record depend on the
// record alone.
package output
