// The page on which one codes: j and k move from sentence to sentence, Enter opens the form of the one in focus.
const sentences = [...document.querySelectorAll(".to-choose")];

function typing(target) {
  return target.closest("input, textarea, select, button") !== null;
}

function move(step) {
  const here = sentences.findIndex((one) => one === document.activeElement);
  const chosen = sentences.findIndex((one) => one.getAttribute("aria-current") === "true");
  const from = here >= 0 ? here : chosen;
  const next = sentences[Math.min(Math.max(from + step, 0), sentences.length - 1)];
  if (next) {
    next.focus();
    next.scrollIntoView({ block: "center" });
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
  }
});
