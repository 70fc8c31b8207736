package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/dustin/go-humanize"

	"newsclip/scrape"
	"newsclip/scrape/frontier"
)

// damaged adds to the error of a damaged state what can be done about it.
func damaged(state string, err error) error {
	return &hintedError{err, fmt.Sprintf("newsclip status --state %s --check lists the damage, and --repair in its place mends it", state)}
}

// checkState prints what a check of a state has found.
func checkState(e *env, state string) error {
	r, err := frontier.Check(frontier.Options{Dir: state})
	if err != nil {
		return checkError(state, err)
	}
	if !r.Damaged() {
		fmt.Fprintf(e.stdout, "%s messages were read; none is damaged or missing\n", humanize.Comma(int64(r.Messages)))
		return nil
	}
	printDamage(e, r)
	return damaged(state, fmt.Errorf("%w: %s", frontier.ErrDamaged, state))
}

// printDamage prints what a check has found, a line each.
func printDamage(e *env, r *frontier.Report) {
	for _, found := range r.Found {
		fmt.Fprintf(e.stdout, "%s\n", visible(found))
	}
	fmt.Fprintf(e.stdout, "lost: %s; %s messages are whole\n", r.Lost(), humanize.Comma(int64(r.Messages)))
}

// repairState repairs a state and prints what was done.
func repairState(ctx context.Context, e *env, state string) error {
	r, err := scrape.RepairState(ctx, state)
	if err != nil {
		return checkError(state, err)
	}
	if r.Old == "" {
		fmt.Fprintf(e.stdout, "%s messages were read; none is damaged or missing, and nothing was changed\n", humanize.Comma(int64(r.Messages)))
		return nil
	}
	printDamage(e, &r.Report)
	fmt.Fprintf(e.stdout, "kept: %s URLs; %s of those that were finished are fetched again\n", humanize.Comma(int64(r.Kept)), humanize.Comma(int64(r.Again)))
	fmt.Fprintf(e.stdout, "the damaged files are in %s\n", visible(r.Old))
	e.hintf("continue with the command of the crawl, with its start URLs; newsclip reads what the output holds and writes nothing twice")
	return nil
}

func checkError(state string, err error) error {
	switch {
	case errors.Is(err, frontier.ErrNoJob):
		return fmt.Errorf("%s holds no crawl", state)
	case errors.Is(err, frontier.ErrInUse):
		return &hintedError{err, "stop the crawl first"}
	}
	return err
}
