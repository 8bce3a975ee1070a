// @ts-check
// Passages in a text, by their words and those before them: on the review page and in the editor.

// The text as one string, with the node that each part of it stands in.
export function textOf(root) {
  const nodes = [];
  let text = "";
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  return { text, nodes };
}

// Words of a block end where its line ends; the passage that was kept has line ends in it.
const flat = (text) => text.replace(/\s/g, "");

function rangeOf({ nodes }, start, end) {
  const range = nodes[0][1].ownerDocument.createRange();
  const at = (offset) => {
    const [from, node] = nodes.findLast(([first]) => first <= offset) ?? nodes[0];
    return [node, Math.min(offset - from, node.data.length)];
  };
  range.setStart(...at(start));
  range.setEnd(...at(end));
  return range;
}

// Where the passage stands, by its words and those before it, spaces aside.
export function find(whole, quote, before) {
  const places = [];
  let packed = "";
  for (let index = 0; index < whole.text.length; index += 1) {
    if (/\s/.test(whole.text[index])) continue;
    packed += whole.text[index];
    places.push(index);
  }
  const wanted = flat(quote);
  if (!wanted) return null;
  const context = flat(before);
  let best = null;
  let most = -1;
  for (let at = packed.indexOf(wanted); at >= 0; at = packed.indexOf(wanted, at + 1)) {
    let alike = 0;
    while (alike < context.length && packed[at - 1 - alike] === context[context.length - 1 - alike]) alike += 1;
    if (alike > most) [best, most] = [at, alike];
  }
  return best === null ? null : rangeOf(whole, places[best], places[best + wanted.length - 1] + 1);
}
