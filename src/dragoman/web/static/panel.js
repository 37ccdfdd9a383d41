// The panel of one provision, in the reader and in the register: moving, opening, deciding, by mouse and keyboard.
import { announce, fill, fragment, openWhereWide, texts } from "./base.js";
import { rangesOf, show } from "./highlight.js";

const host = document.getElementById("panel-host");
const panel = document.getElementById("panel");
const body = document.getElementById("panel-body");
const keys = document.getElementById("keys");
const hint = body.innerHTML;
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const phone = window.matchMedia("(max-width: 48rem)");
let current = null;
let asked = 0;
let arrived = Promise.resolve();
let painted = () => {};

/** Say what to do when the state of a provision, or whether it is open, has changed. */
export function whenChanged(action) { painted = action; }

export function pills() {
  return [...host.querySelectorAll(".pill[data-provision]")].filter((pill) => !pill.hidden);
}

function pillOf(id) { return pills().find((pill) => pill.dataset.provision === id); }

function holder(pill) { return pill.closest(".sentence, .row") ?? pill; }

function mark(pill) {
  for (const old of host.querySelectorAll(".pill[aria-current]")) {
    old.removeAttribute("aria-current");
    painted(old);
  }
  for (const old of host.querySelectorAll(".selected")) old.classList.remove("selected");
  if (!pill) return;
  pill.setAttribute("aria-current", "true");
  painted(pill);
  holder(pill).classList.add("selected");
  const all = pills();
  document.getElementById("panel-count").textContent = fill("position", { at: all.indexOf(pill) + 1, all: all.length });
}

function showTrigger() {
  const ranges = [...body.querySelectorAll(".trigger")].flatMap((word) => {
    const from = Number(word.dataset.o);
    return rangesOf(host, from, from + [...word.textContent].length);
  });
  show("trigger", ranges);
}

function bring(pill) {
  const block = phone.matches ? "start" : "center";
  const target = phone.matches ? holder(pill).querySelector(".anchor") ?? holder(pill) : holder(pill);
  target.scrollIntoView({ block, behavior: calm.matches ? "instant" : "smooth" });
}

/** Fetch the panel of the current provision; until it is there, the last one's buttons are out of reach. */
async function fetchPanel(id) {
  asked += 1;
  const mine = asked;
  body.inert = true;
  const answer = await fragment(`/p/${encodeURIComponent(id)}/panel`);
  if (mine !== asked) return;
  body.inert = false;
  body.innerHTML = answer.html;
  panel.scrollTop = 0;
  show("why", []);
  showTrigger();
}

/** Open a provision by its id. */
export function open(id, { focus = true, scroll = true } = {}) {
  const pill = pillOf(id);
  if (!pill) return;
  current = id;
  document.body.classList.add("panel-open");
  mark(pill);
  if (scroll) bring(pill);
  if (focus) pill.focus({ preventScroll: true });
  history.replaceState(history.state, "", `${location.pathname}${location.search}#${encodeURIComponent(id).replaceAll("%3A", ":")}`);
  arrived = fetchPanel(id);
}

export function close() {
  const pill = pillOf(current);
  current = null;
  asked += 1;
  body.inert = false;
  document.body.classList.remove("panel-open");
  mark(null);
  show("why", []);
  show("trigger", []);
  body.innerHTML = hint;
  document.getElementById("panel-count").textContent = "";
  history.replaceState(history.state, "", `${location.pathname}${location.search}`);
  pill?.focus({ preventScroll: true });
}

/** Return the first provision at or below the top of the window, to start from where the reader is. */
function nearest(all) {
  return all.findIndex((pill) => pill.getBoundingClientRect().top > 60);
}

function go(step) {
  const all = pills();
  if (!all.length) { announce(texts.none_left); return; }
  const at = all.findIndex((pill) => pill.dataset.provision === current);
  let next = at + step;
  if (at < 0) next = step > 0 ? Math.max(0, nearest(all)) : all.length - 1;
  if (next < 0 || next >= all.length) { announce(texts.none_left); return; }
  open(all[next].dataset.provision);
}

function toggle(name, wanted) {
  const form = document.getElementById(`form-${name}`);
  if (!form) return;
  for (const each of body.querySelectorAll("form[id]")) {
    const shown = each === form && (wanted ?? each.hidden);
    each.hidden = !shown;
    body.querySelector(`[aria-controls="${each.id}"]`)?.setAttribute("aria-expanded", String(shown));
  }
  if (form.hidden) return;
  form.querySelector("textarea, select, input:not([type=hidden])").focus({ preventScroll: true });
  panel.scrollTop = form.offsetTop - panel.querySelector(".panel-bar").offsetHeight;
}

