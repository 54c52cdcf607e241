// Every action, with filters; school by school, with what the engine finds changed.
function actionFits(row, query) {
  return (!query.county || row[0] === query.county) && (!query.year || String(row[2]) === query.year) && (!query.item || row[3] === query.item) && (!query.clause || row[8] === query.clause) && (!query.school || row[1] === query.school);
}

function actionsPage(route) {
  const query = route.query, rows = city.actions.filter((row) => actionFits(row, query));
  const cost = rows.reduce((sum, row) => sum + number(row[7]), 0);
  return [h("h1", null, "措施"), city.actions.length ? null : para("不需要任何措施。", "conclusion"),
    choices([countyChoice(query), actionYears.length > 1 ? choice("year", "学年", same(actionYears), query) : null, choice("item", "措施", same(city.actions.map((row) => row[3])), query), choice("clause", "为了", same(city.actions.map((row) => row[8])), query),
      choice("school", "学校", Object.keys(city.schools).map((code) => [code, city.schools[code]]), query)], rows.length + " / " + city.actions.length + "项，" + grouped(cost) + "元"),
    actionTable(rows), section("逐校的作用", para("引擎评估推演事实的结果，按学校全部措施做完计。", "note"), effectTable(rows))];
}

function actionTable(rows) {
  const lead = severalCounties ? [{ text: "区县", kind: "name" }] : [];
  return table({
    caption: city.unit + "：措施清单", kind: "broad", head: severalCounties ? 1 : 0, nothing: "没有符合条件的措施。",
    columns: lead.concat([{ text: "学校", kind: "name" }, { text: "学年" }, { text: "措施", kind: "name" }, { text: "数量", kind: "num" }, { text: "一次性（元）", kind: "num" }, { text: "每年（元）", kind: "num" }, { text: "合计（元）", kind: "num" }, { text: "为了" }, { text: "填报数的变化" }]),
    rows: rows.map((row) => (severalCounties ? [row[0]] : []).concat([city.schools[row[1]], String(row[2]), row[3], amount(row[4]), amount(row[5]), amount(row[6]), amount(row[7]), row[8], row[9]])),
  });
}

function effectTable(rows) {
  const codes = [...new Set(rows.map((row) => row[1]))];
  return table({
    caption: city.unit + "：逐校的作用", columns: [{ text: "学校", kind: "name" }, { text: "措施" }, { text: "费用（元）", kind: "num" }, { text: "作用（现状→做完以后）" }],
    rows: codes.map((code) => {
      const held = city.actions.filter((row) => row[1] === code);
      return [city.schools[code], held.map((row) => row[3] + row[4]).join("，"), amount(grouped(held.reduce((sum, row) => sum + number(row[7]), 0))), (city.effects[code] || ["没有"]).join("；")];
    }),
  });
}
