# Two commands do everything: `make demo` and `make test`. The rest is for those who work here.
#
#   demo   an invented city, from the workbooks to the documents, in ./demo: under 3 minutes
#   test   format, lint, types, floors and every test but the longest; the desk's tests on PostgreSQL
#          too where JUNHENG_TEST_POSTGRESQL names one (.ci/run starts one)
#   check  the same with the fast tests only: about two minutes, before each commit
#   prove  the long tests: random counties by the thousand, hostile files
#   bench  speed, as ratios, every benchmark; `make bench WRITE=--write` renews their tables
#   docs   the manual, into ./site; `make serve` shows it while you write

# The python3 of the machine where it is new enough, else the newest of the others.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$each; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready
DOCS_READY := $(VENV)/.docs-ready
BENCH_READY := $(VENV)/.bench-ready
CODE := src tests benchmarks docs
JUNHENG := $(BIN)/junheng
YEARS := 2021 2022 2023 2024 2025 2026
YEAR := 2026
BEFORE := 2025
ON := 2027-03-31
TODAY := 2026-11-24
COUNTY := 示例市辰开发区
WRITE ?=

.PHONY: demo test test-postgresql check prove bench docs serve clean lint

$(INSTALLED): pyproject.toml
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本；没有找到。请先安装，或写明 make PYTHON=路径。" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) 缺少 venv 模块。Debian、Ubuntu、统信、麒麟请先运行 apt-get install python3-venv。" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable '.[web]'
	@touch $@

$(READY): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(DOCS_READY): $(READY)
	$(BIN)/python -m pip install --quiet --group docs
	@touch $@

$(BENCH_READY): $(READY)
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@

lint: $(READY)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/lint-imports
	$(BIN)/mypy

check: lint
	$(BIN)/pytest -n 2 --dist loadgroup -m 'not slow and not prove'

test: lint
	$(BIN)/pytest -n 2 --dist loadgroup -m 'not prove'
	@if [ -n "$$JUNHENG_TEST_POSTGRESQL" ]; then $(MAKE) --no-print-directory test-postgresql; fi

# The desk's tests once more, on the PostgreSQL that JUNHENG_TEST_POSTGRESQL names.
test-postgresql: $(READY)
	JUNHENG_TEST_DATABASE="$$JUNHENG_TEST_POSTGRESQL" $(BIN)/pytest tests/web -n 2 --dist loadgroup -m 'not prove'

prove: $(READY)
	$(BIN)/pytest -n 2 --dist loadgroup -m prove

bench: $(BENCH_READY)
	$(BIN)/python benchmarks/every.py $(WRITE)

docs: $(DOCS_READY)
	$(BIN)/python docs/generate.py --check
	$(BIN)/mkdocs build --strict --quiet

serve: $(DOCS_READY)
	$(BIN)/mkdocs serve

# Everything in ./demo is invented. The faulty workbook must be refused: exit status 1.
export PYTHONUTF8 := 1

# Two steps run side by side; where make can, what one step says is held back until it is done.
SYNC := $(if $(filter output-sync,$(.FEATURES)),-Otarget)
SEALED := $(YEARS:%=demo-seal-%)
STEPS := demo-report demo-blank demo-faulty demo-county demo-years demo-screen demo-targets demo-assess demo-explain

.PHONY: $(STEPS) $(SEALED) demo-city

demo: $(INSTALLED)
	@rm -rf demo && mkdir -p demo/屏幕
	@echo; echo "▷ 示例市：16 个区县、1,439 所中小学、六个学年的工作簿，全部数据为虚构"
	$(JUNHENG) sample demo/示例市 --city --years 6 --year $(YEAR) --evidence demo/示例市/佐证材料
	@$(MAKE) --no-print-directory -j2 $(SYNC) $(STEPS)
	@echo; echo "—— 示范完毕 ——"
	@$(BIN)/python -c 'import json; cs = json.load(open("demo/结果/assessment.json", encoding="utf-8"))["counties"]; v = [c["verdict"] for c in cs]; print("结论：    示例市（演示数据）%d个区县，达标%d个，未达标%d个" % (len(v), v.count("达标"), v.count("未达标")))'
	@echo "先打开：  demo/全市/报告.html              地图、区县、学校、指标，一个文件，不用联网"
	@echo "再看：    demo/全市/监测报告.docx          全市监测报告；领导一页.docx 是一张纸"
	@echo "          demo/$(COUNTY)/自评报告.docx   一个县的全部文件：申报表、整改清单、佐证目录、学校成绩单"
	@echo "          demo/结果/结果册.xlsx            各方面、全部指标、学校矩阵、差距、补报清单"
	@echo "          demo/目标/目标册.xlsx            政策目标：逾期、落后、在轨，怎样补齐"
	@echo "          demo/历年                        六年的指标、沿革、要核实的问题"
	@echo "          demo/口径、demo/班额             $(COUNTY)：哪些结论经得起不同读法；班额方案"
	@echo "          demo/达标/达标方案.html          $(COUNTY)：怎样用最少的钱使资源配置达标，钱不够时怎样；公文是达标方案.docx"
	@echo "          demo/有错的示例县-标注.xlsx      出错的单元格涂色，批注写明怎样改"
	@echo "          demo/示例市                      六年的工作簿、佐证材料与示意图"
	@echo "          demo/屏幕                        各条命令在屏幕上显示的内容"
	@echo "          demo/结果/assessment.json        给程序读；形状见 docs/reference/json.md"
	@echo "追问：    $(JUNHENG) explain demo/库/$(YEAR) --on $(ON) --school 2141510001 --indicator L5"
	@echo "          $(JUNHENG) explain demo/库/$(YEAR) --on $(ON) --county 410151 --indicator GV3"
	@echo "          $(JUNHENG) standards show GV3"

