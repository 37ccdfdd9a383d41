// The library: files are dropped or chosen, sent one after another with progress, and each outcome is shown.
import { announce, fill, fragment, notice, texts } from "./base.js";

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

async function readAll(files) {
  const all = files.length;
  outcomes.replaceChildren();
  for (const [index, file] of [...files].entries()) {
    say("uploading", { name: file.name, done: index + 1, all }, 0);
    add(await send(file, { done: index + 1, all }));
  }
  progress.hidden = true;
  announce(fill("read", { all }));
}

document.getElementById("files-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = document.getElementById("files");
  const files = [...field.files];
  field.value = "";
  readAll(files);
});
document.getElementById("address-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const address = new FormData(form).get("address");
  outcomes.replaceChildren();
  say("reading", { name: address, done: 1, all: 1 }, null);
  const answer = await fragment(form.action, { method: "POST", body: new URLSearchParams({ address }) });
  progress.hidden = true;
  add(answer.html);
});
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) { drop.scrollIntoView({ block: "center" }); readAll(event.dataTransfer.files); }
});
