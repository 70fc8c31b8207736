// Package siterules follows the rules that a user wrote for a site: [Find] looks up
// what they name on a page, [Apply] and [ApplyKept] change the verdicts on its blocks
// by that, and [ApplyFields] sets the fields of its record.
package siterules
