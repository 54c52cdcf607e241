// The policy's targets, overdue first.
const LIGHTS = { 逾期: "fail", 落后: "fail", 在轨: "pass", 达成: "pass", 无数据: "none", 无数字指标: "na" };

function targetsPage(route) {
  const block = targets(), light = route.query.light || "";
  const rows = block.rows.filter((row) => !light || row.light === light);
  return [single ? countyTabs(city.counties[0], route.path) : cityTabs(route.path), h("h1", null, "政策目标"), para(block.none, "warning"), para(block.counts, "conclusion"), list(block.documents, "note"),
    block.rows.length ? h("div", { class: "filters no-print" }, h("label", { for: "filter-light" }, "亮灯", h("select", { id: "filter-light", onchange: (event) => go(withQuery("light", event.target.value)) }, h("option", { value: "" }, "全部"), Object.keys(LIGHTS).map((word) => h("option", { value: word, selected: word === light }, word)))), h("output", { class: "status", id: "status", "aria-live": "polite" }, rows.length + " / " + block.rows.length + "项")) : null,
    block.rows.length ? table({
      caption: city.unit + "：政策目标", head: 1, kind: "broad", columns: [{ text: "亮灯" }, { text: "目标", kind: "name" }, { text: "单位" }, { text: "现状", kind: "name" }, { text: "要求" }, { text: "还差" }, { text: "期限", kind: "name" }, { text: "责任单位", kind: "name" }, { text: "原因与补齐进度", plain: true }],
      rows: rows.map((row) => [{ node: lightBadge(row.light), text: row.light, sort: Object.keys(LIGHTS).indexOf(row.light) }, row.title, row.name || row.place, { text: row.value + (row.on ? "（" + row.on + "）" : ""), sort: number(row.value) === null ? -1 : number(row.value) }, row.goal, row.missing, row.due, row.owner, [row.reason, row.pace].concat(row.beside).filter(Boolean).join("；")]),
    }) : null];
}

function lightBadge(word) {
  const kind = LIGHTS[word] || "na";
  return h("span", { class: "badge " + kind + (word === "落后" ? " near" : "") }, h("span", { "aria-hidden": "true" }, { 逾期: "✗", 落后: "▲", 在轨: "●", 达成: "✓" }[word] || SIGNS[kind]), word);
}
