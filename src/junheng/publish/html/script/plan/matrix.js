// School × indicator before and after, coefficients before and after.
function partChanged(part) {
  return part.i.some((cell) => cell.length > 2) || part.v[0] !== part.v[1];
}

function matrixFits(part, query) {
  return (!query.county || part.c === query.county) && (!query.stage || part.st === query.stage) && (!query.after || part.v[1] === query.after) && (!query.changed || partChanged(part));
}

function matrixPage(route) {
  const query = route.query, parts = city.parts.filter((part) => matrixFits(part, query));
  return [h("h1", null, "前后对比"), para("“今天”与“做完以后”由同一引擎、同一算法计算；“做完以后”是推演，不是填报数据。", "note"),
    section("低于标准的学段部", para("每个学段部允许一项低于标准，但不低于底线，所以做完以后可以不为零。", "note"), tallyTable()), section("校际差异系数", spreadTable(query)),
    section("学校与七项指标", choices([countyChoice(query), choice("stage", "学段", Object.keys(city.stages).map((code) => [code, city.stages[code]]), query), choice("after", "做完以后", same(WORDS.slice(0, 3)), query), choice("changed", "变化", [["1", "只看有变化的"]], query)],
      parts.length + " / " + city.parts.length + "个学段部"), matrixTable(parts))];
}

function tallyTable() {
  return table({ caption: city.unit + "：低于标准的学段部（个）", columns: [{ text: "指标", kind: "name" }, { text: "学段" }, { text: "学段部", kind: "num" }, { text: "今天", kind: "num" }, { text: "做完以后", kind: "num" }],
    rows: city.tallies.map((row) => [row[0] + " " + indicatorName(row[0]), stageName(row[1])].concat(row.slice(2))) });
}

function indicatorName(code) {
  const found = city.indicators.find((each) => each[0] === code);
  return found ? found[1] : "";
}

function spreadTable(query) {
  const rows = city.spreads.filter((row) => (!query.county || row[0] === query.county) && (!query.stage || row[1] === query.stage));
  const lead = severalCounties ? [{ text: "区县", kind: "name" }] : [];
  return table({ caption: city.unit + "：校际差异系数", head: lead.length, columns: lead.concat([{ text: "指标", kind: "name" }, { text: "学段" }, { text: "限值", kind: "num" }, { text: "今天", kind: "num" }, { text: "做完以后", kind: "num" }, { text: "结论" }]),
    rows: rows.map((row) => (severalCounties ? [row[0]] : []).concat([row[2] + " " + row[3], stageName(row[1]), row[4], amount(row[5]), amount(row[7]), changeCell(row[6], row[8])])) });
}

function matrixTable(parts) {
  const lead = severalCounties ? [{ text: "区县", kind: "name" }] : [];
  return table({
    caption: city.unit + "：学校与七项指标，前后对比", kind: "matrix", head: lead.length, nothing: "没有符合条件的学校。",
    columns: lead.concat([{ text: "学校", kind: "name" }, { text: "学段" }, { text: "学生数", kind: "num" }, { text: "结论" }], city.indicators.map((each) => ({ text: each[0] + " " + each[1], kind: "num" }))),
    rows: parts.map((part) => (severalCounties ? [part.c] : []).concat([part.t, stageName(part.st), { text: grouped(part.p), sort: part.p }, changeCell(part.v[0], part.v[1])], part.i.map(beforeAfter))),
  });
}

// A value that the plan leaves alone stands once; one that it changes, with its former value above.
function beforeAfter(cell) {
  const after = cell.length > 2 ? cell.slice(2) : cell, kind = classOf(after[1]);
  const told = cell.length > 2 ? cell[0] + "→" + cell[2] : cell[0];
  return { kind: "in-" + kind, sort: number(after[0]) === null ? -1 : number(after[0]), text: told + " " + after[1],
    node: h("span", null, cell.length > 2 ? [h("small", null, cell[0]), "→ "] : null, after[0], kind === "none" ? null : h("small", null, after[1])) };
}
