"use strict";

// Files may be dropped anywhere on a page that has the form for them.
const add = document.getElementById("add");
if (add) {
  const files = document.getElementById("files");
  for (const n of add.querySelectorAll(".scripted")) n.hidden = false;
  addEventListener("dragover", (e) => {
    if (![...e.dataTransfer.types].includes("Files")) return;
    e.preventDefault();
    add.classList.add("over");
  });
  addEventListener("dragleave", (e) => {
    if (!e.relatedTarget) add.classList.remove("over");
  });
  addEventListener("drop", (e) => {
    add.classList.remove("over");
    if (!e.dataTransfer.files.length) return;
    e.preventDefault();
    files.files = e.dataTransfer.files;
    add.requestSubmit();
  });
}

// A click on a block is one on its link, unless it selects words or is for
// something else in the block.
for (const block of document.querySelectorAll("li.block")) {
  const link = block.querySelector(".act a");
  if (!link) continue;
  block.classList.add("clickable");
  block.addEventListener("click", (e) => {
    if (e.target.closest("a, button, input, label, textarea, summary") || String(getSelection())) return;
    link.click();
  });
}

// A crawl that runs is shown anew whenever its state comes.
const crawl = document.querySelector("[data-live]");
if (crawl) {
  const events = new EventSource(crawl.dataset.live);
  let state = "running", busy = false;
  const show = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) return;
    if (!page.querySelector("[data-live]")) {
      events.close();
      location.reload(); // the buttons are others
      return;
    }
    const old = document.getElementById("live");
    const at = old.querySelector(".scroll")?.scrollLeft ?? 0;
    if (old.contains(document.activeElement) || old.querySelector("details[open]")) return;
    old.replaceWith(fresh);
    const table = fresh.querySelector(".scroll");
    if (table) table.scrollLeft = at;
  };
  events.addEventListener("progress", async (e) => {
    state = JSON.parse(e.data).state;
    if (busy) return;
    busy = true;
    try {
      await show();
    } catch {
      // the server does not answer: the next event tries again
    }
    busy = false;
    if (state !== "running") events.close();
  });
  events.addEventListener("gone", () => location.assign("/crawls"));
}

// The bookmarklet is for other pages, and does nothing on this one.
for (const link of document.querySelectorAll("a.bookmarklet")) {
  link.addEventListener("click", (e) => e.preventDefault());
}
