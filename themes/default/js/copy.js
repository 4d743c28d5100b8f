/**
 * Buttons that copy: beside each address of a feed, the reference of a paper, and each format of its citation, which another
 * button saves as a file. Without JavaScript, or where a page may not copy, there are none.
 */

/** How long a button says that it has copied, in milliseconds. */
const SAID = 2000;

/**
 * A button that says a word, and what it concerns to a screen reader.
 * @param {string} word
 * @param {string} about
 * @param {() => void} act
 */
function button(word, about, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "copy";
  say(made, word, about);
  made.addEventListener("click", act);
  return made;
}

/**
 * @param {HTMLElement} made
 * @param {string} word
 * @param {string} about
 */
function say(made, word, about) {
  made.textContent = word;
  made.setAttribute("aria-label", `${word}: ${about}`);
}

/**
 * A button that copies a text; where that fails, the text is selected, to be copied by hand.
 * @param {HTMLElement} shown the element that shows the text
 * @param {() => string} text
 * @param {DOMStringMap} words
 * @param {string} about
 */
function copier(shown, text, { copy = "", copied = "" }, about) {
  const made = button(copy, about, async () => {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      return getSelection()?.selectAllChildren(shown);
    }
    say(made, copied, about);
    setTimeout(say, SAID, made, copy, about);
  });
  return made;
}

/**
 * Save a citation as a file. Lines of RIS end in CRLF there, as its specification has it.
 * @param {string} text
 * @param {string} name
 */
function save(text, name) {
  const ended = `${text}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([name.endsWith(".ris") ? ended.replaceAll("\n", "\r\n") : ended]));
  link.download = name;
  link.click();
  setTimeout(URL.revokeObjectURL, SAID, link.href);
}

/** @param {Element} shown */
const text = (shown) => shown.textContent ?? "";

if (navigator.clipboard) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-copy]"))) {
    link.after(copier(link, () => link.href, link.dataset, link.href));
  }
}

for (const cite of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("section[data-copy]"))) {
  for (const shown of /** @type {NodeListOf<HTMLElement>} */ (cite.querySelectorAll("[data-cite]"))) {
    const { end } = shown.dataset;
    const about = text(shown.previousElementSibling ?? /** @type {Element} */ (cite.firstElementChild));
    const tools = document.createElement("div");
    tools.className = "tools";
    if (navigator.clipboard) tools.append(copier(shown, () => text(shown), cite.dataset, about));
    if (end) {
      tools.append(button(cite.dataset.download ?? "", about, () => save(text(shown), `${cite.dataset.file}.${end}`)));
    }
    shown.closest(".format")?.append(tools);
  }
}
