package text

// WordBytes is how many bytes of text a word takes with its space, rather too
// few than too many.
const WordBytes = 5
