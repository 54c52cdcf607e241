// The first view of a city, and the lists that stand across its counties.
function cityTabs(path) {
  return tabs([["#/", "结论"], ["#/lines", "各项指标"], ["#/cv", "差异系数"], ["#/gaps", "缺口"], ["#/schools", "学校"]].concat(severalYears ? [["#/years", "历年"]] : [], [["#/targets", "政策目标"], ["#/leader", "领导一页"], ["#/about", "依据与说明"]]), path);
}

function cityPage(route) {
  const schools = everySchool.filter((school) => schoolFits(school, route.query));
  return [cityTabs(route.path), h("h1", null, city.title), h("p", { class: "conclusion" }, city.conclusion), areaCards(),
    section("地图", filterBar(["stage", "own", "place", "verdict"], route.query, "学校" + schools.length + "所：" + countsTold(schools.map((each) => each.verdict))), cityMap(route.query)),
    section("各区县结论与原因", roomFor() < 560 ? countyCards() : countyTable()), section("未达标最多的指标", commonest())];
}

function areaCards() {
  return h("ul", { class: "cards" }, [h("li", null, h("strong", null, "全部方面"), tallyNode(city.verdicts))].concat(
    city.areas.map((area) => h("li", null, h("strong", null, area.title), tallyNode(area.counts)))));
}

function tallyNode(four) {
  return h("span", { class: "tally" }, WORDS.map((word, n) => (four[n] ? h("span", { class: "badge " + classOf(word) }, h("span", { "aria-hidden": "true" }, SIGNS[classOf(word)]), word + " " + four[n]) : null)));
}

function countyTable() {
  return table({
    caption: city.unit + "：各区县结论", columns: [{ text: "区县", kind: "name" }, { text: "结论" }].concat(city.areas.map((area) => ({ text: area.title })), [{ text: "指标", plain: true }, { text: "为什么", plain: true }]),
    rows: city.counties.map((county) => [{ node: link("#/c/" + county.code, county.name), text: county.name }, verdictCell(county.verdict)].concat(
      county.areas.map((area) => verdictCell(area[0])), [county.counted, { node: list(county.reasons.slice(0, 3), "reasons") || "", text: county.reasons.join("；") }])),
  });
}

// On a narrow screen the reasons have no room beside the verdicts.
function countyCards() {
  return h("ul", { class: "cards" }, city.counties.map((county) => h("li", null, h("strong", null, link("#/c/" + county.code, county.name)), badge(county.verdict),
    h("span", null, county.counted), county.reasons.length ? fold("为什么", list(county.reasons, "reasons")) : null)));
}

// The name of the city is left out where there is little room: 示例市甲区 -> 甲区.
function shortNames() {
  return city.counties.map((county) => (county.name.indexOf(city.unit) === 0 && county.name.length > city.unit.length + 1 ? county.name.slice(city.unit.length) : county.name));
}

function commonest() {
  const found = {};
  for (const county of city.counties) for (const line of county.lines) {
    const entry = found[line[0]] = found[line[0]] || { code: line[0], label: line[1], words: [], where: [] };
    entry.words.push(line[2]);
    if (line[2] === "未达标") entry.where.push(county);
  }
  const rows = Object.keys(found).map((code) => found[code]).filter((each) => each.where.length).sort((a, b) => b.where.length - a.where.length);
  return table({
    caption: city.unit + "：未达标的指标", nothing: "没有未达标的指标。", columns: [{ text: "代码" }, { text: "指标", kind: "name" }, { text: "未达标区县", kind: "num" }, { text: "缺数据区县", kind: "num" }, { text: "哪些区县", kind: "wide", plain: true }],
    rows: rows.map((each) => [each.code, each.label, each.where.length, each.words.filter((word) => word === "缺数据").length,
      { node: h("span", null, each.where.map((county, n) => [n ? "、" : "", link("#/c/" + county.code + "/l/" + each.code, county.name)])), text: each.where.map((county) => county.name).join("、") }]), head: 1,
  });
}

