// School × indicator: value, 达标 or 未达标 in word and colour.
function matrix(block, county, query) {
  const parts = block.parts.filter((part) => partFits(part, query));
  const columns = [{ text: "学校（学段部）", kind: "wide" }, { text: "学段" }, { text: "学生数", kind: "num" }, { text: "结论" }, { text: "达标项", kind: "num" }]
    .concat(block.indicators.map((each) => ({ text: each.code + " " + each.short, kind: "num" })));
  const rows = parts.map((part) => [
    { node: link("#/s/" + part.s, part.t), text: part.t }, stageName(part.st), { text: grouped(part.p), sort: part.p },
    verdictCell(part.v), part.n,
  ].concat(block.indicators.map((each) => matrixCell(part, each))));
  return table({ caption: county.name + "：学校与七项指标", columns: columns, rows: rows, kind: "matrix", nothing: "没有符合条件的学校。" });
}

function matrixCell(part, indicator) {
  const found = part.i[indicator.n], kind = classOf(found[1]);
  return {
    kind: "in-" + kind, sort: number(found[0]) === null ? -1 : number(found[0]), text: found[0] + (kind === "none" ? "" : " " + found[1]),
    node: link("#/s/" + part.s + "/" + indicator.code, h("span", null, found[0], kind === "none" ? null : h("small", null, found[1])), { title: part.t + " " + indicator.label + "：标准≥" + indicator.limit[part.st] + (found[2] ? "，还差" + found[2] : "") }),
  };
}
