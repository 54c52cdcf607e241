// Every stage part by pupils and value, against the limit and the floor.
function scatter(block, indicator, stage, query) {
  const parts = block.parts.filter((part) => part.st === stage && partFits(part, query));
  const points = parts.map((part) => ({ part: part, value: number(part.i[indicator.n][0]), word: part.i[indicator.n][1] })).filter((each) => each.value !== null && classOf(each.word) !== "none");
  const limit = number(indicator.limit[stage]), floor = number(indicator.floor[stage]);
  if (!points.length) return para(stageName(stage) + "：没有可画的数。", "note");
  const width = roomFor(880), height = 320, left = 58, right = 14, top = 14, bottom = 40;
  const most = Math.max(...points.map((each) => each.part.p), 1) * 1.05;
  const sorted = points.map((each) => each.value).sort((a, b) => a - b);
  const high = Math.max(limit * 1.3, Math.min(sorted[sorted.length - 1] * 1.05, limit * 4));
  const x = (value) => left + (width - left - right) * value / most;
  const y = (value) => height - bottom - (height - top - bottom) * Math.min(value, high) / high;
  const beyond = points.filter((each) => each.value > high).length;
  const title = stageName(stage) + " " + indicator.code + " " + indicator.short + "：" + points.length + "个学段部，标准≥" + indicator.limit[stage] + indicator.unit;
  return h("div", null, drawing(width, height, title,
    axes(width, height, { left: left, right: right, top: top, bottom: bottom }, x, y, most, high),
    points.map((each) => scatterPoint(each, x, y, indicator)),
    threshold(left, width - right, y(limit), "标准 " + indicator.limit[stage], "#111", null),
    threshold(left, width - right, y(floor), "底线 " + indicator.floor[stage], "#555", "5 4")),
  legend(["pass", "fail"]), beyond ? para("有" + beyond + "个学段部的数值高出图的上沿，画在上沿。", "note") : null);
}

function scatterPoint(each, x, y, indicator) {
  const told = each.part.t + "：学生" + each.part.p + "人，" + each.part.i[indicator.n][0] + indicator.unit + "，" + each.word;
  return v("a", { href: "#/s/" + each.part.s + "/" + indicator.code, tabindex: "-1", "aria-label": told }, mark(classOf(each.word), x(each.part.p), y(each.value), 4.5), v("title", null, told));
}

function threshold(from, to, y, told, colour, dash) {
  return v("g", null, v("line", { x1: from, x2: to, y1: y, y2: y, stroke: colour, "stroke-width": 1.5, "stroke-dasharray": dash }),
    label(to, dash ? y + 14 : y - 5, told, { "text-anchor": "end", fill: colour, class: "halo" }));
}

function axes(width, height, room, x, y, most, high) {
  const across = ticks(0, most, Math.floor(width / 110)), up = ticks(0, high, 6);
  return v("g", { class: "axes" },
    up.map((each) => v("g", null, v("line", { x1: room.left, x2: width - room.right, y1: y(each), y2: y(each), stroke: "#e3e6ea" }), label(room.left - 6, y(each) + 4, tickText(each), { "text-anchor": "end", "font-size": 12 }))),
    across.map((each) => label(x(each), height - room.bottom + 17, tickText(each), { "text-anchor": "middle", "font-size": 12 })),
    v("line", { x1: room.left, x2: width - room.right, y1: y(0), y2: y(0), stroke: "#666" }),
    label(width - room.right, height - 6, "学生数（人）→", { "text-anchor": "end", "font-size": 12 }));
}
