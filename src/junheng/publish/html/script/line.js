// One line of the scheme in one county: clause by clause, which schools, what was filed.
function linePage(county, code, route) {
  const block = blockOf(county.code), line = block.lineOf[code];
  return [countyHead(county, route, code + " " + line.label), h("p", { class: "conclusion" }, badge(line.verdict), " ", line.told),
    line.seven ? para([link("#/c/" + county.code + "/i/" + code, "各校数值、散点和缺口"), "　"]) : null,
    line.clauses.map((clause) => clausePart(block, county, clause, route)), section("要补报什么", list(line.wanting)),
    line.records.length ? section("报来的材料、结果与声明", recordTable(county, line)) : null,
    line.seven ? null : filedPart(block, county, code)];
}

function clausePart(block, county, clause, route) {
  return section(clause.rule.kind + "：" + clause.rule.code, h("p", null, badge(clause.verdict)), ruleOf(clause.rule), list(clause.reasons.slice(0, 30), "reasons"),
    clause.figures.length ? table({ caption: county.name + " " + clause.rule.code + "：数值", columns: figureColumns(), rows: clause.figures.map((row) => figureRow(figureOf(block, row))) }) : null,
    clause.asks && !clause.line.seven ? clauseSchools(block, county, clause, route) : null, clause.papers.length ? para("应备材料：" + clause.papers.join("、") + "。", "note") : null);
}

function figureColumns() {
  return [{ text: "项目", kind: "name" }, { text: "学段" }, { text: "数值", kind: "num" }, { text: "标准" }, { text: "结论" }, { text: "还差" }, { text: "算式", kind: "wide", plain: true }];
}

function figureRow(figure) {
  const steps = [figure.label.slice(-figure.formula.length) === figure.formula ? "" : figure.formula, /^\d+(\.\d+)?$/.test(figure.numbers) ? "" : figure.numbers].filter(Boolean);
  return [figure.label, figure.stage, figure.value, figure.limit, verdictCell(figure.verdict), figure.gap, steps.join("＝")];
}

function clauseSchools(block, county, clause, route) {
  const rows = [];
  for (const code of Object.keys(block.points)) for (const point of block.points[code]) {
    if (point[0] !== clause.n) continue;
    const figures = point[3].map((row) => figureOf(block, row));
    rows.push([{ node: link("#/s/" + code + "/" + clause.line.code, schoolName(code)), text: schoolName(code) }, verdictCell(point[1]), figures.map((each) => (each.stage ? each.stage + " " : "") + each.value).join("；"), [...new Set(figures.map((each) => each.limit))].join("；"), figures.map((each) => each.gap).filter(Boolean).join("；") || block.texts[point[2]]]);
  }
  rows.sort((a, b) => a[1].sort - b[1].sort);
  return table({ caption: county.name + " " + clause.rule.code + "：逐校", columns: [{ text: "学校", kind: "name" }, { text: "结论" }, { text: "数值", kind: "num" }, { text: "标准" }, { text: "还差或原因", kind: "wide" }], rows: rows });
}

function recordTable(county, line) {
  const names = [...new Set(line.records.reduce((all, row) => all.concat(Object.keys(row)), []))];
  return table({ caption: county.name + " " + line.code + "：报来的材料", columns: names.map((name) => ({ text: name })), rows: line.records.map((row) => names.map((name) => row[name] || "")) });
}

function filedPart(block, county, code) {
  const form = formOf(block), rows = Object.keys(form).filter((name) => (city.usedBy[name] || []).indexOf(code) >= 0).map((name) => cellRow("#/c/" + county.code + "/cell/" + name, name, form[name]));
  return rows.length ? section("县级填报的数和出处", table({ caption: county.name + " " + code + "：县级填报的数", columns: cellColumns(), rows: rows })) : null;
}
