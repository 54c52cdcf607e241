// From the address to the page, the head and the foot.
const PAGES = { "": [summaryPage, "结论"], actions: [actionsPage, "措施"], money: [moneyPage, "经费"], matrix: [matrixPage, "前后对比"], certificate: [proofPage, "证书"] };

function frame() {
  add(empty(document.getElementById("head")), [h("div", { class: "bar" }, h("p", { class: "brand" }, link("#/", city.title)), city.demonstration ? h("p", { class: "mark" }, city.demonstration) : null, h("p", { class: "when" }, city.by + "达标　依据" + city.year + "封存数据　" + city.on))]);
  add(empty(document.getElementById("foot")), [h("p", null, city.warnings.join("　")), h("p", { class: "finger" }, "事实指纹 " + city.facts), h("p", { class: "finger" }, "方案指纹 " + city.plan), h("p", null, "程序版本 " + city.version + "　本页不联网，可以直接转交。")]);
  document.body.appendChild(patterns());
}

let last = "";
function show() {
  const route = routeOf(location.hash), name = route.path.join("/"), main = document.getElementById("main");
  const page = PAGES.hasOwnProperty(name) ? PAGES[name] : null;
  const active = document.activeElement && document.activeElement.id, again = last === "/" + name, at = window.scrollY;
  unfolded.length = 0;
  add(empty(main), [tabs(Object.keys(PAGES).map((each) => ["#/" + each, PAGES[each][1]]), route.path), h("div", { class: "warning" }, city.warnings.map((each) => para(each + "。"))), page ? page[0](route) : [h("h1", null, "没有这一页"), para([link("#/", "回到结论")])]]);
  document.body.className = main.querySelector(".landscape") ? "broad" : "";
  document.title = (page ? page[1] : "没有这一页") + " - " + city.title + (city.demonstration ? "（" + city.demonstration + "）" : "");
  if (again) { window.scrollTo(0, at); if (active && document.getElementById(active)) document.getElementById(active).focus({ preventScroll: true }); }
  else if (last !== "" || name) { main.focus({ preventScroll: true }); window.scrollTo(0, 0); }
  last = "/" + name;
}
