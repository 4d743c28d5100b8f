/**
 * Opens pages in frames, some at a time, and gives what is wrong with them: a script of the corpus that ran, a handler,
 * a script of another's, an address that leads neither to the web nor to a mailbox.
 * @param {string[]} addresses
 * @returns {Promise<string[]>}
 */
async (addresses) => {
  const AT_ONCE = 30;
  const SEARCHED = 500; // milliseconds after which a search has shown what it found
  const SAFE = ["http:", "https:", "mailto:"];
  const ADDRESSED = ["href", "src", "action", "formaction", "data", "poster", "xlink:href", "background"];
  const faults = [];

  function protocolOf(address, base) {
    try {
      return new URL(address, base).protocol;
    } catch {
      return "http:"; // leads nowhere
    }
  }

  function look(address, frame) {
    const page = frame.contentDocument;
    if (frame.contentWindow.hasRun) faults.push(`${address}: a script ran`);
    if (!page.querySelector("a[href]")) faults.push(`${address}: holds nothing`);
    for (const element of page.querySelectorAll("*")) {
      const name = element.localName;
      if (name === "script" && !["application/ld+json", "speculationrules"].includes(element.type) && !element.src.includes("/assets/")) faults.push(`${address}: has a script`);
      for (const { name: key, value } of element.attributes) {
        if (key.startsWith("on") || key === "style") faults.push(`${address}: <${name} ${key}>`);
        if (ADDRESSED.includes(key) && !SAFE.includes(protocolOf(value, page.baseURI))) faults.push(`${address}: <${name} ${key}=${value}>`);
      }
    }
  }

  async function open(address) {
    const frame = document.createElement("iframe");
    frame.src = address;
    await new Promise((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
      document.body.append(frame);
    });
    if (frame.contentDocument.querySelector("[data-search]")) await new Promise((resolve) => setTimeout(resolve, SEARCHED));
    look(address, frame);
    frame.remove();
  }

  const waiting = [...addresses];
  const next = async () => {
    for (let address = waiting.pop(); address; address = waiting.pop()) await open(address);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return faults;
};
