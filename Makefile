# ProcureFlow 采购流程引擎. `make` alone lists the targets.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test lint shots bench chaos

help:  ## 列出全部目标 / list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup:  ## 准备开发环境：依赖、前端资源、翻译、浏览器 / make everything ready for development
	@$(PYTHON) tools/set_up.py test

run:  ## 安装、部署流程、载入演示数据并在 127.0.0.1:8000 启动 / install what is missing and serve
	@$(PYTHON) tools/set_up.py run
	@$(BIN)/procureflow migrate
	@$(BIN)/procureflow deploy processes
	@$(BIN)/procureflow demo
	@exec $(BIN)/procureflow serve

test: setup  ## 全部检查与测试（SQLite、PostgreSQL、浏览器）/ every gate and every test
	@$(BIN)/python tools/check.py all

lint: setup  ## 只做静态检查 / only the gates that read
	@$(BIN)/python tools/check.py lint

shots: setup  ## 所有页面的截图，写入 build/shots / screenshots of every page
	@$(BIN)/python -m tools.shots

bench: setup  ## 性能测量，输出 JSON / print measurements as JSON
	@$(BIN)/procureflow bench steps --json
	@$(BIN)/procureflow bench http --json
	@$(BIN)/procureflow bench engine --json

chaos: setup  ## 负载下反复 kill -9，并检验检查器（约十五分钟；ARGS="--seconds 20"）/ kill -9 under load
	@$(BIN)/python -m tests.chaos.campaign $(ARGS)
