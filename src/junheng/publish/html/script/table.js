// Tables that sort by their headings and save as CSV. A cell is a text, an element, or {node, text, sort}.
const STEP = 300;
const unfolded = [];

// What is printed is the whole table, not the rows shown so far.
function showAllRows() {
  for (const unfold of unfolded) unfold();
}

function textOf(cell) {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Node) return cell.getAttribute("data-text") || cell.textContent;
  if (typeof cell === "object") return cell.text !== undefined ? String(cell.text) : textOf(cell.node);
  return String(cell);
}

function sortKey(cell) {
  if (cell && typeof cell === "object" && cell.sort !== undefined) return cell.sort;
  const text = textOf(cell).trim();
  const value = /^-?\d[\d,]*(\.\d+)?/.test(text) ? number(text) : null;
  return value === null ? text : value;
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number") return -1;
  if (typeof b === "number") return 1;
  return String(a).localeCompare(String(b), "zh-CN");
}

function verdictCell(word) {
  return { node: badge(word), text: word || "不单独判定", sort: ["fail", "none", "pass", "na"].indexOf(classOf(word)) };
}

// Texts of up to nine characters stay on one line; longer ones get room by their length.
function roomOf(options, n) {
  const given = options.columns[n].kind || "";
  if (/name|narrow|blank/.test(given)) return given;
  let most = 0;
  for (const row of options.rows.slice(0, STEP)) most = Math.max(most, textWidth(textOf(row[n]), 1));
  if (given === "num" && most <= 14) return given;
  return most <= 9.5 ? "short" : most <= 20 ? "name" : most <= 60 ? "wide" : "long";
}

function table(options) {
  const kinds = options.columns.map((column, n) => roomOf(options, n));
  const state = { by: null, down: false, shown: STEP };
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more no-print", onclick: () => { state.shown += STEP * 5; draw(); } });
  const heads = options.columns.map((column, n) => head(column, n));

  function head(column, n) {
    const button = h("button", { type: "button", class: "no-print", onclick: () => { state.down = state.by === n && !state.down; state.by = n; draw(); } }, column.text, h("span", { class: "arrow", "aria-hidden": "true" }));
    return h("th", { scope: "col", class: kinds[n], "aria-sort": "none" }, column.plain ? column.text : [button, h("span", { class: "only-print" }, column.text)]);
  }

  function ordered() {
    if (state.by === null) return options.rows;
    const n = state.by;
    const rows = options.rows.map((row, place) => [sortKey(row[n]), place, row]);
    rows.sort((a, b) => (state.down ? -compare(a[0], b[0]) : compare(a[0], b[0])) || a[1] - b[1]);
    return rows.map((each) => each[2]);
  }

  function draw() {
    empty(body);
    const rows = ordered();
    for (const row of rows.slice(0, state.shown)) body.appendChild(line(row));
    if (!rows.length) body.appendChild(h("tr", null, h("td", { colspan: options.columns.length, class: "nothing" }, options.nothing || "没有符合条件的内容。")));
    heads.forEach((node, n) => node.setAttribute("aria-sort", state.by === n ? (state.down ? "descending" : "ascending") : "none"));
    const rest = rows.length - state.shown;
    more.textContent = "再显示（还有" + rest + "行）";
    more.hidden = rest <= 0;
  }

  function line(row) {
    return h("tr", null, row.map((cell, n) => {
      const first = n === (options.head || 0);
      const kind = [kinds[n], cell && cell.kind].filter(Boolean).join(" ") || null;
      const inside = cell && typeof cell === "object" && !(cell instanceof Node) ? (cell.node || cell.text) : cell;
      return h(first ? "th" : "td", first ? { scope: "row", class: kind } : { class: kind }, inside);
    }));
  }

  draw();
  unfolded.push(() => { if (!more.hidden) { state.shown = Infinity; draw(); } });
  const grid = h("table", { class: options.kind || null }, h("caption", null, options.caption), h("thead", null, h("tr", null, heads)), body);
  const save = options.rows.length
    ? h("button", { type: "button", class: "csv no-print", onclick: () => saveCsv(options, ordered()) }, "存为 CSV")
    : null;
  return h("div", { class: "listed" + (/grid|matrix|broad/.test(options.kind || "") ? " landscape" : "") }, h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": options.caption }, grid), more, save);
}

function csvText(text) {
  const flat = text.replace(/\s+/g, " ").trim();
  // A spreadsheet computes what begins so, in full width too; a plain number with its unit stays one.
  const number = /^[+\-−－]?\d[\d,.]*\s*[%‰]?[\p{Script=Han}㎡]*$/u.test(flat);
  const safe = !number && /^[=+\-@＝＋－＠−﹢﹣﹦﹫]/.test(flat) ? "'" + flat : flat;
  return '"' + safe.replace(/"/g, '""') + '"';
}

function csvOf(options, rows) {
  const about = [[options.caption], [city.title, city.year, city.on, city.demonstration, city.facts].filter(Boolean)];
  const lines = about.concat([options.columns.map((column) => column.text)], rows.map((row) => row.map(textOf)));
  return "\ufeff" + lines.map((row) => row.map(csvText).join(",")).join("\r\n") + "\r\n";
}

function saveCsv(options, rows) {
  const address = URL.createObjectURL(new Blob([csvOf(options, rows)], { type: "text/csv;charset=utf-8" }));
  const name = (options.caption + ".csv").replace(/[\\/:*?"<>|]/g, "");
  const anchor = h("a", { href: address, download: name, hidden: true });
  document.body.appendChild(anchor);
  anchor.click();
  document.body.removeChild(anchor);
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
