// What all drawings share: patterns beside colours, widths of text, scales, ticks.
const COLOURS = { pass: "#1f7a5a", fail: "#b3261e", none: "#6b7280", na: "#9aa3af" };
const GROUNDS = { pass: "#d9efe5", fail: "url(#hatch)", none: "url(#dots)", na: "#f1f3f5" };

function patterns() {
  return v("svg", { width: 0, height: 0, class: "patterns", "aria-hidden": "true", focusable: "false" }, v("defs", null,
    v("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      v("rect", { width: 7, height: 7, fill: "#fbe3e1" }), v("rect", { width: 2, height: 7, fill: "#e9aaa5" })),
    v("pattern", { id: "dots", width: 7, height: 7, patternUnits: "userSpaceOnUse" },
      v("rect", { width: 7, height: 7, fill: "#eceef1" }), v("circle", { cx: 3, cy: 3, r: 1.2, fill: "#9aa3af" }))));
}

function roomFor(most) {
  const main = document.getElementById("main");
  const wide = main.clientWidth - parseFloat(getComputedStyle(main).paddingLeft) - parseFloat(getComputedStyle(main).paddingRight);
  return Math.max(280, Math.min(most || 900, wide));
}

function drawing(width, height, title, ...children) {
  return h("figure", { class: "drawing" },
    h("figcaption", null, title),
    v("svg", { viewBox: "0 0 " + width + " " + height, width: width, height: height, role: "group", "aria-label": title }, children));
}

function textWidth(text, size) {
  let wide = 0;
  for (const sign of String(text)) wide += sign.charCodeAt(0) > 0x2e7f ? size : size * 0.58;
  return wide;
}

function clipped(text, width, size) {
  if (textWidth(text, size) <= width) return text;
  let kept = "";
  for (const sign of text) {
    if (textWidth(kept + sign + "…", size) > width) break;
    kept += sign;
  }
  return kept + "…";
}

function label(x, y, text, attributes) {
  return v("text", Object.assign({ x: x, y: y, "font-size": 13 }, attributes), text);
}

function niceStep(span, count) {
  const rough = span / Math.max(count, 1);
  const power = Math.pow(10, Math.floor(Math.log10(rough || 1)));
  const found = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough);
  return found || rough || 1;
}

function ticks(low, high, count) {
  const step = niceStep(high - low, count);
  const found = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-6; at += step) found.push(Math.round(at / step) * step);
  return found;
}

function tickText(value) {
  const rounded = Math.round(value * 1e6) / 1e6;
  return Math.abs(rounded) >= 10000 && rounded % 10000 === 0 ? rounded / 10000 + "万" : grouped(rounded, String(rounded).split(".")[1] ? String(rounded).split(".")[1].length : 0);
}

function mark(kind, x, y, size) {
  const shade = { fill: COLOURS[kind], stroke: "#fff", "stroke-width": 0.8 };
  if (kind === "fail") return v("path", Object.assign({ d: "M" + x + " " + (y - size * 1.2) + "l" + size * 1.15 + " " + size * 2.1 + "h" + -size * 2.3 + "z" }, shade));
  if (kind === "none") return v("rect", Object.assign({ x: x - size, y: y - size, width: size * 2, height: size * 2 }, shade));
  return v("circle", Object.assign({ cx: x, cy: y, r: size }, shade));
}

function legend(kinds) {
  const told = { pass: "达标", fail: "未达标", none: "缺数据", na: "不单独判定" };
  return h("ul", { class: "legend" }, kinds.map((kind) => h("li", null, v("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }, mark(kind, 8, 8, 5)), told[kind])));
}
