// Command train fits the models that tell which blocks of a page are the
// article's, what kind of page it is, and how likely the text is right.
//
//	go run ./clean/internal/train blocks     [flags] [CORPORA]
//	go run ./clean/internal/train kind       [flags] [CORPORA]
//	go run ./clean/internal/train confidence [flags] [CORPORA]
//
// CORPORA is a folder with the corpora dev-fundus (articles of news
// publishers), dev-wcxb (articles of all sorts of sites), dev-langs (older
// articles in five languages) and dev-kinds (pages that are no articles);
// CONTRIBUTING.md describes a corpus's files. Without
// the argument, NEWSCLIP_CORPORA names the folder. The made-up site of package
// testdata is learnt from as well, and never scored.
//
// Each sub-command splits the publishers in -folds parts, fits on all but one
// and scores on that one, in turn: the printed scores are of publishers that
// the models have not read. With -out DIR it then fits on everything and writes
// the models to DIR, from where they go to clean/internal/judge/model. The same
// corpora and flags give the same scores and the same files.
//
// # Order
//
// After a change of blocks or of the block models' features, all three are run.
// After a change of the stages after the block models, kind and confidence are,
// and after a change of the kind models' columns as well. None of them reads the
// files that another wrote to -out: kind and confidence fit block models for each
// fold themselves, and confidence the kind model. Those are what takes long, so
// that kind goes first and keeps the held-out answers of the block models in the
// file that -heldout names, from which confidence and blocks read them: blocks
// then scores the stages after the models in seconds. The file is of the blocks
// that the pages had when it was written. train refuses it once a page has
// another number of blocks; after any other change of blocks or features it must
// be removed by hand.
//
// # blocks
//
// reads dev-fundus, dev-wcxb and dev-langs, and writes classes.txt and words.txt (log odds
// of class words and words), first.txt and second.txt (forests). -folds 1 scores
// nothing and is for -out alone. -only K runs the fold K alone. -dump DIR
// writes for each scored page DIR/CORPUS/ID.txt, with all blocks: "!" marks a
// wrong verdict, "S" the standfirst, y is the share of the block's words that
// the truth has, p1 and p2 are the two models' answers. -worst N lists the N
// pages with the lowest scores of the line "pipeline". It takes about a quarter
// of an hour, and ten minutes more with -out.
//
// It prints a line for each corpus of what is kept by
//
//	ceiling    the truth, block by block: the best that any verdicts can do
//	first      the first model, from a probability of 0.5 on
//	second0.5  the second model, from 0.5 on; also from 0.4 and 0.6
//	rules      rules that learn nothing, with the stages after the models
//	pipeline   the second model with the stages after it: what newsclip does
//	best       the second model and the page's own cut, without those stages
//
// with n pages; P, R and meanF, which are means over the pages of precision,
// recall and F1 of runs of four words; F1, the harmonic mean of P and R; and
// exact, the share of pages with the truth's words in order.
//
// # kind
//
// reads all corpora and writes kind.txt (articles against other pages)
// and listing.txt (lists of articles against the rest of the others). Of
// dev-langs only the block models learn. Without
// a file of -heldout it first fits block models for each fold, which takes as
// long as blocks; its own part takes a minute. It prints how well the kind
// model ranks articles above other pages (auc, the area under the ROC curve,
// for pages as they are and without their address), then for some cuts the
// share of each group of pages that would be called an article, and how often
// the listing model is right. -worst N lists the N articles and the N other
// pages that are furthest on the wrong side.
//
// # confidence
//
// reads all corpora and writes confidence.txt, the weights of a logistic
// regression. It takes as long as kind. It prints which share of the pages has
// a confidence of 0.9 or more and their mean F1, how well confidence ranks
// pages with an F1 under 0.8 below the others (auc), and the mean F1 of the
// best half, the best 0.8 and all of the pages by confidence; then, for each
// tenth of confidence, the pages, the share of them that is right (an F1 of
// 0.86 or more), which should be near the confidence, and their mean F1; then
// the weights.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"newsclip/clean/internal/corpus"
)

