// What every page's script shares: texts, announcements, and asking the server for pieces of a page.
export const texts = JSON.parse(document.getElementById("texts").textContent);

export function fill(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

let fading = 0;

export function announce(message) {
  const status = document.getElementById("status");
  status.textContent = message;
  clearTimeout(fading);
  fading = setTimeout(() => { status.textContent = ""; }, 5000);
}

/** Fetch a piece of a page; the answer is {ok, html}, and a dead server is an answer too. */
export async function fragment(address, options = {}) {
  try {
    const response = await fetch(address, { ...options, headers: { "X-Fragment": "1" } });
    return { ok: response.ok, html: await response.text() };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, html: notice(texts.unreachable) };
  }
}

export function notice(message) {
  const box = document.createElement("div");
  box.className = "notice severity-error";
  box.setAttribute("role", "alert");
  box.append(message);
  return box.outerHTML;
}

/** Open a box of details where there is room for it, close it where there is not. */
export function openWhereWide(details, width) {
  if (details) details.open = window.matchMedia(`(min-width: ${width})`).matches;
}
