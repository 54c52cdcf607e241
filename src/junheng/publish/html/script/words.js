// Verdicts in word, sign, colour and pattern; numbers read from the texts that are shown.
const WORDS = ["达标", "未达标", "缺数据", "不适用"];
const SIGNS = { pass: "✓", fail: "✗", none: "?", na: "–" };
const LETTERS = { 小学: "p", 初中: "j", 高中: "s" };

function classOf(word) {
  if (!word || word.indexOf("不适用") >= 0) return "na";
  if (word.indexOf("未达标") >= 0) return "fail";
  if (word.indexOf("缺数据") >= 0) return "none";
  return word.indexOf("达标") >= 0 ? "pass" : "na";
}

function badge(word) {
  const kind = classOf(word);
  const near = word && word.indexOf("临界") === 0 ? " near" : "";
  return h("span", { class: "badge " + kind + near }, h("span", { "aria-hidden": "true" }, SIGNS[kind]), word || "不单独判定");
}

function number(text) {
  const found = /-?\d[\d,]*(\.\d+)?/.exec(String(text));
  return found ? parseFloat(found[0].replace(/,/g, "")) : null;
}

function stageName(code) {
  return city.stages[code] || code;
}

function counts(words) {
  const found = {};
  for (const word of words) found[word] = (found[word] || 0) + 1;
  return found;
}

function countsTold(words) {
  const found = counts(words);
  const order = ["达标", "临界达标", "未达标", "临界未达标", "缺数据", "不适用", ""];
  return order.filter((word) => found[word]).map((word) => (word || "不单独判定") + found[word]).join("、");
}

function grouped(value, places) {
  const told = value.toFixed(places === undefined ? 0 : places).split(".");
  told[0] = told[0].replace(/\B(?=(\d{3})+$)/g, ",");
  return told.join(".");
}

function tally(four) {
  return WORDS.map((word, n) => (four[n] ? word + four[n] : "")).filter(Boolean).join("、");
}
