// One county: conclusion, schools, CVs, gaps, years, shortfalls.
function countyTabs(county, path) {
  const at = "#/c/" + county.code;
  return tabs([[at, "结论"], [at + "/lines", "各项指标"], [at + "/schools", "学校矩阵"], [at + "/cv", "差异系数"], [at + "/gaps", "缺口"], [at + "/years", "历年"], [at + "/list", "整改清单"], [at + "/cards", "成绩单"], [at + "/leader", "领导一页"]]
    .concat(single ? [["#/targets", "政策目标"], ["#/about", "依据与说明"]] : []), path);
}

function countyHead(county, route, title) {
  return [countyTabs(county, route.path), h("h1", null, county.name, title ? "：" + title : "", " ", title ? null : badge(county.verdict))];
}

function countyPage(county, route) {
  const block = blockOf(county.code);
  const schools = county.index.filter((school) => schoolFits(school, route.query));
  return [countyHead(county, route, ""), h("p", { class: "conclusion" }, county.headline), block.parts.length ? null : para(county.basis, "warning"),
    list(county.reasons, "reasons"),
    h("ul", { class: "cards" }, city.areas.map((area, n) => h("li", null, h("strong", null, area.title), badge(county.areas[n][0]), h("span", null, "各项：" + tally(county.areas[n][2])), list(county.areas[n][1].slice(0, 2), "reasons")))),
    section("先看哪里", list(block.first)),
    section("学校分布", filterBar(["stage", "own", "place", "verdict"], route.query, "学校" + schools.length + "所：" + countsTold(schools.map((each) => each.verdict))), countyMap(county, route.query), schoolTable(county.name + "：学校", schools)),
    section("启用的例外", list(block.relaxations.map((each) => each[1])))];
}

function countySchools(county, route) {
  const block = blockOf(county.code);
  const parts = block.parts.filter((part) => partFits(part, route.query));
  const outside = Object.keys(block.outside).filter((code) => schoolFits(schoolOf[code], Object.assign({}, route.query, { stage: "", verdict: "" })));
  return [countyHead(county, route, "学校与七项指标"), filterBar(["stage", "own", "place", "verdict"], route.query, "学段部" + parts.length + " / " + block.parts.length + "个：" + countsTold(parts.map((each) => each.v))),
    block.parts.length ? para("每校七项中允许一项低于标准，但不得低于标准的" + block.floor + "。点数值看算式和出处。", "note") : para(county.basis, "warning"),
    matrix(block, county, route.query),
    outside.length ? section("不单独计算的学校", table({ caption: county.name + "：不单独计算的学校", columns: [{ text: "学校", kind: "name" }, { text: "原因", kind: "wide" }], rows: outside.map((code) => [schoolOf[code] ? { node: link("#/s/" + code, schoolOf[code].name), text: schoolOf[code].name } : code, block.outside[code].join("；")]) })) : null];
}

function countyLines(county, route) {
  const block = blockOf(county.code);
  return [countyHead(county, route, "各项指标"), para("共" + block.lines.length + "项：" + county.counted + "。", "conclusion"),
    city.areas.map((area, n) => section(area.title, table({
      caption: county.name + "：" + area.title, head: 1, columns: [{ text: "代码" }, { text: "指标", kind: "name" }, { text: "结论" }, { text: "数值、差距与原因", kind: "wide", plain: true }],
      rows: block.lines.filter((line) => county.areaOf[line.code] === n).map((line) => [line.code, { node: link("#/c/" + county.code + "/l/" + line.code, line.label), text: line.label }, verdictCell(line.verdict), line.told]),
    })))];
}

function countySpreads(county, route) {
  const block = blockOf(county.code);
  const stages = route.query.stage ? [route.query.stage] : Object.keys(city.stages);
  const shown = block.spreads.filter((each) => stages.indexOf(each.stage) >= 0);
  return [countyHead(county, route, "校际差异系数"), filterBar(["stage"], route.query, shown.length + "项：" + countsTold(shown.map((each) => each.verdict))),
    para("差异系数＝标准差÷均值：0表示各校一样，数值越大差距越大。每个学段、每项都不得超过限值；缺一所学校的数据，就不下结论。", "note"), variantLegend(block),
    stages.map((stage) => spreadBars(block, stage, (code) => "#/c/" + county.code + "/i/" + code)),
    section("数值", spreadTable(block, county, shown)), section("算法不同、结论不同的", list(shown.map((each) => each.disagree).filter(Boolean))),
    section("怎样才会改变", list(shown.filter((each) => classOf(each.verdict) === "fail").map((each) => each.flip ? each.sentence + "。" + each.flip : "").filter(Boolean)))];
}

