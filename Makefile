# Two commands do everything: `make demo` and `make test`. The rest is for those who work here.
#
#   demo   an invented county, from the blank workbook to the verdict, in ./demo
#   test   format, lint, types, floors and every test but the longest
#   check  the same with the fast tests only: about a minute, before each commit
#   prove  the long tests: random counties by the thousand, hostile files
#   bench  speed, as ratios; `make bench WRITE=--write` renews docs/performance.md
#   docs   the manual, into ./site; `make serve` shows it while you write

# The python3 of the machine where it is new enough, else the newest of the others.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$each; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready
DOCS_READY := $(VENV)/.docs-ready
CODE := src tests benchmarks docs
JUNHENG := $(BIN)/junheng
YEAR := 2025
ON := 2026-03-31
TODAY := 2026-11-24
YEARS := demo/库/2023 demo/库/2024 demo/库/2025
WRITE ?=

.PHONY: demo test check prove bench docs serve clean lint

$(INSTALLED): pyproject.toml
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本；没有找到。请先安装，或写明 make PYTHON=路径。" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) 缺少 venv 模块。Debian、Ubuntu、统信、麒麟请先运行 apt-get install python3-venv。" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(READY): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(DOCS_READY): $(READY)
	$(BIN)/python -m pip install --quiet --group docs
	@touch $@

lint: $(READY)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/lint-imports
	$(BIN)/mypy

check: lint
	$(BIN)/pytest -n 2 -m 'not slow and not prove'

test: lint
	$(BIN)/pytest -n 2 -m 'not prove'

prove: $(READY)
	$(BIN)/pytest -n 2 -m prove

bench: $(READY)
	$(BIN)/python benchmarks/run.py $(WRITE)

docs: $(DOCS_READY)
	$(BIN)/python docs/generate.py --check
	$(BIN)/mkdocs build --strict --quiet

serve: $(DOCS_READY)
	$(BIN)/mkdocs serve

# Everything in ./demo is invented. The faulty workbook must be refused: exit status 1.
export PYTHONUTF8 := 1

# One year of the invented county: checked against the year before, its evidence verified, sealed.
define sealed_year
	$(JUNHENG) seal demo/示例县/示例县-$(1).xlsx -o demo/库/$(1) --year $(1) --by 示例填报员 --on $(1)-10-20 \
		--evidence demo/示例县/佐证材料/$(1) $(2)
endef

demo: $(INSTALLED)
	@rm -rf demo && mkdir demo
	@echo; echo "① 空白的填报工作簿"
	$(JUNHENG) template demo/空白工作簿.xlsx --year $(YEAR) --county 示例县
	@echo; echo "② 填报员填好的三年工作簿与佐证材料：60 所学校，全部数据为虚构"
	$(JUNHENG) sample demo/示例县 --years 3 --year $(YEAR) --evidence demo/示例县/佐证材料
	@echo; echo "③ 另一份埋了 8 处错误的工作簿：一次查出，标在原表上（退出状态 1）"
	$(JUNHENG) sample demo/有错的示例县.xlsx --year $(YEAR) --errors 8
	$(JUNHENG) check demo/有错的示例县.xlsx --mark demo/有错的示例县-标注.xlsx; test $$? -eq 1
	@echo; echo "④ 逐年核对、封存：与上一年比较，逐份核对佐证材料"
	$(call sealed_year,2023)
	$(call sealed_year,2024,--last demo/库/2023)
	$(call sealed_year,2025,--last demo/库/2024)
	@echo; echo "⑤ 结论从哪里来：打开一个差异系数"
	$(JUNHENG) explain demo/库/$(YEAR) --on $(ON) --county 410199 --indicator L5
	@echo; echo "⑥ 结论"
	$(JUNHENG) assess demo/库/$(YEAR) --on $(ON) -o demo/结果
	@echo; echo "⑦ 未决口径、历年变化、数据筛查、政策目标、班额方案：屏幕内容存为文本"
	@mkdir -p demo/屏幕
	$(JUNHENG) assess demo/库/$(YEAR) --on $(ON) --readings -o demo/口径 > demo/屏幕/口径.txt
	$(JUNHENG) years $(YEARS) -o demo/历年 > demo/屏幕/历年.txt
	$(JUNHENG) screen $(YEARS) -o demo/历年 > demo/屏幕/筛查.txt
	$(JUNHENG) targets $(YEARS) --on $(TODAY) -o demo/目标 > demo/屏幕/目标.txt
	$(JUNHENG) plan class-size demo/库/$(YEAR) --on $(ON) -o demo/班额 > demo/屏幕/班额.txt
	@echo; echo "—— 示范完毕 ——"
	@$(BIN)/python -c 'import json; c = json.load(open("demo/结果/assessment.json", encoding="utf-8"))["counties"][0]; print("结论：    " + c["name"] + "（演示数据）" + c["verdict"] + "：" + "；".join(c["reasons"]))'
	@echo "先打开：  demo/结果/结果册.xlsx            各方面、全部指标、学校矩阵、差距、补报清单"
	@echo "再看：    demo/目标/目标册.xlsx            政策目标：逾期、落后、在轨，怎样补齐"
	@echo "          demo/班额/班额方案.xlsx          多少个班超限，增班、改造、分流要多少钱"
	@echo "          demo/口径                        哪些结论经得起不同读法，要请示什么"
	@echo "          demo/历年                        三年的指标、沿革、要核实的问题"
	@echo "          demo/有错的示例县-标注.xlsx      出错的单元格涂色，批注写明怎样改"
	@echo "          demo/示例县                      三年的工作簿与佐证材料"
	@echo "          demo/结果/assessment.json        给程序读；形状见 docs/reference/json.md"
	@echo "追问：    $(JUNHENG) explain demo/库/$(YEAR) --on $(ON) --school 3141990005 --indicator L5"
	@echo "          $(JUNHENG) explain demo/库/$(YEAR) --on $(ON) --county 410199 --indicator GV3"
	@echo "          $(JUNHENG) standards show GV3"

clean:
	rm -rf $(VENV) build dist site demo
