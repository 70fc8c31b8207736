// Package pace decides when a host may get its next request.
//
// Call [Hosts.Ready] before a request, and exactly once after each time that it
// returned 0 either [Hosts.Ended] or, if no request was made, [Hosts.Unused]. Then
// tell what came of the request: [Hosts.Answered], [Hosts.Refused] for 429 and 503,
// or [Hosts.Failed].
//
// # Guarantees
//
// A host has at most Options.PerHost requests at a time, with Options.Delay, or the
// longer one of [Hosts.SlowTo], between them, as the server sees it: the delay counts
// from when a request was written, or later where its answer was late
// ([Hosts.Wrote], [Exchange]). Of several connections to a host, one may still be late.
// Pauses grow when answers become slow,
// with each refusal, and with each failure to reach the host. A host that cannot be
// reached, fails or refuses for long is given up: [Hosts.IsGivenUp]. Hosts do not
// affect each other, but for those in doubt: of Options.Slots, those that have not answered
// yet may hold three eighths, those that fail one, and those that are slow a quarter.
//
// # Limits
//
// The pace is that of one process; in a cluster, the frontier gives a host to one
// worker at a time. 50,000 hosts are remembered.
package pace
