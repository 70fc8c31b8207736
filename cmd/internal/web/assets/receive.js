"use strict";

// The page that has opened this one, by the bookmarklet, sends itself. It is taken
// at once where its origin may call this server, and otherwise once the reader says
// so.
const form = document.getElementById("receive");
const state = document.getElementById("state");
const opener = window.opener;
if (opener) {
  state.textContent = "Waiting for the page …";
  addEventListener("message", (e) => {
    const page = e.data;
    if (e.source !== opener || !page || typeof page.html !== "string" || typeof page.url !== "string") return;
    form.elements.url.value = page.url;
    form.elements.html.value = page.html;
    if (form.dataset.origins.split(" ").includes(e.origin)) {
      state.textContent = "Cleaning the page …";
      form.submit();
      return;
    }
    state.textContent = e.origin + " sends the page " + page.url;
    const button = form.querySelector("button");
    button.hidden = false;
    button.focus();
  });
  opener.postMessage("newsclip ready", "*");
}
