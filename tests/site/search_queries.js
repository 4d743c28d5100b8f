/**
 * Types each query into the search page's field and gives the addresses found. The field is emptied before each one,
 * so that no answer of the last query can be taken for one of the next.
 * @param {{ queries: string[], most: number }} job
 * @returns {Promise<string[][]>}
 */
async ({ queries, most }) => {
  const field = document.querySelector("main input[name=q]");
  const results = () => [...document.querySelectorAll("main ol > li")];
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const found = () => results().map((item) => item.querySelector("a").pathname);

  async function type(query, done) {
    field.value = query;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const until = performance.now() + 5000;
    while (!done() && performance.now() < until) await frame();
  }

  const answers = [];
  for (const query of queries) {
    await type("", () => results().length === 0);
    await type(query, () => results().length > 0);
    answers.push(found().slice(0, most));
  }
  return answers;
};
