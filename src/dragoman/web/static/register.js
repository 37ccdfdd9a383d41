// The register: filters apply at once, empty fields stay out of the address, long lists unfold.
import { start } from "./panel.js";

const form = document.getElementById("filter-form");

function leaveOutBlanks() {
  for (const field of form.elements) {
    const plain = (field.name === "order" && field.value === "text") || (field.name === "limit" && field.value === "50");
    if (field.name && (field.value === "" || plain)) field.disabled = true;
  }
}

form.addEventListener("submit", leaveOutBlanks);
form.addEventListener("change", (event) => {
  if (event.target.matches("[type=checkbox], select")) form.requestSubmit();
});
window.addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
for (const button of form.querySelectorAll(".show-more")) {
  const facet = button.closest(".facet");
  facet.classList.add("folded");
  button.hidden = false;
  button.addEventListener("click", () => { facet.classList.remove("folded"); button.remove(); });
}
start();
