// A county's block is parsed when it is first opened.
const city = held("data");
const single = city.counties.length === 1;
const severalYears = city.years.span.length > 1;
const countyOf = {};
const schoolOf = {};
for (const county of city.counties) {
  countyOf[county.code] = county;
  county.index = county.schools.map((row) => ({
    code: row[0], name: row[1], kind: row[2], own: row[3], place: row[4], stages: row[5],
    verdict: row[6], lon: row[7], lat: row[8], system: row[9], county: county,
  }));
  for (const school of county.index) schoolOf[school.code] = school;
}
const everySchool = city.counties.reduce((all, county) => all.concat(county.index), []);

const opened = {};
function blockOf(code) {
  if (!opened[code]) opened[code] = prepared(held("county-" + code));
  return opened[code];
}

function prepared(block) {
  block.clauses = [];
  block.lineOf = {};
  for (const line of block.lines) {
    block.lineOf[line.code] = line;
    for (const clause of line.clauses) {
      clause.line = line;
      block.clauses[clause.n] = clause;
    }
  }
  block.partsOf = {};
  for (const part of block.parts) (block.partsOf[part.s] = block.partsOf[part.s] || []).push(part);
  block.indicatorOf = {};
  block.indicators.forEach((each, n) => { each.n = n; block.indicatorOf[each.code] = each; });
  return block;
}

let targetBlock = null;
function targets() {
  targetBlock = targetBlock || held("targets");
  return targetBlock;
}

function figureOf(block, row) {
  const text = (n) => block.texts[n];
  return {
    label: text(row[0]), stage: text(row[1]), value: row[2], limit: text(row[3]), verdict: row[4],
    gap: text(row[5]), formula: text(row[6]), numbers: row[7],
  };
}

// Column name -> its filed value and the cell it came from.
function unpacked(block, packed) {
  const found = {};
  block.packed.layouts[packed[0]].forEach((number, n) => {
    const column = block.packed.columns[number], value = packed[2][n], place = packed[1][column[1]];
    const odd = packed[3][n] || ["", ""], filed = value !== null;
    found[column[0]] = {
      value: filed ? value : "未填报", raw: odd[0], explanation: odd[1],
      file: odd[2] || (filed ? block.texts[place[0]] : ""), sheet: odd[3] || (filed ? block.texts[place[1]] : ""),
      cell: odd[4] || (filed ? column[2] + place[2] : ""),
    };
  });
  return found;
}

function cellsOf(block, code) {
  return block.cells[code] ? unpacked(block, block.cells[code]) : {};
}

function formOf(block) {
  return unpacked(block, block.form);
}
