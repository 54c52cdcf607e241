// Money against what it achieves: three pictures over the same money. A line goes on level to the
// next point, for a plan for less money is a plan for more. A point leads to what its money does.
const PICTURES = [
  { title: "达不到的要求（项）", kind: "fail", of: (point) => point.unmet },
  { title: "达标学校（所）", kind: "pass", of: (point) => point.schools[0] },
  { title: "达标的项目（项）", kind: "line", of: (point) => point.lines[0] },
];
const LINE_COLOUR = "#3b6ea5";

// A budget asked about that lies far beyond the cost would press the rest together: it is only listed.
function drawnPoints() {
  const even = city.frontier, end = even.length ? even[even.length - 1].at * 1.25 : Infinity;
  const more = city.what_if.filter((each) => each.at <= end && !even.some((other) => other.at === each.at));
  return even.concat(more).sort((a, b) => a.at - b.at);
}

function frontierChart(chosen) {
  const points = drawnPoints();
  if (points.length < 2) return null;
  const width = roomFor(880), height = 128, left = 46, right = 30, foot = 40;
  const most = points[points.length - 1].at || 1;
  const x = (value) => left + (width - left - right) * value / most;
  const drawn = PICTURES.map((picture, n) => onePicture(picture, points, x, n * height, width, height, chosen));
  const below = PICTURES.length * height;
  const marks = ticks(0, most, width < 560 ? 4 : 8).filter((at) => at <= most).map((at) => label(x(at), below + 18, tickText(at), { "text-anchor": "middle", "font-size": 12 }));
  return drawing(width, below + foot, "经费与达标：钱多少，能做到什么", drawn, marks, label((left + width - right) / 2, below + 36, "经费（万元）", { "text-anchor": "middle" }));
}

function onePicture(picture, points, x, top, width, height, chosen) {
  const colour = COLOURS[picture.kind] || LINE_COLOUR, values = points.map(picture.of);
  const high = Math.max(...values, 1) * 1.2, up = top + 26, down = top + height - 8;
  const y = (value) => down - (down - up) * value / high;
  const path = points.map((point, n) => (n ? "H" + x(point.at) + "V" + y(values[n]) : "M" + x(point.at) + " " + y(values[n]))).join("");
  return v("g", null, label(4, top + 14, picture.title, { class: "strong" }),
    v("line", { x1: x(0), x2: x(points[points.length - 1].at), y1: down, y2: down, stroke: "#9aa3af" }),
    v("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2 }),
    points.map((point, n) => v("a", { href: withQuery("at", point.budget), "aria-label": point.budget + "元：" + picture.title + values[n] },
      v("circle", { cx: x(point.at), cy: y(values[n]), r: chosen && chosen.budget === point.budget ? 7 : 4.5, fill: colour, stroke: "#fff" }),
      n && values[n] === values[n - 1] && n < points.length - 1 ? null : label(x(point.at) + 6, y(values[n]) - 7, String(values[n]), { "font-size": 12, class: "halo" }),
      v("title", null, point.budget + "元：" + values[n]))));
}

function frontierTable() {
  const rows = city.frontier.map((point, n) => pointRow(point, n ? n + "/" + (city.frontier.length - 1) : "没有经费")).concat(city.what_if.map((point) => pointRow(point, "只有这么多钱")));
  return rows.length ? table({ caption: city.unit + "：各档经费能做到什么", kind: "broad", columns: [{ text: "哪一档" }, { text: "经费（元）", kind: "num" }, { text: "用去（元）", kind: "num" }, { text: "达不到（项）", kind: "num" }, { text: "已证明至少（项）", kind: "num" }, { text: "达标学校", kind: "num" }, { text: "达标的项目", kind: "num" }, { text: "做什么" }, { text: "还达不到" }], rows: rows }) : null;
}

function pointRow(point, word) {
  return [word, amount(point.budget), amount(point.cost), point.unmet, point.fewest, point.schools.join("/"), point.lines.join("/"), point.does || "什么也不做", point.left || "没有"];
}

// What one budget does, in words.
function pointTold(point) {
  return [para("经费" + point.budget + "元，用去" + point.cost + "元。", "strong"), para("做什么：" + (point.does || "什么也不做") + "。"),
    para("达不到的要求" + point.unmet + "项" + (point.left ? "（" + point.left + "）" : "") + "，已证明至少" + point.fewest + "项；达标学校" + point.schools[0] + "所（共" + point.schools[1] + "所），达标的项目" + point.lines[0] + "项（共" + point.lines[1] + "项）。")];
}

function frontierPart(query) {
  const points = city.frontier.concat(city.what_if);
  if (!points.length) return para("没有求各档经费：命令加 --frontier 或 --what-if。", "note");
  const chosen = points.find((each) => each.budget === query.at) || null;
  return [para("每一档另求一个方案，使达不到的要求最少，再由同一引擎评估。点图上的点，看这么多钱做什么。", "note"), frontierChart(chosen), choices([choice("at", "经费（元）", same(points.map((each) => each.budget)), query)], chosen ? "" : points.length + "档"), chosen ? h("div", { class: "rule" }, pointTold(chosen)) : null];
}