// The corpora, by what they are of.
const (
	newsCorpus     = "dev-fundus"
	webCorpus      = "dev-wcxb"
	othersCorpus   = "dev-kinds"
	oldCorpus      = "dev-langs"
	newsroomCorpus = "newsroom" // the made-up site, which is in testdata
)

// parallel is how many pages are read, and how many kind models fitted, at
// once. Block models are fitted one at a time: their rows, with what they are
// made from, take up to 4 GB.
const parallel = 2

// An options holds a sub-command's flags.
type options struct {
	folds   int    // parts that the publishers are split in
	trees   int    // of each block model
	only    int    // the one fold to run, -1 for all
	worst   int    // how many pages to list
	dump    string // folder for the pages' blocks, "" for none
	heldOut string // file of held-out answers, "" for none
	out     string // folder for the models, "" for none
	corpora string // folder of the corpora
}

const usage = `usage: train blocks|kind|confidence [flags] [CORPORA]
"go doc ./clean/internal/train" describes what each reads, prints and writes.
`

func main() {
	err := run(os.Args[1:], os.Stdout)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// run runs a sub-command and prints progress and scores to w.
func run(args []string, w io.Writer) error {
	if len(args) == 0 {
		return errors.New("want a sub-command: blocks, kind or confidence")
	}
	commands := map[string]func(*options, io.Writer) error{"blocks": trainBlocks, "kind": trainKind, "confidence": trainConfidence}
	name := args[0]
	command := commands[name]
	switch {
	case name == "-h" || name == "-help" || name == "--help":
		fmt.Fprint(w, usage)
		return flag.ErrHelp
	case command == nil:
		return fmt.Errorf("no sub-command %q: want blocks, kind or confidence", name)
	}
	o, err := readOptions(name, args[1:], w)
	if err != nil {
		return err
	}
	return command(o, w)
}

// readOptions reads and checks the flags of the sub-command name.
func readOptions(name string, args []string, w io.Writer) (*options, error) {
	o := &options{only: -1}
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard) // the error says what the flag set would print
	f.IntVar(&o.folds, "folds", 5, "split the publishers in `N` parts, each scored by models that were fitted on the others")
	f.IntVar(&o.trees, "trees", 240, "fit block models of `N` trees")
	f.StringVar(&o.heldOut, "heldout", "", "keep held-out answers of the block models in `FILE`, or read them from there")
	f.StringVar(&o.out, "out", "", "fit on everything and write the models to `DIR`")
	if name != "confidence" {
		f.IntVar(&o.worst, "worst", 0, "list the `N` worst pages")
	}
	if name == "blocks" {
		f.IntVar(&o.only, "only", -1, "run fold `K` alone, counted from 0")
		f.StringVar(&o.dump, "dump", "", "write the blocks of the scored pages to `DIR`")
	}
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(w, usage)
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return nil, err
	}
	o.corpora = f.Arg(0)
	if o.corpora == "" {
		o.corpora = os.Getenv(corpus.Variable)
	}
	switch {
	case f.NArg() > 1:
		return nil, fmt.Errorf("one folder of corpora is read, not %s; flags stand before it", strings.Join(f.Args(), " and "))
	case o.corpora == "":
		return nil, fmt.Errorf("no corpora: name their folder, or set %s", corpus.Variable)
	case o.trees < 1:
		return nil, fmt.Errorf("-trees %d: want at least 1", o.trees)
	case o.worst < 0:
		return nil, fmt.Errorf("-worst %d: want 0 or more", o.worst)
	case name == "blocks" && o.folds == 1 && (o.out == "" || o.heldOut != ""):
		return nil, errors.New("-folds 1 scores nothing: it goes with -out, and without -heldout")
	case o.folds < 1, o.folds == 1 && name != "blocks":
		return nil, fmt.Errorf("-folds %d: want at least 2", o.folds)
	case o.only < -1 || o.only >= o.folds:
		return nil, fmt.Errorf("-only %d: want a fold from 0 to %d", o.only, o.folds-1)
	}
	return o, nil
}