function cityLines(route) {
  const lines = city.counties[0].lines;
  return [cityTabs(route.path), h("h1", null, "各项指标：逐区县"),
    para("每行是一项指标，每列是一个区县；点开看逐条依据和学校。✓达标　✗未达标　?缺数据　–不适用", "note"),
    table({
      caption: city.unit + "：各项指标的结论", kind: "grid", head: 1, columns: [{ text: "代码" }, { text: "指标", kind: "name" }].concat(shortNames().map((name) => ({ text: name, kind: "narrow" }))),
      rows: lines.map((line) => [line[0], line[1]].concat(city.counties.map((county) => {
        const found = county.lines.find((each) => each[0] === line[0]);
        if (!found) return "";
        return { kind: "in-" + classOf(found[2]), text: found[2], sort: WORDS.indexOf(found[2]), node: link("#/c/" + county.code + "/l/" + line[0], [h("span", { "aria-hidden": "true" }, SIGNS[classOf(found[2])]), found[2]], { title: county.name + " " + line[1] + "：" + found[3] }) };
      }))),
    })];
}

function citySpreads(route) {
  const stages = route.query.stage ? [route.query.stage] : Object.keys(city.stages);
  return [cityTabs(route.path), h("h1", null, "校际差异系数：逐区县"), filterBar(["stage"], route.query, ""), para("采用的算法：" + city.variant + "。换用其他算法的结果，见各区县的“差异系数”。", "note"),
    stages.map((stage) => section(stageName(stage), table({
      caption: city.unit + stageName(stage) + "：校际差异系数", columns: [{ text: "区县", kind: "name" }].concat(city.indicators.map((each) => ({ text: each[0] + " " + each[1], kind: "num" }))),
      rows: city.counties.map((county) => [{ node: link("#/c/" + county.code + "/cv", county.name), text: county.name }].concat(city.indicators.map((each) => spreadCell(county, stage, each[0])))),
    })))];
}

function spreadCell(county, stage, code) {
  const found = county.spreads[stage + ":" + code];
  if (!found) return "";
  return { kind: "in-" + classOf(found[1]), text: found[0] + (classOf(found[1]) === "none" ? "" : " " + found[1]), sort: number(found[0]) === null ? 9 : number(found[0]), node: link("#/c/" + county.code + "/i/" + code, h("span", null, found[0], classOf(found[1]) === "none" ? null : h("small", null, found[1])), { title: "限值" + found[2] }) };
}

function cityGaps(route) {
  return [cityTabs(route.path), h("h1", null, "缺口：各区县补到标准还差多少"), para("各校补到标准还差的数量之和（全校口径；共用的校舍、场地、设备、教室不重复计）。", "note"),
    table({
      caption: city.unit + "：各区县缺口", columns: [{ text: "区县", kind: "name" }].concat(city.indicators.map((each) => ({ text: each[0] + " " + each[1], kind: "num" }))),
      rows: city.counties.map((county) => [{ node: link("#/c/" + county.code + "/gaps", county.name), text: county.name }].concat(city.indicators.map((each) => (county.lines.find((line) => line[0] === each[0]) || [])[4] || "—"))),
    })];
}

function citySchools(route) {
  const schools = everySchool.filter((school) => schoolFits(school, route.query));
  return [cityTabs(route.path), h("h1", null, "学校"), filterBar(["stage", "own", "place", "verdict"], route.query, "学校" + schools.length + " / " + everySchool.length + "所：" + countsTold(schools.map((each) => each.verdict))), schoolTable(city.unit + "：学校", schools)];
}

function schoolTable(caption, schools) {
  return table({
    caption: caption, head: 1, nothing: "没有符合条件的学校。", columns: [{ text: "学校代码" }, { text: "学校", kind: "name" }, { text: "区县" }, { text: "类型" }, { text: "办学性质" }, { text: "城乡" }, { text: "结论" }],
    rows: schools.map((school) => [school.code, { node: link("#/s/" + school.code, school.name), text: school.name }, school.county.name, school.kind, school.own, school.place, verdictCell(school.verdict)]),
  });
}

function cityYears(route) {
  return [cityTabs(route.path), h("h1", null, "历年：各区县结论"), para(city.years.judged + "。" + (city.years.missing ? city.years.missing + "。" : ""), "note"),
    severalYears ? table({
      caption: city.unit + "：各区县历年结论", columns: [{ text: "区县", kind: "name" }].concat(city.years.span.map((year) => ({ text: shortYear(year) + "学年" }))),
      rows: city.counties.map((county) => [{ node: link("#/c/" + county.code + "/years", county.name), text: county.name }].concat(county.years.map((word) => (word ? verdictCell(word) : "没有数据")))),
    }) : para("只有一个学年的数据。", "note")];
}
