// What stands behind the #: #/c/410102/schools?stage=primary. A view can be sent on by it.
function routeOf(hash) {
  const cut = hash.replace(/^#\/?/, "").split("?"), query = {};
  (cut[1] || "").split("&").filter(Boolean).forEach((pair) => { const at = pair.split("="); query[at[0]] = plain(at[1] || ""); });
  return { path: cut[0].split("/").filter(Boolean).map(plain), query: query };
}

function plain(text) {
  try { return decodeURIComponent(text); } catch (error) { return text; }
}

function hashOf(path, query) {
  const told = Object.keys(query).filter((name) => query[name]).map((name) => name + "=" + encodeURIComponent(query[name])).join("&");
  return "#/" + path.join("/") + (told ? "?" + told : "");
}

function go(hash) {
  location.hash = hash;
}

function withQuery(name, value) {
  const route = routeOf(location.hash);
  const query = Object.assign({}, route.query);
  if (value) query[name] = value;
  else delete query[name];
  return hashOf(route.path, query);
}

function tabs(pairs, path) {
  return h("nav", { class: "tabs no-print", "aria-label": "栏目" }, h("ul", null, pairs.map((pair) => h("li", null, link(pair[0], pair[1], { "aria-current": pair[0] === hashOf(path, {}) ? "page" : null })))));
}
