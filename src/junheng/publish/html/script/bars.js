// Bars: coefficients of variation against their limit with the other ways of computing; what is lacking, step by step.
function spreadBars(block, stage, choose) {
  const found = block.spreads.filter((each) => each.stage === stage);
  const width = roomFor(880), row = 46, left = 4, right = 12, top = 8;
  const values = found.map((each) => [number(each.limit), number(each.cv)].concat(Object.keys(each.variants).map((name) => number(each.variants[name][0]))));
  const high = Math.max(0.1, ...values.flat().filter((each) => each !== null)) * 1.06;
  const x = (value) => left + (width - left - right) * value / high;
  const rows = found.map((each, n) => spreadBar(block, each, top + n * row, x, width, choose));
  return found.length ? drawing(width, top + found.length * row + 6, stageName(stage) + "：各项差异系数与限值", rows) : null;
}

function spreadBar(block, each, y, x, width, choose) {
  const indicator = block.indicatorOf[each.code] || { short: each.code };
  const kind = classOf(each.verdict), cv = number(each.cv), limit = number(each.limit);
  const told = each.cv + "（限值" + each.limit + "）" + each.verdict;
  const name = clipped(each.code + " " + indicator.short, width - textWidth(told, 13) - 24, 13);
  const others = block.variants.filter((variant) => !variant.used && each.variants[variant.code]);
  const group = v("g", null,
    label(4, y + 12, name, { class: "strong" }), label(width - 4, y + 12, told, { "text-anchor": "end", fill: COLOURS[kind], class: "strong" }),
    v("rect", { x: x(0), y: y + 19, width: x(1e9) > width ? width - 16 : width, height: 16, fill: "#f1f3f5" }),
    cv === null ? label(x(0) + 6, y + 32, "没有数，不画", { fill: COLOURS.none }) : v("rect", { x: x(0), y: y + 19, width: Math.max(1, x(cv) - x(0)), height: 16, fill: COLOURS[kind] }),
    others.map((variant, n) => variantMark(x(number(each.variants[variant.code][0]) || 0), y + 27, n, variant, each)),
    v("line", { x1: x(limit), x2: x(limit), y1: y + 16, y2: y + 38, stroke: "#111", "stroke-width": 2 }),
    v("title", null, each.sentence));
  return choose ? v("a", { href: choose(each.code), "aria-label": each.sentence }, group) : group;
}

function variantMark(x, y, n, variant, each) {
  const shapes = ["M-4 0L0 -5L4 0L0 5z", "M-4 4L0 -5L4 4z", "M-4 -4H4V4H-4z"];
  return v("path", { d: shapes[n % 3], transform: "translate(" + x + " " + y + ")", fill: "#fff", stroke: "#111", "stroke-width": 1.4 },
    v("title", null, variant.label + "：" + each.variants[variant.code][0]));
}

function variantLegend(block) {
  const signs = ["◇", "△", "□"];
  const others = block.variants.filter((variant) => !variant.used);
  const used = block.variants.find((variant) => variant.used);
  return para("竖线是限值；色条是采用的算法“" + used.label + "”；" + others.map((each, n) => signs[n % 3] + " " + each.label).join("　") + "。", "note");
}

// --- what is lacking, school by school, up to the sum ---

const STEPS = 12;

function waterfall(block, gap) {
  const steps = gap.each.slice(0, STEPS).map((each) => ({ name: schoolOf[each[0]] ? schoolOf[each[0]].name : each[0], code: each[0], amount: parseFloat(each[1]) }));
  const rest = gap.each.slice(STEPS);
  if (rest.length) steps.push({ name: "其余" + rest.length + "所", amount: rest.reduce((sum, each) => sum + parseFloat(each[1]), 0) });
  const width = roomFor(880), row = 34, top = 6, whole = parseFloat(gap.sum);
  const x = (value) => 4 + (width - 8) * value / whole;
  let run = 0;
  const drawn = steps.map((step, n) => {
    const from = run;
    run += step.amount;
    return waterStep(step, top + n * row, x(from), x(run), width, gap.unit);
  });
  const y = top + steps.length * row;
  drawn.push(v("g", null, label(4, y + 13, "合计", { class: "strong" }), label(width - 4, y + 13, gap.total, { "text-anchor": "end", class: "strong" }),
    v("rect", { x: 4, y: y + 18, width: width - 8, height: 11, fill: "#1d3557" })));
  return drawing(width, y + row + 4, block.indicatorOf[gap.code].short + "：" + gap.schools + "所学校未达标，补到标准还差" + gap.total, drawn);
}

function waterStep(step, y, from, to, width, unit) {
  const told = grouped(step.amount, String(step.amount).split(".")[1] ? 2 : 0) + unit;
  const group = v("g", null,
    label(4, y + 13, clipped(step.name, width - textWidth(told, 13) - 20, 13)), label(width - 4, y + 13, told, { "text-anchor": "end" }),
    v("line", { x1: from, x2: from, y1: y + 18, y2: y + 29, stroke: "#888" }),
    v("rect", { x: from, y: y + 18, width: Math.max(1, to - from), height: 11, fill: "url(#hatch)", stroke: COLOURS.fail }));
  return step.code ? v("a", { href: "#/s/" + step.code, "aria-label": step.name + " 还差" + told }, group) : group;
}
