// The map: county shapes with names and verdicts, schools as points; without shapes the points alone.
function cityMap(query) {
  const shown = city.counties;
  const shapes = shown.filter((county) => county.shape.length);
  const schools = everySchool.filter((school) => school.lon !== null && schoolFits(school, query));
  const all = everySchool.filter((school) => school.lon !== null);
  const edge = shapes.length ? shapes.reduce((found, county) => found.concat(...county.shape), []) : all.map((school) => [school.lon, school.lat]);
  if (!edge.length) return tiles("各校没有经纬度，区县按方格列出。");
  const width = roomFor(980), place = projection(edge, width);
  const taken = [];
  const title = single ? "学校分布（结论）" : "区县结论与学校分布";
  return h("div", null,
    drawing(width, place.height, title,
      shapes.map((county) => shapeOf(county, place)),
      schools.map((school) => pointOf(school, place, sizeOf(all.length, width))),
      shapes.map((county) => nameOf(county, place, taken, width))),
    legend(["pass", "fail", "none", "na"]), para(mapNote(shapes, schools, all), "note"),
    !single && shapes.length < shown.length ? tiles(shapes.length ? "没有边界的区县：" : "各区县：", shown.filter((county) => !county.shape.length)) : null);
}

function mapNote(shapes, schools, all) {
  const told = ["图上学校" + schools.length + "所"];
  const without = everySchool.length - all.length;
  if (without) told.push(without + "所没有经纬度，不在图上");
  const systems = counts(all.map((school) => school.system));
  const odd = Object.keys(systems).filter((name) => name && /GCJ|BD/.test(name));
  if (odd.length) told.push(odd.map((name) => name + " " + systems[name] + "所").join("、") + "按原值画，没有换算，位置可能偏移几百米");
  if (!shapes.length && !single) told.push("没有给出区县边界，只画学校");
  return told.join("；") + "。";
}

function projection(points, width) {
  let west = Infinity, east = -Infinity, south = Infinity, north = -Infinity;
  for (const point of points) {
    west = Math.min(west, point[0]); east = Math.max(east, point[0]);
    south = Math.min(south, point[1]); north = Math.max(north, point[1]);
  }
  const narrow = Math.cos((south + north) / 2 * Math.PI / 180), pad = 16;
  const wide = Math.max((east - west) * narrow, 1e-6), tall = Math.max(north - south, 1e-6);
  const scale = Math.min((width - 2 * pad) / wide, 640 / tall);
  const shift = (width - wide * scale) / 2;
  return {
    height: Math.max(120, tall * scale + 2 * pad),
    x: (lon) => shift + (lon - west) * narrow * scale,
    y: (lat) => pad + (north - lat) * scale,
  };
}

function shapeOf(county, place) {
  const path = county.shape.map((ring) => "M" + ring.map((point) => place.x(point[0]).toFixed(1) + " " + place.y(point[1]).toFixed(1)).join("L") + "z").join("");
  const kind = classOf(county.verdict);
  return v("a", { href: "#/c/" + county.code, "aria-label": county.name + "：" + county.verdict },
    v("path", { d: path, fill: GROUNDS[kind], "fill-rule": "evenodd", stroke: COLOURS[kind], "stroke-width": 1.6, "stroke-linejoin": "round" }), v("title", null, county.headline));
}

function sizeOf(many, width) {
  const size = many > 700 ? 2 : many > 200 ? 2.6 : 4;
  return width < 560 ? size * 0.62 : size;
}

function pointOf(school, place, size) {
  const kind = classOf(school.verdict);
  return v("a", { href: "#/s/" + school.code, tabindex: "-1", "aria-label": school.name }, mark(kind, place.x(school.lon), place.y(school.lat), kind === "fail" ? size * 0.95 : size), v("title", null, school.name + "（" + school.county.name + "）：" + (school.verdict || "不单独判定")));
}

