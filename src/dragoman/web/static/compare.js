// Comparing: moving between statements by arrow keys, opening sentences of a figure, narrowing a list, waiting.
import { announce, fragment } from "./base.js";

const river = document.querySelector("table.river");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

/** The statements of the river as rows of columns of summaries, as they stand in the table. */
function grid() {
  return [...river.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => [...cell.querySelectorAll("summary")]));
}

function placeOf(rows, summary) {
  const cell = summary.closest("td");
  const row = cell.parentElement.sectionRowIndex;
  const column = cell.cellIndex - 1;
  return { row, column, at: rows[row][column].indexOf(summary) };
}

/** Return the nearest statement sideways, in the same row, else null. */
function beside(rows, { row, column }, step) {
  for (let next = column + step; next >= 0 && next < rows[row].length; next += step) {
    if (rows[row][next].length) return rows[row][next][0];
  }
  return null;
}

/** Return the statement above or below: in the same cell, then in the same column, else the nearest column of the next row. */
function below(rows, { row, column, at }, step) {
  const own = rows[row][column][at + step];
  if (own) return own;
  for (let next = row + step; next >= 0 && next < rows.length; next += step) {
    const order = rows[next].map((cell, where) => [Math.abs(where - column), cell]).sort((one, other) => one[0] - other[0]);
    const found = order.find(([, cell]) => cell.length);
    if (found) return found[1].at(step > 0 ? 0 : -1);
  }
  return null;
}

function ends(rows, { row }, step) {
  const all = rows[row].flat();
  return step > 0 ? all.at(-1) : all[0];
}

const MOVES = {
  ArrowRight: [beside, 1], ArrowLeft: [beside, -1], ArrowDown: [below, 1], ArrowUp: [below, -1], Home: [ends, -1], End: [ends, 1],
};

function focusOn(summary) {
  for (const old of river.querySelectorAll("summary[tabindex='0']")) old.tabIndex = -1;
  summary.tabIndex = 0;
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm.matches ? "instant" : "smooth" });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const summary = event.target.closest("summary");
  const move = MOVES[event.key];
  if (!summary || !move) return;
  event.preventDefault();
  const rows = grid();
  const next = move[0](rows, placeOf(rows, summary), move[1]);
  if (next) focusOn(next);
}

function startRiver() {
  for (const summary of river.querySelectorAll("summary")) summary.tabIndex = -1;
  const first = river.querySelector("summary");
  if (first) first.tabIndex = 0;
  river.addEventListener("keydown", onKey);
  river.addEventListener("focusin", (event) => {
    const summary = event.target.closest("summary");
    if (summary && summary.tabIndex !== 0) focusOn(summary);
  });
}

/** Empty fields stay out of the address. */
function leaveOutBlanks(form) {
  for (const field of form.elements) {
    const plain = (field.name === "span" && field.value === "all") || (field.name === "order" && field.value === "change");
    if (field.name && (field.value === "" || plain)) field.disabled = true;
  }
}

function startFilter(form) {
  form.addEventListener("submit", () => leaveOutBlanks(form));
  form.addEventListener("change", (event) => { if (event.target.matches("select")) form.requestSubmit(); });
  window.addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
}

/** Show the sentences behind a figure in a box over the page; without script they stand below it. */
async function openSentences(link) {
  const box = document.getElementById("sentences-box");
  const answer = await fragment(link.href.split("#")[0]);
  box.querySelector(".inside").innerHTML = answer.html;
  box.showModal();
  box.scrollTop = 0;
}

function startFigures(box) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-cell]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSentences(link);
  });
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
}

function narrow(field) {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of document.querySelectorAll(field.dataset.narrow)) {
    const text = item.textContent.toLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
}

if (river) startRiver();
const filter = document.getElementById("river-filter");
if (filter) startFilter(filter);
const box = document.getElementById("sentences-box");
if (box) startFigures(box);
for (const field of document.querySelectorAll("[data-narrow]")) field.addEventListener("input", () => narrow(field));
for (const form of document.querySelectorAll("form[data-wait]")) form.addEventListener("submit", () => announce(form.dataset.wait));
