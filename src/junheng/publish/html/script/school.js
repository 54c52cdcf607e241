// The report card of a school: one A4 when printed; and what stands behind it.
function schoolFacts(school) {
  return facts([["学校代码", school.code], ["区县", school.county.name], ["类型", school.kind], ["办学性质", school.own], ["城乡", school.place], ["学年", city.year], ["评估日期", city.on]]);
}

function card(school, block) {
  const parts = block.partsOf[school.code] || [], points = block.points[school.code] || [];
  return h("article", { class: "card" }, printHead(), h("h1", null, school.name, " ", badge(school.verdict)), schoolFacts(school),
    parts.map((part) => para(part.t + "：" + stageName(part.st) + "学生" + grouped(part.p) + "人，七项指标达标" + part.n + "项，学校标准" + part.v + "。", "conclusion")),
    (block.outside[school.code] || []).map((told) => para(told + "。", "warning")),
    parts.length ? section("七项指标", table({
      caption: school.name + "：七项指标", head: 1, kind: "tight", columns: [{ text: "学段", plain: true }, { text: "指标", kind: "name", plain: true }, { text: "数值", kind: "num", plain: true }, { text: "标准≥", kind: "num", plain: true }, { text: "结论", plain: true }, { text: "县内位置", plain: true }, { text: "还差（全校）", kind: "num", plain: true }],
      rows: parts.reduce((all, part) => all.concat(block.indicators.map((each) => sevenRow(part, each))), []),
    }), para(block.lacking[school.code] ? "都补到标准，全校还差：" + block.lacking[school.code] + "。" : "七项指标都达到标准，没有缺口。"),
    parts.map((part) => part.w.map((way, n) => para(stageName(part.st) + "达标办法" + (n + 1) + "：" + way + "。"))),
    para("县内位置按数值分四段，■越多越靠前，只供本校改进参考，不是排名。七项中允许一项低于标准，但不得低于标准的" + block.floor + "。", "note")) : null,
    points.length ? section("其他逐校要求", table({ caption: school.name + "：其他逐校要求", head: 1, kind: "tight", columns: [{ text: "代码", plain: true }, { text: "要求", kind: "wide", plain: true }, { text: "数值", kind: "num", plain: true }, { text: "标准", plain: true }, { text: "结论", plain: true }, { text: "还差或须补报", kind: "wide", plain: true }], rows: points.reduce((all, point) => all.concat(pointRows(school, block, point)), []) })) : null,
    parts.length || points.length ? null : para("没有可以逐校判定的数据。", "warning"), printFoot());
}

function sevenRow(part, each) {
  const found = part.i[each.n];
  return [stageName(part.st), { node: link("#/s/" + part.s + "/" + each.code, each.code + " " + each.short), text: each.code + " " + each.short }, found[0], each.limit[part.st], verdictCell(found[1]), found[3], found[2]];
}

function pointRows(school, block, point) {
  const clause = block.clauses[point[0]], at = "#/s/" + school.code + "/" + clause.line.code;
  if (!point[3].length) return [[clause.line.code, { node: link(at, clause.line.label), text: clause.line.label }, "", "", verdictCell(point[1]), block.texts[point[2]]]];
  return point[3].map((row) => {
    const figure = figureOf(block, row), told = (figure.stage ? figure.stage + " " : "") + figure.label;
    return [clause.line.code, { node: link(at, told), text: told }, figure.value, figure.limit, verdictCell(figure.verdict), figure.gap];
  });
}

// In print a card stands alone on its sheet, so it carries what the head of the page says.
function printHead() {
  return h("p", { class: "print-head" }, [city.demonstration ? "【" + city.demonstration + "，非真实学校】" : "", city.title].filter(Boolean).join(" "));
}

function printFoot() {
  return h("p", { class: "print-foot" }, [city.year, "评估日期" + city.on, "依据" + city.scheme, "事实指纹" + city.facts.slice(0, 16)].filter(Boolean).join("　"));
}

function schoolPage(school, route) {
  const block = blockOf(school.county.code);
  const mine = block.shortfalls.filter((each) => each[3] === school.code), years = block.years && block.years.schools[school.code];
  return [h("div", { class: "actions no-print" }, h("button", { type: "button", onclick: () => window.print() }, "打印成绩单（A4）"), link("#/s/" + school.code + "/cells", "本校填报的全部数和出处")), card(school, block),
    h("div", { class: "no-print" }, mine.length ? section("本校整改事项（" + mine.length + "项）", table({ caption: school.name + "：整改事项", head: 1, columns: [{ text: "代码" }, { text: "指标", kind: "name" }, { text: "结论" }, { text: "项目" }, { text: "数值", kind: "num" }, { text: "标准" }, { text: "还差或须补报", kind: "wide" }], rows: mine.map((each) => [each[1], block.texts[each[2]], verdictCell(each[4]), block.texts[each[5]], block.texts[each[6]], block.texts[each[7]], block.texts[each[8]]]) })) : null,
      years ? section("历年", para(years.life || ""), Object.keys(city.stages).filter((stage) => years[stage]).map((stage) => [h("h3", null, stageName(stage)), h("div", { class: "multiples" }, block.indicators.map((each) => yearLine({ title: each.code + " " + each.short, values: years[stage].map((year) => year && year[2][each.n]), limit: each.limit[stage], limitWord: "标准≥", unit: each.unit })))])) : null)];
}

function cardsPage(county, route) {
  const block = blockOf(county.code);
  const schools = county.index.filter((school) => schoolFits(school, route.query));
  return [h("div", { class: "no-print" }, countyHead(county, route, "学校成绩单"), filterBar(["stage", "own", "place", "verdict"], route.query, "学校" + schools.length + "所"), para("一校一页A4，打印本页即可全部印出。", "note"), h("button", { type: "button", onclick: () => window.print() }, "打印" + schools.length + "份")),
    schools.length ? schools.map((school) => card(school, block)) : para("没有学校数据。", "warning")];
}
