/** On the page for addresses that do not exist: the words of the address are ready to be searched for. */

const field = /** @type {HTMLInputElement | null} */ (document.querySelector("main .search-form input"));
const last = location.pathname.split("/").filter(Boolean).at(-1) ?? "";
if (field) field.value = last.replace(/\.html?$/u, "").replace(/%..|[^\p{L}\p{N}.]+/gu, " ").trim();
