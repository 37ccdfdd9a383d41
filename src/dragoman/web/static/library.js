// The library: files are dropped or chosen, sent one after another with progress, and each outcome is shown.
import { announce, fill, fragment, notice, texts } from "./base.js";

const MEGABYTE = 1024 * 1024;
const drop = document.getElementById("drop");
const outcomes = document.getElementById("outcomes");
const progress = document.getElementById("progress");
const bar = document.getElementById("progress-bar");
const label = document.getElementById("progress-label");

function add(html) {
  const list = document.createElement("template");
  list.innerHTML = html;
  if (list.content.querySelector(".outcome")) { outcomes.append(list.content); return; }
  const line = document.createElement("li");
  line.className = "outcome outcome-failed";
  line.append(list.content);
  outcomes.append(line);
}

function say(key, values, share) {
  progress.hidden = false;
  label.textContent = fill(key, values);
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
}

/** Send one file; resolves to the server's answer as a piece of the page. */
function send(file, place) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("files", file);
    const values = { name: file.name, ...place };
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) say("uploading", values, event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => say("reading", values, null));
    request.addEventListener("load", () => resolve(request.responseText));
    request.addEventListener("error", () => resolve(notice(`${file.name}: ${texts.unreachable}`)));
    request.open("POST", "/read/files");
    request.setRequestHeader("X-Fragment", "1");
    request.send(data);
  });
}

/** Send a file if it may be sent; resolves to a piece of the page that says what became of it. */
async function read(file, place) {
  const limit = Number(drop.dataset.limit);
  if (file.size > limit) return notice(fill("too_large", { name: file.name, limit: limit / MEGABYTE }));
  say("uploading", { name: file.name, ...place }, 0);
  return send(file, place);
}

/** Put the library as it is now in the place of the one shown. */
async function renew() {
  const answer = await fragment(location.pathname + location.search);
  const fresh = new DOMParser().parseFromString(answer.html, "text/html").getElementById("shelf");
  if (answer.ok && fresh) document.getElementById("shelf").replaceWith(fresh);
}

async function readAll(files) {
  const all = files.length;
  for (const [index, file] of files.entries()) add(await read(file, { done: index + 1, all }));
  progress.hidden = true;
  await renew();
  announce(fill("read", { all }));
}

let reading = Promise.resolve();

/** Read files after those that are being read. */
function readNext(files) {
  const chosen = [...files];
  reading = reading.then(() => readAll(chosen));
}

document.getElementById("files-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = document.getElementById("files");
  readNext(field.files);
  field.value = "";
});
document.getElementById("address-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const address = new FormData(form).get("address");
  say("reading", { name: address, done: 1, all: 1 }, null);
  const answer = await fragment(form.action, { method: "POST", body: new URLSearchParams({ address }) });
  progress.hidden = true;
  add(answer.html);
  await renew();
});
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) { drop.scrollIntoView({ block: "center" }); readNext(event.dataTransfer.files); }
});
