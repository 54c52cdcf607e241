// The plan of this page.
const city = held("data");
const countyCodes = Object.keys(city.counties);
const severalCounties = countyCodes.length > 1;
const actionYears = [...new Set(city.actions.map((row) => row[2]))];

// What stays as it is stands once.
function changeCell(before, after) {
  if (before === after) return verdictCell(after);
  return { node: h("span", { class: "change" }, badge(before), " → ", badge(after)), text: before + "→" + after, sort: verdictCell(after).sort };
}

function amount(text) {
  return { text: text, sort: number(text) };
}

// One filter, kept in the address.
function choice(name, text, values, query) {
  return h("label", { for: "filter-" + name }, text, h("select", { id: "filter-" + name, onchange: (event) => go(withQuery(name, event.target.value)) },
    h("option", { value: "" }, "全部"), values.map((value) => h("option", { value: value[0], selected: query[name] === value[0] }, value[1]))));
}

function choices(filters, status) {
  return h("div", { class: "filters no-print", role: "group", "aria-label": "筛选" }, filters, h("output", { class: "status", "aria-live": "polite", id: "status" }, status));
}

function same(values) {
  return [...new Set(values)].map((value) => [String(value), String(value)]);
}

function countyChoice(query) {
  return severalCounties ? choice("county", "区县", same(Object.values(city.counties)), query) : null;
}
