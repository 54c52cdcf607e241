// 学段, 办学性质, 城乡 and 结论: kept in the address, so that a filtered view can be sent on.
const FILTERS = {
  stage: { label: "学段", options: () => Object.keys(city.stages).map((code) => [code, city.stages[code]]) },
  own: { label: "办学性质", options: () => [["公办", "公办"], ["民办", "民办"]] },
  place: { label: "城乡", options: () => [["城区", "城"], ["镇区", "镇"], ["乡村", "乡"]] },
  verdict: { label: "结论", options: () => WORDS.slice(0, 3).map((word) => [word, word]) },
};

function filterBar(names, query, status) {
  const fields = names.map((name) => {
    const filter = FILTERS[name];
    const choose = h("select", { id: "filter-" + name, onchange: (event) => go(withQuery(name, event.target.value)) },
      h("option", { value: "" }, "全部"),
      filter.options().map((each) => h("option", { value: each[0], selected: query[name] === each[0] }, each[1])));
    return h("label", { for: "filter-" + name }, filter.label, choose);
  });
  return h("div", { class: "filters no-print", role: "group", "aria-label": "筛选" }, fields,
    h("output", { class: "status", "aria-live": "polite", id: "status" }, status));
}

function schoolFits(school, query) {
  if (!school) return !(query.own || query.place);
  return (!query.own || school.own === query.own)
    && (!query.place || school.place === query.place)
    && (!query.stage || school.stages.indexOf(query.stage[0]) >= 0)
    && (!query.verdict || school.verdict === query.verdict);
}

function partFits(part, query) {
  const school = schoolOf[part.s];
  return (!query.stage || part.st === query.stage)
    && (!query.own || (school && school.own === query.own))
    && (!query.place || (school && school.place === query.place))
    && (!query.verdict || classOf(part.v) === classOf(query.verdict));
}