function middle(ring) {
  let area = 0, x = 0, y = 0;
  ring.forEach((point, n) => {
    const next = ring[(n + 1) % ring.length], cross = point[0] * next[1] - next[0] * point[1];
    area += cross; x += (point[0] + next[0]) * cross; y += (point[1] + next[1]) * cross;
  });
  return area ? [x / (3 * area), y / (3 * area), Math.abs(area)] : [ring[0][0], ring[0][1], 0];
}

function nameOf(county, place, taken, width) {
  const widest = county.shape.map(middle).sort((a, b) => b[2] - a[2])[0];
  const size = width < 560 ? 10.5 : 13, small = size - 1;
  const told = SIGNS[classOf(county.verdict)] + county.verdict;
  const name = county.name.replace(/（.*?）/g, "");
  const wide = Math.max(textWidth(name, size), textWidth(told, small)) + 4, tall = size + small + 6;
  const home = [place.x(widest[0]), place.y(widest[1])];
  const spot = free(home, wide, tall, taken, width, place.height);
  taken.push(spot);
  const x = spot.x + wide / 2, far = Math.hypot(x - home[0], spot.y + tall / 2 - home[1]) > tall;
  return v("g", { class: "named" },
    far ? v("line", { x1: home[0], y1: home[1], x2: x, y2: spot.y + tall / 2, stroke: "#333", "stroke-width": 0.8 }) : null,
    label(x, spot.y + size + 1, name, { "text-anchor": "middle", "font-size": size, class: "halo strong" }),
    label(x, spot.y + size + small + 3, told, { "text-anchor": "middle", "font-size": small, class: "halo strong", fill: COLOURS[classOf(county.verdict)] }));
}

function free(home, wide, tall, taken, width, height) {
  const fits = (spot) => spot.x >= 2 && spot.y >= 2 && spot.x + wide <= width - 2 && spot.y + tall <= height - 2
    && taken.every((other) => spot.x + wide < other.x || other.x + other.wide < spot.x || spot.y + tall < other.y || other.y + other.tall < spot.y);
  for (let ring = 0; ring < 14; ring += 1) {
    const around = ring ? 12 : 1;
    for (let n = 0; n < around; n += 1) {
      const turn = n * 2 * Math.PI / around, reach = ring * 11;
      const spot = { x: home[0] - wide / 2 + reach * 1.6 * Math.cos(turn), y: home[1] - tall / 2 + reach * Math.sin(turn), wide: wide, tall: tall };
      if (fits(spot)) return spot;
    }
  }
  return { x: Math.min(Math.max(home[0] - wide / 2, 2), width - wide - 2), y: Math.min(Math.max(home[1] - tall / 2, 2), height - tall - 2), wide: wide, tall: tall };
}

function tiles(told, counties) {
  return h("div", null, para(told, "note"), h("ul", { class: "tiles" }, (counties || city.counties).map((county) =>
    h("li", { class: classOf(county.verdict) }, link("#/c/" + county.code, county.name), badge(county.verdict)))));
}

function countyMap(county, query) {
  const schools = county.index.filter((school) => school.lon !== null);
  if (!schools.length) return null;
  const shown = schools.filter((school) => schoolFits(school, query));
  const edge = county.shape.length ? county.shape.flat() : schools.map((school) => [school.lon, school.lat]);
  const width = roomFor(720), place = projection(edge, width);
  return h("div", null, drawing(width, place.height, county.name + "：学校分布（结论）",
    county.shape.length ? shapeOf(county, place) : v("rect", { x: 1, y: 1, width: width - 2, height: place.height - 2, fill: "#f6f7f9", stroke: "#d5d9de" }),
    shown.map((school) => pointOf(school, place, sizeOf(schools.length, width)))), legend(["pass", "fail", "none", "na"]),
  para("图上学校" + shown.length + "所" + (county.index.length > schools.length ? "；" + (county.index.length - schools.length) + "所没有经纬度，不在图上" : "") + "。", "note"));
}
