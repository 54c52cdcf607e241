// The leader's page: on one A4 what fails, where, how far, who, by when.
function countyLeader(county, route) {
  const failing = county.lines.filter((line) => line[2] === "未达标"), open = county.lines.filter((line) => line[2] === "缺数据");
  const block = blockOf(county.code);
  return [h("div", { class: "no-print" }, countyTabs(county, route.path)), h("article", { class: "card leader" }, printHead(), h("h1", null, county.name + "：领导一页"), h("p", { class: "conclusion" }, county.headline), para("全部指标" + county.lines.length + "项：" + county.counted + "。"), block.parts.length ? null : para(county.basis, "warning"),
    table({ caption: county.name + "：各方面", kind: "tight", columns: [{ text: "方面", kind: "name", plain: true }, { text: "结论", plain: true }].concat(WORDS.slice(0, 3).map((word) => ({ text: word, kind: "num", plain: true }))), rows: city.areas.map((area, n) => [area.title, verdictCell(county.areas[n][0])].concat(county.areas[n][2].slice(0, 3))) }),
    table({ caption: county.name + "：未达标的指标（" + failing.length + "项）", kind: "tight", head: 1, nothing: "没有未达标的指标。", columns: [{ text: "代码", plain: true }, { text: "指标", kind: "name", plain: true }, { text: "在哪里、差多少", kind: "wide", plain: true }, { text: "责任单位", kind: "blank", plain: true }, { text: "完成时限", kind: "blank", plain: true }],
      rows: failing.map((line) => [line[0], { node: link("#/c/" + county.code + "/l/" + line[0], line[1]), text: line[1] }, line[3] + (line[4] ? "；全县合计还差" + line[4] : ""), "", ""]) }),
    open.length ? para("缺数据、须先补报的" + open.length + "项：" + open.map((line) => line[1] + "（" + line[0] + "）").join("、") + "。") : null, section("先看哪里", list(block.first)), para("责任单位、完成时限由县里确定。", "note"), printFoot()), h("button", { type: "button", class: "no-print", onclick: () => window.print() }, "打印（A4）")];
}

function cityLeader(route) {
  const overdue = overdueByTarget(), told = (county, word) => county.lines.filter((line) => line[2] === word).length;
  return [h("div", { class: "no-print" }, cityTabs(route.path)), h("article", { class: "card leader" }, printHead(), h("h1", null, city.unit + "：领导一页"), h("p", { class: "conclusion" }, city.conclusion), para(city.areas.map((area) => area.title + "：" + tally(area.counts)).join("；") + "。"),
    table({ caption: city.unit + "：各区县", kind: "tight", columns: [{ text: "区县", kind: "name", plain: true }, { text: "结论", plain: true }, { text: "未达标项", kind: "num", plain: true }, { text: "缺数据项", kind: "num", plain: true }, { text: "首要原因", kind: "wide", plain: true }, { text: "责任单位", kind: "blank", plain: true }, { text: "完成时限", kind: "blank", plain: true }],
      rows: city.counties.map((county) => [{ node: link("#/c/" + county.code + "/leader", county.name), text: county.name }, verdictCell(county.verdict), told(county, "未达标"), told(county, "缺数据"), (county.reasons[0] || "").split("；")[0], "", ""]) }),
    overdue.length ? section("逾期的政策目标", list(overdue)) : null, para("责任单位、完成时限由市里确定。", "note"), printFoot()), h("button", { type: "button", class: "no-print", onclick: () => window.print() }, "打印（A4）")];
}

const PLACES_NAMED = 4;

// One sentence an overdue commitment: where, by when, whose.
function overdueByTarget() {
  const found = {};
  for (const row of targets().rows) if (row.light === "逾期") (found[row.title] = found[row.title] || []).push(row);
  return Object.keys(found).map((title) => {
    const rows = found[title], names = rows.map((row) => row.name || row.place);
    const where = rows.length === 1 ? names[0] + "，" + rows[0].reason : names.slice(0, PLACES_NAMED).join("、") + (names.length > PLACES_NAMED ? "等" : "") + names.length + "个单位";
    return title + "：" + where + "；期限" + rows[0].due + "；" + rows[0].owner + "。";
  });
}