function spreadTable(block, county, shown) {
  return table({
    caption: county.name + "：校际差异系数", head: 1, columns: [{ text: "学段" }, { text: "指标", kind: "name" }, { text: "差异系数", kind: "num" }, { text: "限值", kind: "num" }, { text: "结论" }, { text: "均值", kind: "num" }, { text: "标准差", kind: "num" }, { text: "学段部", kind: "num" }]
      .concat(block.variants.filter((each) => !each.used).map((each) => ({ text: each.label, kind: "num" }))),
    rows: shown.map((each) => [stageName(each.stage), { node: link("#/c/" + county.code + "/i/" + each.code, each.code + " " + block.indicatorOf[each.code].short), text: each.code + " " + block.indicatorOf[each.code].short }, each.cv, each.limit, verdictCell(each.verdict), each.mean, each.deviation, each.parts]
      .concat(block.variants.filter((variant) => !variant.used).map((variant) => (each.variants[variant.code] ? { text: each.variants[variant.code].join(" "), kind: "in-" + classOf(each.variants[variant.code][1]), sort: number(each.variants[variant.code][0]) } : "")))),
  });
}

function countyGaps(county, route) {
  const block = blockOf(county.code);
  const lacking = block.gaps.filter((gap) => gap.each.length);
  return [countyHead(county, route, "缺口"), para("补到标准还差的数量（全校口径）。各学段共用的，一所学校只按较大的一个计。", "note"),
    table({ caption: county.name + "：七项指标的缺口", columns: [{ text: "指标", kind: "name" }, { text: "未达标学校", kind: "num" }, { text: "到标准还差", kind: "num" }, { text: "到底线还差", kind: "num" }], rows: block.gaps.map((gap) => [gap.code + " " + block.indicatorOf[gap.code].short, gap.schools, gap.total, gap.floor]) }),
    lacking.map((gap) => section(block.indicatorOf[gap.code].code + " " + block.indicatorOf[gap.code].short, waterfall(block, gap))), lacking.length || !block.parts.length ? null : para("七项指标都达到标准，没有缺口。"), block.parts.length ? null : para(county.basis, "warning")];
}

function countyYears(county, route) {
  const block = blockOf(county.code), years = block.years;
  if (!years) return [countyHead(county, route, "历年"), para("只有" + city.year + "一年的数据。给出几个学年的封存，这里逐年对照。", "note")];
  return [countyHead(county, route, "历年"), para(city.years.judged + "。" + (city.years.missing ? city.years.missing + "。" : ""), "note"),
    section("结论", yearTable(county.name + "：历年结论", [["全部方面", years.verdicts], ["资源配置", years.resource]])),
    section("校际差异系数", para("虚线是限值；＊表示这一年的口径与前一次不同，不宜直接比较。", "note"), h("div", { class: "multiples" }, Object.keys(years.spreads).map((key) => yearSpread(block, key, years.spreads[key])))),
    section("各项指标", yearTable(county.name + "：各项指标历年结论", block.lines.filter((line) => years.lines[line.code]).map((line) => [line.code + " " + line.label, years.lines[line.code]]))),
    section("口径变化", list(years.changes))];
}

function yearSpread(block, key, found) {
  const at = key.split(":"), indicator = block.indicatorOf[at[1]];
  const now = block.spreads.find((each) => each.stage === at[0] && each.code === at[1]);
  return yearLine({ title: stageName(at[0]) + " " + at[1] + " " + (indicator ? indicator.short : ""), values: found.map((each) => each && each[0]), words: found.map((each) => each && each[1]), flags: found.map((each) => each && each[2]), limit: now ? now.limit : null, limitWord: "限值" });
}

function yearTable(caption, rows) {
  return table({ caption: caption, columns: [{ text: "项目", kind: "name" }].concat(city.years.span.map((year) => ({ text: shortYear(year) + "学年" }))), rows: rows.map((row) => [row[0]].concat(row[1].map((word) => (word ? verdictCell(word) : "没有数据")))) });
}

function countyList(county, route) {
  const block = blockOf(county.code), text = (n) => block.texts[n];
  const rows = block.shortfalls.filter((each) => (!route.query.verdict || each[4] === route.query.verdict) && schoolFits(each[3] ? schoolOf[each[3]] : null, Object.assign({}, route.query, { verdict: "" })));
  return [countyHead(county, route, "整改清单"), filterBar(["own", "place", "verdict"], route.query, rows.length + " / " + block.shortfalls.length + "项：" + countsTold(rows.map((each) => each[4]))),
    table({
      caption: county.name + "：整改清单", head: 3, kind: "broad", nothing: "没有未达标或缺数据的事项。", columns: [{ text: "方面" }, { text: "代码" }, { text: "指标", kind: "name" }, { text: "单位", kind: "name" }, { text: "结论" }, { text: "项目" }, { text: "数值", kind: "num" }, { text: "标准" }, { text: "还差或须补报", kind: "wide" }],
      rows: rows.map((each) => [text(each[0]), each[1], text(each[2]), each[3] ? { node: link("#/s/" + each[3], schoolName(each[3])), text: schoolName(each[3]) } : each[9], verdictCell(each[4]), text(each[5]), text(each[6]), text(each[7]), text(each[8])]),
    })];
}

function schoolName(code) {
  return schoolOf[code] ? schoolOf[code].name : code;
}
