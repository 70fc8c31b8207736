// Package output turns articles into bytes.
package output
