// The certificate: what is proven, by what it can be checked, how far the plan reaches.
function proofPage(route) {
  const query = route.query, rows = city.lines.filter((row) => (!query.reach || row[5] === query.reach) && (!query.county || city.counties[row[0]] === query.county));
  return [h("h1", null, "证书"), h("p", { class: "conclusion" }, city.holds ? "推演的事实经同一引擎精确评估，与方案一致。" : "与方案不符，不能采用。"),
    table({ caption: city.unit + "：方案证书", columns: [{ text: "项目", kind: "name", plain: true }, { text: "内容", plain: true }], rows: city.certificate }),
    section("方案管到哪里", para(city.reaches.map((each) => each[0] + each[1] + "项").join("、") + "。", "conclusion"), para(city.meaning, "note"),
      choices([countyChoice(query), choice("reach", "方案", same(city.reaches.map((each) => each[0])), query)], rows.length + " / " + city.lines.length + "项"), lineTable(rows))];
}

function lineTable(rows) {
  const lead = severalCounties ? [{ text: "区县", kind: "name" }] : [];
  return table({ caption: city.unit + "：全部指标和一票否决", head: lead.length + 1, columns: lead.concat([{ text: "代码" }, { text: "名称", kind: "name" }, { text: "今天" }, { text: "做完以后" }, { text: "方案" }]),
    rows: rows.map((row) => (severalCounties ? [city.counties[row[0]]] : []).concat([row[1], row[2], verdictCell(row[3]), verdictCell(row[4]), row[5]])) });
}
