// The first page: the conclusion, what is done, what it brings, what cannot be met.
function summaryPage(route) {
  const unmet = city.requirements.filter((row) => row[4] === "达不到");
  return [h("h1", null, city.title), h("p", { class: "conclusion" }, city.headline), cards(), list(city.proof),
    section("经费与达标", city.frontier.length || city.what_if.length ? frontierPart(route.query) : null),
    section("措施与费用", city.items.length ? table({ caption: city.unit + "：措施与费用", columns: [{ text: "措施", kind: "name" }, { text: "数量", kind: "num" }, { text: "学校（所）", kind: "num" }, { text: "费用（元）", kind: "num" }], rows: city.items.map((row) => [row[0], amount(row[1]), row[2], amount(row[3])]) }) : para("不需要任何措施。")),
    section("各方面前后对比", areaTable()),
    section("达不到的要求及原因", unmet.length ? requirementTable(unmet, "达不到的要求") : para("方案所管的要求全部可以达到。")),
    city.requirements.length ? section(lacking(), requirementTable(city.requirements, lacking())) : null,
    section("假设", list(city.assumptions.map((each) => each + "。")))];
}

function lacking() {
  return city.undone + "没有达到的要求";
}

function cards() {
  const shown = [["费用", city.cost], ["没有达到的要求", city.unmet[0] + "项 → " + city.unmet[1] + "项"], ["达标学校", city.passing[0] + "所 → " + city.passing[1] + "所（共" + city.passing[2] + "所）"], ["证书", city.holds ? "与方案一致" : "不符，不能采用"]];
  return h("ul", { class: "cards" }, shown.map((each) => h("li", null, h("span", null, each[0]), h("strong", { class: "big" }, each[1]))));
}

function areaTable() {
  const lead = severalCounties ? [{ text: "区县", kind: "name", plain: true }] : [];
  return table({ caption: city.unit + "：各方面", head: lead.length, columns: lead.concat([{ text: "方面", kind: "name", plain: true }, { text: "今天", plain: true }], city.years.map((year) => ({ text: year + "（推演）", plain: true }))),
    rows: city.areas.map((row) => (severalCounties ? [city.counties[row[0]]] : []).concat([row[1]], row.slice(2).map(verdictCell))) });
}

function requirementTable(rows, title) {
  const why = rows.some((row) => row[5]);
  return table({ caption: city.unit + "：" + title, head: 1, columns: [{ text: "类别", kind: "name" }, { text: "名称" }, { text: "学段" }, { text: "项目" }, { text: "做完以后" }].concat(why ? [{ text: "为什么达不到" }] : []),
    rows: rows.map((row) => row.slice(0, 4).concat([{ node: h("span", { class: "badge " + (row[4] === "达到" ? "pass" : "fail") }, row[4]), text: row[4] }], why ? [row[5]] : [])) });
}
