// An indicator or line of one school with the cells it was read from; and a single cell.
function cellColumns() {
  return [{ text: "项目", kind: "name" }, { text: "数值", kind: "num" }, { text: "单位" }, { text: "文件" }, { text: "表" }, { text: "单元格" }, { text: "原文与说明", kind: "wide", plain: true }];
}

function cellRow(at, name, cell, whose) {
  const column = city.columns[name] || [name, "", ""];
  const told = (whose ? whose + "：" : "") + column[0];
  const more = [cell.raw ? "原文“" + cell.raw + "”" : "", cell.explanation ? "异常说明：" + cell.explanation : ""].filter(Boolean).join("；");
  return [{ node: link(at, told), text: told }, cell.value, /^-?\d/.test(cell.value) ? column[1] : "", cell.file || "没有出处记录", cell.sheet, cell.cell, more];
}

function schoolCells(block, schools, names, several) {
  const rows = [], held = schools.map((code) => cellsOf(block, code));
  for (const name of names) schools.forEach((code, n) => {
    const found = held[n][name];
    if (found) rows.push(cellRow("#/s/" + code + "/cell/" + name, name, found, several ? schoolName(code) : ""));
  });
  return rows;
}

function schoolIndicator(school, code, route) {
  const block = blockOf(school.county.code), indicator = block.indicatorOf[code];
  if (!indicator) return schoolLine(school, code, block);
  const parts = block.partsOf[school.code] || [];
  return [h("h1", null, school.name + "：" + code + " " + indicator.label), parts.length ? null : para((block.outside[school.code] || ["没有数据"]).join("；") + "。", "warning"),
    parts.map((part) => {
      const found = part.i[indicator.n], names = (part.c && indicator.readsShared ? indicator.readsShared : indicator.reads)[part.st];
      return section(part.t, h("p", { class: "conclusion" }, badge(found[1]), " " + found[0] + " " + indicator.unit + "，标准≥" + indicator.limit[part.st] + (found[2] ? "，还差" + found[2] : "") + (classOf(found[1]) === "fail" ? (found[5] ? "；不低于" + block.floor + "的底线" : "；低于" + block.floor + "的底线" + indicator.floor[part.st]) : "")),
        facts([["算法", indicator.formula], ["代入", found[4]], ["县内位置", found[3]]]),
        table({ caption: part.t + " " + code + "：用到的数和出处", columns: cellColumns(), rows: schoolCells(block, [part.s].concat(part.m), names, part.m.length > 0) }));
    }), section("依据", ruleOf(indicator.rule), block.schoolRules.map(ruleOf)), para(link("#/c/" + school.county.code + "/i/" + code, "全县的" + indicator.short))];
}

function schoolLine(school, code, block) {
  const points = (block.points[school.code] || []).filter((point) => block.clauses[point[0]].line.code === code), line = block.lineOf[code];
  const names = Object.keys(cellsOf(block, school.code)).filter((name) => (city.usedBy[name] || []).indexOf(code) >= 0);
  return [h("h1", null, school.name + "：" + code + " " + (line ? line.label : "")), points.length ? null : para("这一项没有对本校逐校判定。", "warning"),
    points.map((point) => section(block.clauses[point[0]].rule.code, h("p", null, badge(point[1])), ruleOf(block.clauses[point[0]].rule), para(block.texts[point[2]]), point[3].length ? table({ caption: school.name + " " + block.clauses[point[0]].rule.code, columns: figureColumns(), rows: point[3].map((row) => figureRow(figureOf(block, row))) }) : null)),
    names.length ? section("用到的数和出处", table({ caption: school.name + " " + code + "：用到的数和出处", columns: cellColumns(), rows: schoolCells(block, [school.code], names, false) })) : null, para(link("#/c/" + school.county.code + "/l/" + code, "全县的这一项"))];
}

function allCells(school, route) {
  const block = blockOf(school.county.code), names = Object.keys(cellsOf(block, school.code));
  return [h("h1", null, school.name + "：填报的数和出处"), table({ caption: school.name + "：填报的数和出处", nothing: "这所学校没有填报。", columns: cellColumns(), rows: schoolCells(block, [school.code], names, false) })];
}

function cellPage(who, name, cell, back) {
  const column = city.columns[name] || [name, "", ""];
  if (!cell) return [h("h1", null, who + "：" + column[0]), para("没有填报这个数。", "warning")];
  return [h("h1", null, who + "：" + column[0]), h("p", { class: "conclusion" }, cell.value, " ", /^-?\d/.test(cell.value) ? column[1] : ""),
    facts([["填报表", column[2]], ["文件", cell.file || "没有出处记录"], ["工作表", cell.sheet], ["单元格", cell.cell], ["原文", cell.raw || cell.value], ["异常说明", cell.explanation], ["用于", (city.usedBy[name] || []).join("、")]]), para(link(back, "返回"))];
}
