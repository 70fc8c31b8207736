// Package show has the parts of which newsclip's web pages are made: how the
// blocks of a page are shown, kept, moved into a field of the record, or
// removed, each with its rule in words; the style sheet; the direction of a
// text; and the report on one page, [Report].
//
// [Blocks] and [Fold] make of a draft's passages what the template "blocks" of
// [Templates] shows. [RuleOf] puts a rule of a record's field "removed" into
// words. [CSS] is the style of all of it. Everything that comes from a page is
// escaped by html/template, and is shown in its own direction.
package show
