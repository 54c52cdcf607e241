// Elements are made one by one and filled with text nodes: nothing is ever parsed as markup.
const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const name of Object.keys(attributes || {})) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function v(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function empty(node) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return node;
}

function link(hash, text, attributes) {
  return h("a", Object.assign({ href: hash }, attributes), text);
}

function para(text, kind) {
  return text ? h("p", kind ? { class: kind } : null, text) : null;
}

function list(texts, kind) {
  return texts.length ? h("ul", kind ? { class: kind } : null, texts.map((text) => h("li", null, text))) : null;
}

function section(title, ...children) {
  const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== "");
  return kept.length ? h("section", null, h("h2", null, title), kept) : null;
}

function facts(pairs) {
  const rows = pairs.filter((pair) => pair[1] !== "" && pair[1] !== null && pair[1] !== undefined);
  return h("dl", { class: "facts" }, rows.map((pair) => h("div", null, h("dt", null, pair[0]), h("dd", null, pair[1]))));
}

function fold(title, ...children) {
  return h("details", null, h("summary", null, title), children);
}

// One of the data blocks of the page.
function held(name) {
  const node = document.getElementById(name);
  return node ? JSON.parse(node.textContent) : null;
}
