// Money by year, by requirement, and what less of it achieves.
function moneyPage(route) {
  return [h("h1", null, "经费"), h("p", { class: "conclusion" }, "费用合计" + city.cost + "。"),
    section("分年度经费", table({ caption: city.unit + "：分年度经费（元）", nothing: "不需要经费。", columns: [{ text: "学年", plain: true }, { text: "一次性", kind: "num", plain: true }, { text: "每年的", kind: "num", plain: true }, { text: "合计", kind: "num", plain: true }], rows: city.money })),
    city.sources.length ? section("经费来源", table({ caption: city.unit + "：分年度、分来源的经费（元）", head: 1, columns: [{ text: "学年" }, { text: "来源", kind: "name" }, { text: "给出的经费", kind: "num" }, { text: "方案用去", kind: "num" }], rows: city.sources.map((row) => [row[0], row[1], amount(row[2]), amount(row[3])]) })) : null,
    section("经费与达标", frontierPart(route.query), frontierTable()),
    city.worth.length ? section("不作这项要求，能省多少", para("去掉一组要求，另求一个方案，两个方案费用之差；“至少”“至多”由两个方案的费用下界得出。没有列出的，去掉也不省钱，或者求解提前结束、没有求出。各组不能相加。", "note"),
      table({ caption: city.unit + "：不作这项要求，能省多少（元）", columns: [{ text: "要求", kind: "name" }, { text: "省", kind: "num" }, { text: "至少", kind: "num" }, { text: "至多", kind: "num" }], rows: city.worth.map((row) => [row[0], amount(row[1]), amount(row[2]), amount(row[3])]) })) : null,
    section("措施首先服务的条款", para("每一项措施只计入它首先服务的条款；一项措施往往同时有利于几条，各条的数不能单独省下。", "note"),
      table({ caption: city.unit + "：措施首先服务的条款和费用", head: 1, columns: [{ text: "代码" }, { text: "要求", kind: "name" }, { text: "学校（所）", kind: "num" }, { text: "措施（项）", kind: "num" }, { text: "费用（元）", kind: "num" }], rows: city.clauses.map((row) => row.slice(0, 4).concat([amount(row[4])])) })),
    section("所用的价格", table({ caption: city.unit + "：方案用到的价格", columns: [{ text: "项目", kind: "name" }, { text: "单价", kind: "num" }, { text: "来源" }, { text: "日期" }, { text: "置信" }], rows: city.prices.map((row) => [row[0], amount(row[1])].concat(row.slice(2))) }))];
}
