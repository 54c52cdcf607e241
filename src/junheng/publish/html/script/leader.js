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
  const overdue = targets().rows.filter((row) => row.light === "逾期").slice(0, 8);
  return [h("div", { class: "no-print" }, cityTabs(route.path)), h("article", { class: "card leader" }, printHead(), h("h1", null, city.unit + "：领导一页"), h("p", { class: "conclusion" }, city.conclusion), para(city.areas.map((area) => area.title + "：" + tally(area.counts)).join("；") + "。"),
    table({ caption: city.unit + "：各区县", kind: "tight", columns: [{ text: "区县", kind: "name", plain: true }, { text: "结论", plain: true }, { text: "各项指标", plain: true }, { text: "首要原因", kind: "wide", plain: true }, { text: "责任单位", kind: "blank", plain: true }, { text: "完成时限", kind: "blank", plain: true }],
      rows: city.counties.map((county) => [{ node: link("#/c/" + county.code + "/leader", county.name), text: county.name }, verdictCell(county.verdict), county.counted, county.reasons[0] || "", "", ""]) }),
    overdue.length ? section("逾期的政策目标", list(overdue.map((row) => row.title + "（" + (row.name || row.place) + "）：" + row.reason + (row.missing ? "，还差" + row.missing : "") + "；" + row.owner))) : null, para("责任单位、完成时限由市里确定。", "note"), printFoot()), h("button", { type: "button", class: "no-print", onclick: () => window.print() }, "打印（A4）")];
}