demo-blank:
	@echo; echo "▷ 空白的填报工作簿"
	$(JUNHENG) template demo/空白工作簿.xlsx --year $(YEAR) --county 示例县

demo-faulty:
	@echo; echo "▷ 埋了 8 处错误的工作簿：一次查出，标在原表上（退出状态 1）"
	$(JUNHENG) sample demo/有错的示例县.xlsx --year $(YEAR) --errors 8
	$(JUNHENG) check demo/有错的示例县.xlsx --mark demo/有错的示例县-标注.xlsx; test $$? -eq 1

# Each year is checked against the year before; the papers of the last year are verified one by one.
$(SEALED): demo-seal-%:
	@echo; echo "▷ 核对、封存 $* 年的 16 份工作簿"
	$(JUNHENG) seal demo/示例市/$* -o demo/库/$* --year $* --by 示例填报员 --on $*-10-20 $(LAST) $(PAPERS)

demo-seal-2022: LAST = --last demo/库/2021
demo-seal-2023: LAST = --last demo/库/2022
demo-seal-2024: LAST = --last demo/库/2023
demo-seal-2025: LAST = --last demo/库/2024
demo-seal-2026: LAST = --last demo/库/2025
demo-seal-2026: PAPERS = --evidence demo/示例市/佐证材料
demo-seal-2022: demo-seal-2021
demo-seal-2023: demo-seal-2022
demo-seal-2024: demo-seal-2023
demo-seal-2025: demo-seal-2024
demo-seal-2026: demo-seal-2025

demo-county:
	@echo; echo "▷ 一个县：封存、未决口径、班额方案、达标方案、全部文件"
	$(JUNHENG) seal demo/示例市/$(YEAR)/$(COUNTY).xlsx -o demo/库/$(COUNTY) --year $(YEAR) --by 示例填报员 --on $(YEAR)-10-20 \
		--last demo/示例市/$(BEFORE)/$(COUNTY).xlsx
	$(JUNHENG) assess demo/库/$(COUNTY) --on $(ON) --readings -o demo/口径 > demo/屏幕/口径.txt
	$(JUNHENG) plan class-size demo/库/$(COUNTY) --on $(ON) -o demo/班额 > demo/屏幕/班额.txt
	$(JUNHENG) plan comply demo/库/$(COUNTY) --on $(ON) --by 2028 --frontier --by-line -o demo/达标 > demo/屏幕/达标.txt
	$(JUNHENG) report demo/库/$(COUNTY) --on $(ON) -o demo/$(COUNTY)

demo-report: $(SEALED)
	@echo; echo "▷ 全市的文件：网页报告、监测报告、领导一页"
	$(JUNHENG) report $(YEARS:%=demo/库/%) --on $(ON) --kind html --kind city --kind leader \
		--boundaries demo/示例市/边界.geojson -o demo/全市

demo-years: $(SEALED)
	@echo; echo "▷ 六年放在一起"
	$(JUNHENG) years $(YEARS:%=demo/库/%) -o demo/历年 > demo/屏幕/历年.txt

demo-screen: $(SEALED)
	@echo; echo "▷ 要核实的问题"
	$(JUNHENG) screen $(YEARS:%=demo/库/%) -o demo/历年 > demo/屏幕/筛查.txt

demo-assess: $(SEALED)
	@echo; echo "▷ 结论"
	$(JUNHENG) assess demo/库/$(YEAR) --on $(ON) -o demo/结果 > demo/屏幕/结论.txt

demo-targets: $(SEALED)
	@echo; echo "▷ 政策目标"
	$(JUNHENG) targets $(YEARS:%=demo/库/%) --on $(TODAY) -o demo/目标 > demo/屏幕/目标.txt

demo-explain: $(SEALED)
	@echo; echo "▷ 结论从哪里来：打开一个刚刚超限的差异系数"
	$(JUNHENG) explain demo/库/$(YEAR) --on $(ON) --county 410153 --indicator L5

clean:
	rm -rf $(VENV) build dist site demo
