package frontier

// Checkpoint is a place up to which the output is complete.
type Checkpoint struct {
	Seq  uint64 // all records up to it are in the output for good
	Note []byte // chosen by the caller, such as the output file's length
}

// droppedSubject is that of the messages by which Collected notes what it is about to
// drop from the journal.
const droppedSubject = "s.dropped"

// dropped is such a message.
type dropped struct {
	Through uint64 // messages of outcomes up to this sequence may be missing
	Copies  int64  // how many messages of copies the journal holds
}

// collectedMsg is a journal message whose records Collect has delivered.
type collectedMsg struct {
	seq  uint64
	part string
	rest []byte // its outcomes without their records
	size int    // of the message, in bytes
}
