// From the address to the page. Bread crumbs, title, focus.
const CITY = { "": cityPage, lines: cityLines, cv: citySpreads, gaps: cityGaps, schools: citySchools, years: cityYears, targets: targetsPage, leader: cityLeader, about: aboutPage };
const COUNTY = { "": countyPage, schools: countySchools, lines: countyLines, cv: countySpreads, gaps: countyGaps, years: countyYears, list: countyList, cards: cardsPage, leader: countyLeader };
const NAMES = { lines: "各项指标", cv: "差异系数", gaps: "缺口", schools: "学校", targets: "政策目标", leader: "领导一页", about: "依据与说明", years: "历年", list: "整改清单", cards: "成绩单", cells: "填报的数" };

function pageOf(route) {
  const path = route.path, crumbs = single ? [] : [["#/", city.unit]];
  if (path[0] === "c" && countyOf[path[1]]) return countyRoute(countyOf[path[1]], path, route, crumbs);
  if (path[0] === "s" && schoolOf[path[1]]) return schoolRoute(schoolOf[path[1]], path, route, crumbs);
  if (!path.length && single) return countyRoute(city.counties[0], ["c", city.counties[0].code], { path: ["c", city.counties[0].code], query: route.query }, crumbs);
  if (path.length <= 1 && CITY.hasOwnProperty(path[0] || "")) return { crumbs: path.length ? crumbs.concat([["", NAMES[path[0]]]]) : crumbs, draw: () => CITY[path[0] || ""](route) };
  return { crumbs: crumbs, draw: () => [h("h1", null, "没有这一页"), para(["地址可能抄错了。", link("#/", "回到首页")])] };
}

function countyRoute(county, path, route, crumbs) {
  const at = crumbs.concat([["#/c/" + county.code, county.name]]), block = () => blockOf(county.code);
  if (path[2] === "i" && block().indicatorOf[path[3]]) return { crumbs: at.concat([["", path[3] + " " + block().indicatorOf[path[3]].short]]), draw: () => indicatorPage(county, path[3], route) };
  if (path[2] === "l" && block().lineOf[path[3]]) return { crumbs: at.concat([["#/c/" + county.code + "/lines", "各项指标"], ["", path[3] + " " + block().lineOf[path[3]].label]]), draw: () => linePage(county, path[3], route) };
  if (path[2] === "cell") return { crumbs: at.concat([["", "单元格"]]), draw: () => cellPage(county.name, path[3], formOf(block())[path[3]], "#/c/" + county.code + "/lines") };
  const draw = COUNTY.hasOwnProperty(path[2] || "") ? COUNTY[path[2] || ""] : countyPage;
  return { crumbs: path[2] && NAMES[path[2]] ? at.concat([["", NAMES[path[2]]]]) : at, draw: () => draw(county, route) };
}

function schoolRoute(school, path, route, crumbs) {
  const county = school.county, home = "#/s/" + school.code;
  const at = crumbs.concat([["#/c/" + county.code, county.name], [home, school.name]]);
  if (!path[2]) return { crumbs: at, draw: () => schoolPage(school, route) };
  if (path[2] === "cells") return { crumbs: at.concat([["", "填报的数"]]), draw: () => allCells(school, route) };
  if (path[2] === "cell") return { crumbs: at.concat([[home + "/cells", "填报的数"], ["", (city.columns[path[3]] || [path[3]])[0]]]), draw: () => cellPage(school.name, path[3], cellsOf(blockOf(county.code), school.code)[path[3]], home + "/cells") };
  const seven = blockOf(county.code).indicatorOf[path[2]], line = blockOf(county.code).lineOf[path[2]];
  return { crumbs: at.concat([["", path[2] + " " + (seven ? seven.short : line ? line.label : "")]]), draw: () => schoolIndicator(school, path[2], route) };
}

function frame() {
  const found = h("ul", { class: "found", hidden: true });
  const search = h("input", { type: "search", id: "search", placeholder: "学校名称或代码", autocomplete: "off", oninput: (event) => look(event.target.value.trim(), found) });
  add(empty(document.getElementById("head")), [h("div", { class: "bar" }, h("p", { class: "brand" }, link("#/", city.title)), city.demonstration ? h("p", { class: "mark" }, city.demonstration) : null,
    h("p", { class: "when" }, city.year + "　评估日期" + city.on), h("div", { class: "search no-print", role: "search" }, h("label", { for: "search" }, "找学校"), search, found))]);
  add(empty(document.getElementById("foot")), [h("p", null, [city.demonstration ? city.demonstration + "，非真实学校" : "", city.year, "评估日期" + city.on, "依据" + city.scheme].filter(Boolean).join("　")), h("p", { class: "finger" }, "事实指纹 " + city.facts), h("p", null, "程序版本 " + city.version + "　本页不联网，可以直接转交。")]);
  document.body.appendChild(patterns());
}

function look(text, found) {
  const hits = text ? everySchool.filter((school) => school.name.indexOf(text) >= 0 || school.code.indexOf(text) === 0).slice(0, 12) : [];
  add(empty(found), hits.map((school) => h("li", null, link("#/s/" + school.code, school.name + "（" + school.county.name + "）"))));
  if (text && !hits.length) add(found, [h("li", null, "没有找到")]);
  found.hidden = !text;
}

let last = "";
function show() {
  const route = routeOf(location.hash), page = pageOf(route), main = document.getElementById("main");
  const active = document.activeElement && document.activeElement.id, same = last === route.path.join("/");
  add(empty(document.getElementById("crumbs")), [h("ol", null, page.crumbs.map((crumb, n) => h("li", null, crumb[0] && n < page.crumbs.length - 1 ? link(crumb[0], crumb[1]) : h("span", { "aria-current": "page" }, crumb[1]))))]);
  unfolded.length = 0;
  add(empty(main), page.draw());
  document.body.className = main.querySelector(".card") ? "carded" : main.querySelector(".landscape") ? "broad" : "";
  document.title = (page.crumbs.length ? page.crumbs[page.crumbs.length - 1][1] + " - " : "") + city.title + (city.demonstration ? "（" + city.demonstration + "）" : "");
  const hits = document.querySelector(".found");
  if (hits) hits.hidden = true;
  if (same && active && document.getElementById(active)) document.getElementById(active).focus();
  else if (last !== "" || route.path.length) { if (!same) { main.focus({ preventScroll: true }); window.scrollTo(0, 0); } }
  last = route.path.join("/") || "/";
}
