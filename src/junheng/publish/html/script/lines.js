// One figure over the years: a line with every value written, the limit dashed, gaps left open.
function yearLine(options) {
  const width = options.width || Math.min(roomFor(), 430), height = 132, left = 10, right = 10, top = 26, bottom = 24;
  const years = city.years.span;
  const values = options.values.map((each) => (each === null || each === undefined ? null : number(each)));
  const known = values.filter((each) => each !== null).concat(options.limit ? [number(options.limit)] : []);
  if (!known.length) return null;
  const high = Math.max(...known) * 1.12 || 1, low = Math.min(...known, 0);
  const x = (n) => left + 26 + (width - left - right - 52) * (years.length > 1 ? n / (years.length - 1) : 0.5);
  const y = (value) => height - bottom - (height - top - bottom) * (value - low) / (high - low);
  const limit = options.limit ? number(options.limit) : null;
  return drawing(width, height, options.title + (options.limit ? "（" + options.limitWord + options.limit + (options.unit || "") + "）" : ""),
    limit === null ? null : v("line", { x1: left, x2: width - right, y1: y(limit), y2: y(limit), stroke: "#555", "stroke-dasharray": "5 4" }),
    segments(values).map((run) => v("polyline", { points: run.map((n) => x(n) + "," + y(values[n])).join(" "), fill: "none", stroke: "#1d3557", "stroke-width": 2 })),
    values.map((value, n) => (value === null ? label(x(n), height - bottom - 4, "无", { "text-anchor": "middle", "font-size": 11, fill: COLOURS.none }) : yearPoint(value, n, x, y, options))),
    years.map((year, n) => label(x(n), height - 6, shortYear(year), { "text-anchor": "middle", "font-size": 11 })));
}

function yearPoint(value, n, x, y, options) {
  const kind = options.words ? classOf(options.words[n]) : "pass";
  const flag = options.flags && options.flags[n] ? "＊" : "";
  return v("g", null, mark(kind, x(n), y(value), 4), label(x(n), y(value) - 8, options.values[n].split("（")[0] + flag, { "text-anchor": "middle", "font-size": 11, class: "halo" }));
}

function segments(values) {
  const found = [];
  values.forEach((value, n) => {
    if (value === null) return;
    if (n && values[n - 1] !== null && found.length) found[found.length - 1].push(n);
    else found.push([n]);
  });
  return found;
}

function shortYear(year) {
  return year.replace("学年", "").replace(/^(\d{4}).*?(\d{2})$/, "$1");
}