function named() {
  const field = body.querySelector(".accept [name=reviewer]");
  if (!field) return false;
  for (const copy of body.querySelectorAll("input[type=hidden][name=reviewer]")) copy.value = field.value;
  if (field.value.trim()) return true;
  announce(texts.name_first);
  field.focus();
  return false;
}

function refresh() {
  const pill = pillOf(current);
  const fresh = body.querySelector("template[data-pill]")?.content.firstElementChild;
  if (!pill || !fresh) return;
  const copy = document.importNode(fresh, true);
  pill.replaceWith(copy);
  const row = copy.closest(".row");
  if (row) {
    row.className = `row selected s-${copy.dataset.state}`;
    row.querySelector(".state").replaceWith(document.importNode(body.querySelector("template[data-state]").content, true));
  }
  mark(copy);
  copy.focus({ preventScroll: true });
}

async function decide(form, submitter) {
  if (!named()) return;
  const data = new FormData(form, submitter);
  const state = data.getAll("state").at(-1);
  const answer = await fragment(form.action, { method: "POST", body: new URLSearchParams(data) });
  if (!answer.ok) {
    document.getElementById("panel-error").innerHTML = answer.html;
    return;
  }
  body.innerHTML = answer.html;
  refresh();
  showTrigger();
  announce(texts[state]);
}

async function copy(address) {
  const link = new URL(address, location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    announce(texts.copied);
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    announce(`${texts.not_copied} ${link}`);
  }
}

function pointTo(target, bringIt) {
  const why = target.closest?.("button.why");
  const ranges = why ? rangesOf(document, Number(why.dataset.from), Number(why.dataset.to)) : [];
  show("why", ranges);
  const inText = ranges.find((range) => host.querySelector(".document")?.contains(range.startContainer));
  if (bringIt && inText) inText.startContainer.parentElement.scrollIntoView({ block: "center", behavior: calm.matches ? "instant" : "smooth" });
}

function press(selector) { body.querySelector(selector)?.click(); }

/** Do something with the panel once it shows the provision that was current when the key was pressed. */
async function once(action) {
  const wanted = current;
  await arrived;
  if (wanted && wanted === current) action();
}

function help() { if (keys.open) keys.close(); else keys.showModal(); }

const COMMANDS = {
  j: () => go(1), n: () => go(1), k: () => go(-1), p: () => go(-1),
  a: () => once(() => press("[data-decision=accept] .primary:not(:disabled)")),
  e: () => once(() => toggle("edit", true)), r: () => once(() => toggle("reject", true)), "?": help,
};

function typing(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function escape() {
  const form = body.querySelector("form[id]:not([hidden])");
  if (form) { toggle(form.id.replace("form-", ""), false); pillOf(current)?.focus({ preventScroll: true }); } else if (current) close();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys.open) return;
  if (event.key === "Escape") { escape(); return; }
  if (typing(event.target) || localStorage.getItem("keys") === "off") return;
  const command = COMMANDS[event.key];
  if (!command) return;
  event.preventDefault();
  command();
}

function onClick(event) {
  const target = event.target;
  const pill = target.closest(".pill[data-provision]");
  if (pill) { open(pill.dataset.provision, { scroll: false }); return; }
  const button = target.closest("button");
  if (button?.dataset.go === "next") go(1);
  else if (button?.dataset.go === "previous") go(-1);
  else if (button?.dataset.go === "close") close();
  else if (button?.dataset.go === "help") help();
  else if (button?.dataset.open) toggle(button.dataset.open);
  else if (button?.dataset.cancel !== undefined && button) escape();
  else if (button?.dataset.copy) copy(button.dataset.copy);
  else if (button?.classList.contains("why")) pointTo(button, true);
}

/** Attach the panel to the page, and open the provision that the address names. */
export function start() {
  document.addEventListener("keydown", onKey);
  host.addEventListener("click", onClick);
  body.addEventListener("submit", (event) => { event.preventDefault(); decide(event.target, event.submitter); });
  for (const name of ["mouseover", "focusin"]) body.addEventListener(name, (event) => pointTo(event.target, false));
  body.addEventListener("mouseleave", () => show("why", []));
  const on = document.getElementById("keys-on");
  on.checked = localStorage.getItem("keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
  openWhereWide(document.getElementById("outline"), "80.01rem");
  openWhereWide(document.getElementById("filter-box"), "48.01rem");
  const id = decodeURIComponent(location.hash.slice(1));
  if (id) open(id, { focus: false });
}
