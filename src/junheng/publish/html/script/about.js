// By what rules, from which facts, with which choices.
function aboutPage(route) {
  const block = blockOf(city.counties[0].code);
  return [single ? countyTabs(city.counties[0], route.path) : cityTabs(route.path), h("h1", null, "依据与说明"), city.demonstration ? para(city.demonstration + "：学校和数都是编造的，不是真实学校。", "warning") : null,
    facts([["评估方案", city.scheme], ["评估日期", city.on], ["学年", city.year], ["依据文件", city.documents.join("；")], ["差异系数算法", city.variant], ["启用的例外", city.relaxations.join("、") || "没有"], ["未决口径（默认以外）", Object.keys(city.readings).map((key) => key + "=" + city.readings[key]).join("、") || "没有"], ["事实指纹", city.facts], ["封存编号", city.seal], ["程序版本", city.version + "（" + city.codeHash + "）"], ["各年", city.years.judged]]),
    section("七项指标", table({ caption: "七项指标的算法与标准", head: 1, columns: [{ text: "代码" }, { text: "名称", kind: "name" }, { text: "单位" }, { text: "公式", kind: "wide", plain: true }].concat(Object.keys(city.stages).map((stage) => ({ text: stageName(stage) + "标准≥", kind: "num" }))), rows: block.indicators.map((each) => [each.code, each.label, each.unit, each.formula].concat(Object.keys(city.stages).map((stage) => each.limit[stage]))) })),
    section("学校标准与差异系数限值", block.schoolRules.map(ruleOf), ruleOf(block.spreadRule)), section("差异系数的算法", list(block.variants.map((each) => each.label + (each.used ? "（采用）" : "") + "：" + each.gist))),
    section("怎样读这份报告", list(["结论只有四种：达标、未达标、缺数据、不适用；“临界”是提示，不是结论。没有数不当作0。", "等于标准就是达标；比较用精确数，不先四舍五入。", "每一个数都可以点开：算式、条款、来自哪个文件哪个单元格。", "地址栏里的链接可以直接发给别人，打开同一处。", "每张表都可以按表头排序，可以存为 CSV。"]))];
}
