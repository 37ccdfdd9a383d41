// Two versions side by side: moving between links and sentences by keys, counting ticked sentences, filters at once.
import { announce } from "./base.js";

const table = document.getElementById("beside");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const SIDEWAYS = { ArrowRight: 1, ArrowLeft: -1 };

const rows = () => [...table.tBodies[0].rows];
const stops = (row) => [row.querySelector(".number"), ...row.querySelectorAll(".said")];

function focusOn(link) {
  for (const old of table.querySelectorAll("a[tabindex='0']")) old.tabIndex = -1;
  link.tabIndex = 0;
  link.focus({ preventScroll: true });
  link.closest("tr").scrollIntoView({ block: "nearest", behavior: calm.matches ? "instant" : "smooth" });
}

/** Return the row in focus, else the one that the address asks for, else null. */
function current() {
  return document.activeElement.closest?.("#beside tbody tr") ?? null;
}

function down(step) {
  const all = rows();
  const row = current();
  const asked = table.querySelector("tr.asked, tr:target");
  const next = row ? all[all.indexOf(row) + step] : asked ?? all[0];
  if (next) focusOn(stops(next)[0]);
}

function sideways(step) {
  const row = current();
  if (!row) return;
  const own = stops(row);
  const next = own[own.indexOf(document.activeElement) + step];
  if (next) focusOn(next);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, summary")) return;
  const inside = current() !== null;
  if (STEPS[event.key] && (inside || event.key === "j" || event.key === "k")) down(STEPS[event.key]);
  else if (SIDEWAYS[event.key] && inside) sideways(SIDEWAYS[event.key]);
  else if (event.key === "c" && inside && current().querySelector(".mend")) current().querySelector(".mend").click();
  else if (event.key === "x" && inside) tick();
  else return;
  event.preventDefault();
}

/** Tick the sentence in focus, or all of the link. */
function tick() {
  const one = document.activeElement.closest(".one");
  const boxes = [...(one ?? current()).querySelectorAll("input[type=checkbox]")];
  const all = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !all;
  count();
}

function startTable() {
  for (const link of table.querySelectorAll(".number, .said")) link.tabIndex = -1;
  const first = table.querySelector("tr.asked .number") ?? table.querySelector(".number");
  if (first) first.tabIndex = 0;
  document.addEventListener("keydown", onKey);
  if (!location.hash) table.querySelector("tr.asked")?.scrollIntoView({ block: "center", behavior: "instant" });
  table.addEventListener("focusin", (event) => {
    if (event.target.matches(".number, .said") && event.target.tabIndex !== 0) focusOn(event.target);
  });
}

/** Say how many sentences are ticked. */
function count() {
  const place = document.getElementById("picked");
  if (!place) return;
  const number = table.querySelectorAll(".pick :checked").length;
  place.textContent = number ? place.dataset.some.replace("{n}", number) : place.dataset.none;
}

function startFilter(form) {
  form.addEventListener("change", (event) => { if (event.target.matches("select")) form.requestSubmit(); });
  form.addEventListener("submit", () => { for (const field of form.elements) if (field.name && field.value === "") field.disabled = true; });
  window.addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
}

if (table) {
  startTable();
  table.addEventListener("change", count);
  count();
}
for (const form of document.querySelectorAll("form[data-now]")) startFilter(form);
for (const form of document.querySelectorAll("form[data-wait]")) form.addEventListener("submit", () => announce(form.dataset.wait));
