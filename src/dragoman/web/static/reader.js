// The reader: marks by kind and force, filter by kind, places named in the address.
import { rangesOf, show } from "./highlight.js";
import { open, start, whenChanged } from "./panel.js";

const article = document.querySelector(".document");
const chips = document.getElementById("kind-chips");

function hiddenKinds() {
  return new Set([...chips.querySelectorAll("input:not(:checked)")].map((box) => box.value));
}

/** Give a sentence the look of its open provision, else of the first that counts. */
function paint(sentence) {
  const pills = [...sentence.querySelectorAll(".pill")].filter((pill) => !pill.hidden);
  const current = pills.find((pill) => pill.hasAttribute("aria-current"));
  const first = current ?? pills.find((pill) => pill.dataset.state !== "rejected") ?? pills[0];
  const look = first ? `k-${first.dataset.kind} f-${first.dataset.force} s-${first.dataset.state}` : "unmarked";
  sentence.className = `sentence pinned ${look}${current ? " selected" : ""}`;
}

function filter() {
  const hidden = hiddenKinds();
  for (const pill of article.querySelectorAll(".pill")) pill.hidden = hidden.has(pill.dataset.kind);
  for (const sentence of article.querySelectorAll(".sentence.pinned")) paint(sentence);
}

function remember() {
  const address = new URL(location.href);
  address.searchParams.delete("hide");
  for (const kind of hiddenKinds()) address.searchParams.append("hide", kind);
  history.replaceState(history.state, "", address);
}

function recall() {
  const hidden = new URLSearchParams(location.search).getAll("hide");
  for (const box of chips.querySelectorAll("input")) box.checked = !hidden.includes(box.value);
  filter();
}

function unfold(element) {
  const details = element.closest("details.furniture");
  if (details) details.open = true;
}

/** Go to the place that the address names by offsets ("#at-12-40") or by an element inside a folded box. */
function place() {
  const name = decodeURIComponent(location.hash.slice(1));
  const offsets = /^at-(\d+)-(\d+)$/.exec(name);
  if (offsets) {
    const ranges = rangesOf(article, Number(offsets[1]), Math.max(Number(offsets[2]), Number(offsets[1]) + 1));
    show("why", ranges);
    const piece = ranges[0]?.startContainer.parentElement;
    if (piece) { unfold(piece); piece.scrollIntoView({ block: "center" }); }
    return;
  }
  const target = name ? document.getElementById(name) : null;
  if (target) { unfold(target); target.scrollIntoView({ block: name.startsWith("s-") ? "center" : "start" }); }
}

article.addEventListener("click", (event) => {
  const sentence = event.target.closest(".sentence.pinned:not(.unmarked)");
  if (!sentence || event.target.closest(".pill") || String(window.getSelection())) return;
  const pills = [...sentence.querySelectorAll(".pill")].filter((pill) => !pill.hidden);
  const at = pills.findIndex((pill) => pill.hasAttribute("aria-current"));
  if (pills.length) open(pills[(at + 1) % pills.length].dataset.provision, { scroll: false });
});
chips.addEventListener("change", () => { filter(); remember(); });
window.addEventListener("hashchange", () => { place(); open(decodeURIComponent(location.hash.slice(1)), { focus: false }); });
whenChanged((pill) => { const sentence = pill.closest(".sentence"); if (sentence) paint(sentence); });
recall();
place();
start();
