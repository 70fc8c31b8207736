package show

// Style is the style sheet of the report: CSS, and that of its columns, its record
// and its pictures.
func Style() string { return CSS + reportCSS }
