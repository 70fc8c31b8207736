package article

import "strings"

// MaxMessage is the length in bytes of the longest message of an error.
const MaxMessage = 1000

// ShortMessage returns a message of [MaxMessage] bytes at most: of a longer one the
// beginning, which names what failed, and the end, which says how, with … between them.
// Messages quote what was read, which may be a megabyte.
func ShortMessage(message string) string {
	if len(message) <= MaxMessage {
		return message
	}
	const between = " … "
	half := (MaxMessage - len(between)) / 2
	return strings.ToValidUTF8(message[:half], "") + between + strings.ToValidUTF8(message[len(message)-half:], "")
}
