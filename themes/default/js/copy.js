/** Beside each address a button that copies it; without JavaScript, or where a page may not copy, there is none. */

/** @param {HTMLAnchorElement} link */
function button(link) {
  const { copy = "", copied = "" } = link.dataset;
  const made = document.createElement("button");
  made.type = "button";
  made.className = "copy";
  /** @param {string} word */
  const say = (word) => {
    made.textContent = word;
    made.setAttribute("aria-label", `${word} ${link.href}`);
  };
  say(copy);
  made.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      return getSelection()?.selectAllChildren(link); // to be copied by hand
    }
    say(copied);
    setTimeout(say, 2000, copy);
  });
  return made;
}

if (navigator.clipboard) {
  for (const link of document.querySelectorAll("a[data-copy]")) {
    link.after(button(/** @type {HTMLAnchorElement} */ (link)));
  }
}
