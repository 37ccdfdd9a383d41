// Alliances: empty fields stay out of the address; the slider moves at once; arrow keys go from square to square.

/** Fields that say nothing: empty ones, and those that stand as they do without being named. */
const PLAIN = { by: "technology", groups: "as-named", mode: "ties", measure: "subtract", normalise: "none", step: "year" };

function leaveOutBlanks(form) {
  for (const field of form.elements) {
    if (field.name && (field.value === "" || PLAIN[field.name] === field.value)) field.disabled = true;
  }
}

for (const form of document.querySelectorAll("form[method=get]")) {
  form.addEventListener("submit", () => leaveOutBlanks(form));
  window.addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
}

const slider = document.querySelector("#slider input[type=range]");
if (slider) slider.addEventListener("change", () => slider.form.requestSubmit());

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** The next square with sentences that way, else null. */
function next(cell, [down, right]) {
  const rows = cell.closest("tbody").rows;
  let row = cell.parentElement.sectionRowIndex + down;
  let column = cell.cellIndex + right;
  for (; row >= 0 && row < rows.length && column > 0 && column < rows[row].cells.length; row += down, column += right) {
    const link = rows[row].cells[column].querySelector("a");
    if (link) return link;
  }
  return null;
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.(".matrix td");
  const step = STEPS[event.key];
  if (!cell || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  const link = next(cell, step);
  if (!link) return;
  event.preventDefault();
  link.focus();
});
