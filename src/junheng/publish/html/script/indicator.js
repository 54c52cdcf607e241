// One of the seven in one county: its CVs, variants and scatter; and one of them at one school.
function ruleOf(rule) {
  return h("div", { class: "rule" }, h("p", null, rule.gist, rule.numbers ? "（" + rule.numbers + "）" : ""),
    para("依据：" + rule.where + "；与原文核对：" + rule.checked + "；来源：" + rule.source + "；可信度：" + rule.confidence + (rule.note ? "　" + rule.note : ""), "note"));
}

function indicatorPage(county, code, route) {
  const block = blockOf(county.code), indicator = block.indicatorOf[code];
  const stages = route.query.stage ? [route.query.stage] : Object.keys(city.stages);
  const parts = block.parts.filter((part) => partFits(part, route.query));
  const spreads = block.spreads.filter((each) => each.code === code && stages.indexOf(each.stage) >= 0);
  return [countyHead(county, route, code + " " + indicator.label), filterBar(["stage", "own", "place"], route.query, "学段部" + parts.length + "个：" + countsTold(parts.map((part) => part.i[indicator.n][1]))),
    para("算法：" + indicator.formula + "（" + indicator.unit + "）。标准：" + stages.map((stage) => stageName(stage) + "≥" + indicator.limit[stage] + "，底线" + indicator.floor[stage]).join("；") + "。", "note"),
    section("各校与标准", stages.map((stage) => scatter(block, indicator, stage, route.query))),
    section("校际差异系数", spreads.map((each) => spreadDetail(block, each))),
    section("缺口", block.gaps.filter((gap) => gap.code === code && gap.each.length).map((gap) => waterfall(block, gap))),
    section("各校数值", table({
      caption: county.name + "：" + code + " " + indicator.label, columns: [{ text: "学校（学段部）", kind: "wide" }, { text: "学段" }, { text: "学生数", kind: "num" }, { text: "数值（" + indicator.unit + "）", kind: "num" }, { text: "标准≥", kind: "num" }, { text: "结论" }, { text: "还差（全校）", kind: "num" }],
      rows: parts.map((part) => [{ node: link("#/s/" + part.s + "/" + code, part.t), text: part.t }, stageName(part.st), { text: grouped(part.p), sort: part.p }, part.i[indicator.n][0], indicator.limit[part.st], verdictCell(part.i[indicator.n][1]), part.i[indicator.n][2]]),
    })), section("依据", ruleOf(indicator.rule), ruleOf(block.spreadRule))];
}

function spreadDetail(block, each) {
  return h("div", null, h("h3", null, stageName(each.stage), " ", badge(each.verdict)), para(each.sentence + "。" + (each.flip ? each.flip + "。" : "")), para(each.disagree),
    table({ caption: stageName(each.stage) + " " + each.code + "：各种算法", columns: [{ text: "算法", kind: "name" }, { text: "差异系数", kind: "num" }, { text: "限值", kind: "num" }, { text: "结论" }, { text: "怎样算", kind: "wide" }], rows: block.variants.filter((variant) => each.variants[variant.code]).map((variant) => [variant.label + (variant.used ? "（采用）" : ""), each.variants[variant.code][0], each.limit, verdictCell(each.variants[variant.code][1]), variant.gist]) }),
    each.shares.length ? fold("差距主要来自哪些学校", table({ caption: stageName(each.stage) + " " + each.code + "：差距的来源", columns: [{ text: "学校", kind: "name" }, { text: "占差距的%", kind: "num" }, { text: "比均值" }], rows: each.shares.map((share) => [{ node: link("#/s/" + share[0], schoolName(share[0])), text: schoolName(share[0]) }, share[1], share[2] ? "偏低" : "偏高"]) })) : null);
}
