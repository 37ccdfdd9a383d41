// Marks a stretch of the document, given in code points, without touching the page's elements.
// Every piece of text carries in data-o the offset at which it stands; offsets count code points, strings UTF-16.

function toUnits(text, points) {
  let units = 0;
  for (let seen = 0; seen < points && units < text.length; seen += 1) {
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

/** Return ranges for [from, to) in every piece of text under the root that holds a part of it. */
export function rangesOf(root, from, to) {
  const ranges = [];
  for (const piece of root.querySelectorAll("[data-o]")) {
    const start = Number(piece.dataset.o);
    if (start >= to) continue;
    const node = piece.firstChild;
    if (!node || start + node.data.length <= from) continue;
    const left = toUnits(node.data, Math.max(0, from - start));
    const right = toUnits(node.data, to - start);
    if (left >= right) continue;
    const range = document.createRange();
    range.setStart(node, left);
    range.setEnd(node, right);
    ranges.push(range);
  }
  return ranges;
}

/** Show the ranges under a name that the style sheet knows; an older browser shows none. */
export function show(name, ranges) {
  if (!CSS.highlights) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}
