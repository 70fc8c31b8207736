// Package frontier keeps what a crawl has found and gives out what to fetch
// next.
package frontier
