package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"newsclip/clean"
	"newsclip/cmd/internal/browsertest"
)

// ferryPage is a page as a browser saves it, with a box of the site's own that
// newsclip cannot tell from the article.
func ferryPage(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html>
<!-- saved from url=(%04d)https://quay.example/%s -->
<html lang="en"><head><meta charset="utf-8"><title>%[3]s sails again</title></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>%[3]s sails again</h1>`, len("https://quay.example/"+name), strings.ToLower(name), name)
	for _, hour := range []string{"five", "seven", "nine"} {
		fmt.Fprintf(&b, "<p>The %s left the harbour at %s in the morning, and the crew said that the crossing was calm until the islands.</p>", name, hour)
	}
	fmt.Fprintf(&b, `<div class="box-offer"><p>The quay keeps a letter with all that the harbour master has seen, and it is sent to every house on Friday evening.</p></div>
<p>The %s rests at noon, and two men of the yard look at the engine, the pumps and at the two old boats of the harbour.</p></article>
<aside class="facts"><p>Built in 1931 at the yard.</p></aside></body></html>`, name)
	return b.String()
}

const letter = "The quay keeps a letter"

// drop drops a file on the page in the browser.
func drop(t *testing.T, ctx context.Context, name, content string) {
	t.Helper()
	file, err := json.Marshal([]string{content, name})
	if err != nil {
		t.Fatal(err)
	}
	browsertest.Do(t, ctx, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`{
		const [content, name] = %s, files = new DataTransfer();
		files.items.add(new File([content], name, {type: "text/html"}));
		document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
	}`, file)), chromedp.WaitVisible(chromedp.CSS("#first-kept")))
}

// The whole way of a reader who misses nothing in a record but finds too much: a
// saved page is dropped, a block clicked, a rule tried on another page and saved, and
// the command cleans by that rule to the same record.
func TestPageWholeWay(t *testing.T) {
	ctx := browsertest.Start(t)
	rules := filepath.Join(t.TempDir(), "rules")
	if err := os.Mkdir(rules, 0o777); err != nil {
		t.Fatal(err)
	}
	base := startServe(t, "--rules", rules)
	browsertest.Emulate(t, ctx, 1400, 900, false)
	browsertest.Do(t, ctx, chromedp.Navigate(base))
	browsertest.Axe(t, ctx)
	drop(t, ctx, "second.html", ferryPage("Petrel"))
	browsertest.Do(t, ctx, chromedp.Navigate(base))
	drop(t, ctx, "first.html", ferryPage("Gannet"))
	browsertest.Axe(t, ctx)
	const block = `[...document.querySelectorAll("li.block")].find(b => b.innerText.includes("` + letter + `"))`
	if !browsertest.Eval[bool](t, ctx, block+`.classList.contains("kept")`) {
		t.Fatal("the box is not kept, so there is nothing to mend")
	}

	// The block is clicked, somewhere in its words.
	at := browsertest.Eval[[]float64](t, ctx, `(() => { const b = `+block+`; b.scrollIntoView({block: "center"}); const r = b.querySelector(".words").getBoundingClientRect(); return [r.x + 30, r.y + 8] })()`)
	browsertest.Do(t, ctx, chromedp.MouseClickXY(at[0], at[1]), chromedp.WaitVisible(chromedp.CSS("#rule input[name=line]")))
	browsertest.Axe(t, ctx)
	if line := browsertest.Eval[string](t, ctx, `document.querySelector("#rule input[name=line]:checked").value`); line != "strip: div.box-offer" {
		t.Errorf("the rule is %q", line)
	}
	browsertest.Do(t, ctx, chromedp.Click(chromedp.CSS("#rule button[value=try]")), chromedp.WaitVisible(chromedp.CSS("#tried")))
	browsertest.Axe(t, ctx)
	if n := browsertest.Eval[int](t, ctx, `document.querySelectorAll("#tried .out").length`); n != 2 {
		t.Errorf("the rule takes something out of %d pages, of 2", n)
	}
	browsertest.Do(t, ctx, chromedp.Click(chromedp.CSS("#tried button[value=save]")), chromedp.WaitVisible(chromedp.CSS(".notice")))
	if !browsertest.Eval[bool](t, ctx, block+`.classList.contains("removed")`) {
		t.Error("the box is still kept")
	}
	browsertest.Screenshot(t, ctx, "whole-way")
	shown := browsertest.Eval[string](t, ctx, `document.querySelector(".record .source pre").textContent`)
	compareWithCommand(t, rules, shown, "Gannet")
}

// compareWithCommand cleans a page by the command, and compares its record with the
// one that the page has shown.
func compareWithCommand(t *testing.T, rules, shown, name string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "first.html")
	if err := os.WriteFile(file, []byte(ferryPage(name)), 0o666); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	if code := run([]string{"clean", "--rules", rules, file}, strings.NewReader(""), &stdout, &stderr); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, &stderr)
	}
	records := make([]clean.Article, 2)
	for k, raw := range []string{shown, stdout.String()} {
		if err := json.Unmarshal([]byte(raw), &records[k]); err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		records[k].File = ""
	}
	page, _ := json.Marshal(records[0])
	command, _ := json.Marshal(records[1])
	if string(page) != string(command) {
		t.Errorf("the page has\n%s\nand the command\n%s", page, command)
	}
	if strings.Contains(records[1].Text, letter) || records[1].Text == "" {
		t.Errorf("the command does not go by the rule:\n%s", records[1].Text)
	}
}

// keys presses keys, one after another.
func keys(t *testing.T, ctx context.Context, all ...string) {
	t.Helper()
	for _, key := range all {
		browsertest.Do(t, ctx, chromedp.KeyEvent(key))
	}
}

// tabTo presses Tab until the element that has the focus is one for which a condition
// on it, e, holds.
func tabTo(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	for range 80 {
		keys(t, ctx, kb.Tab)
		if browsertest.Eval[bool](t, ctx, `(e => !!(`+condition+`))(document.activeElement)`) {
			if browsertest.Eval[bool](t, ctx, `getComputedStyle(document.activeElement).outlineStyle === "none"`) {
				t.Errorf("the focus is not seen on %s", condition)
			}
			return
		}
	}
	t.Fatalf("Tab does not lead to %s:\n%s", condition, browsertest.Eval[string](t, ctx, "document.body.innerText"))
}

// The keyboard alone does all: a page is added, a block chosen and given another
// part, a rule chosen, tried and saved, and the site's other parts are reached.
func TestPageByKeyboard(t *testing.T) {
	ctx := browsertest.Start(t)
	rules := t.TempDir()
	base := startServe(t, "--rules", rules)
	browsertest.Emulate(t, ctx, 400, 800, true)
	browsertest.Do(t, ctx, chromedp.Navigate(base))
	drop(t, ctx, "first.html", ferryPage("Gannet")) // choosing files is the browser's own dialog
	browsertest.Do(t, ctx, chromedp.Navigate(base))
	tabTo(t, ctx, `e.matches(".skip")`)
	tabTo(t, ctx, `e.matches(".list a")`)
	keys(t, ctx, kb.Enter)
	browsertest.Within(t, ctx, `!!document.querySelector("#first-kept")`)
	tabTo(t, ctx, `e.matches("summary") && e.closest(".run") || e.matches(".act a") && e.closest("li").innerText.includes("Built in 1931")`)
	if browsertest.Eval[bool](t, ctx, `document.activeElement.matches("summary")`) {
		keys(t, ctx, " ")
		tabTo(t, ctx, `e.matches(".act a") && e.closest("li").innerText.includes("Built in 1931")`)
	}
	keys(t, ctx, kb.Enter)
	browsertest.Within(t, ctx, `!!document.querySelector("#rule")`)
	browsertest.Within(t, ctx, `(at => at >= 0 && at <= 800)(document.querySelector("#rule").getBoundingClientRect().top)`)
	tabTo(t, ctx, `e.matches(".choices a") && e.textContent === "Remove"`)
	keys(t, ctx, kb.Enter)
	browsertest.Within(t, ctx, `document.querySelector(".choices [aria-current]")?.textContent === "Remove"`)
	tabTo(t, ctx, `e.matches(".choices a") && e.textContent === "Keep in the text"`)
	keys(t, ctx, kb.Enter)
	browsertest.Within(t, ctx, `document.querySelector(".choices [aria-current]")?.textContent === "Keep in the text"`)
	tabTo(t, ctx, `e.matches("#rule input[type=radio]")`)
	keys(t, ctx, kb.ArrowDown, kb.ArrowUp)
	tabTo(t, ctx, `e.matches("#rule button[value=try]")`)
	keys(t, ctx, kb.Enter)
	browsertest.Within(t, ctx, `!!document.querySelector("#tried .in")`)
	tabTo(t, ctx, `e.matches("#tried button[value=save]")`)
	keys(t, ctx, kb.Enter)
	browsertest.Within(t, ctx, `!!document.querySelector(".notice")`)
	saved, err := os.ReadFile(filepath.Join(rules, "quay.example.txt"))
	if err != nil || string(saved) != "keep: aside.facts\n" {
		t.Errorf("%q, %v", saved, err)
	}
	browsertest.Axe(t, ctx)
	for _, part := range []string{"Crawls", "Search", "Bookmarklet"} {
		tabTo(t, ctx, `e.closest(".site") && e.textContent === "`+part+`"`)
		keys(t, ctx, kb.Enter)
		browsertest.Within(t, ctx, `document.querySelector(".site [aria-current]").textContent === "`+part+`"`)
		browsertest.Axe(t, ctx)
	}
}

// A token is asked for by a page, and a browser that has given it stays signed in.
func TestPageSignIn(t *testing.T) {
	ctx := browsertest.Start(t)
	base := startServe(t, "--token", "s3cret")
	browsertest.Do(t, ctx, chromedp.Navigate(base+"/crawls"))
	browsertest.Axe(t, ctx)
	const ready = `document.readyState === "complete" && document.activeElement?.matches("input[type=password]")`
	browsertest.Within(t, ctx, ready)
	keys(t, ctx, "w", "r", "o", "n", "g", kb.Enter)
	browsertest.Within(t, ctx, `document.querySelector("[role=alert]")?.innerText.includes("not the token") && `+ready)
	keys(t, ctx, "s", "3", "c", "r", "e", "t", kb.Enter)
	browsertest.Within(t, ctx, `location.pathname === "/crawls" && !!document.querySelector("#seeds")`)
	if browsertest.Eval[string](t, ctx, "document.cookie") != "" {
		t.Error("scripts can read the cookie")
	}
	browsertest.Do(t, ctx, chromedp.Navigate(base))
	drop(t, ctx, "first.html", ferryPage("Gannet"))
	browsertest.Do(t, ctx, chromedp.Click(chromedp.CSS(".site button")))
	browsertest.Within(t, ctx, `location.pathname === "/login"`)
}
