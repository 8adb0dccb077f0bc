# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Any Python from 3.10 on starts the tasks; they look for further ones themselves.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python3.10; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && { echo $$name; break; }; done)
CHECK = exec $(or $(PYTHON),$(error No Python 3.10 or later was found; make PYTHON=/path/to/python names one)) scripts/check.py

.DEFAULT_GOAL := help
.PHONY: help demo test test-full test-quick molecule awx galaxy docs guides format lint sanity unit integration integration-oldest integration-newest coverage end-to-end bench fleet clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## Onboard two customers on an emulated API, and watch it happen
	@$(CHECK) demo

test: ## lint, docs, end-to-end, molecule, ansible-builder; sanity and unit on the oldest and the newest ansible-core; integration on the newest, in part on the oldest; less than 20 minutes on 2 cores
	@$(CHECK) test

test-full: ## All of test, all of integration on both, sanity and unit on those between, guides, awx, galaxy, coverage; about 35 minutes
	@$(CHECK) test-full

test-quick: ## yamllint, unit tests and a small part of the integration tests, on one ansible-core
	@$(CHECK) quick

galaxy: ## The check with which Galaxy and Automation Hub import the collection
	@$(CHECK) galaxy

docs: ## The documentation site: reference and guides, in .cache/docs/html/index.html
	@$(CHECK) docs

guides: ## The commands of the guides, as they stand there, but for those marked as skipped
	@$(CHECK) guides

format: ## Format Python code, and write the generated parts of the documentation
	@$(CHECK) format

lint: ## ruff, mypy, yamllint, ansible-lint, spelling, licences, changelog, documentation, build and offline install
	@$(CHECK) lint

sanity: ## ansible-test sanity
	@$(CHECK) sanity

unit: ## Unit tests
	@$(CHECK) unit

integration: ## Integration tests: ansible-playbook against the emulated API
	@$(CHECK) integration

molecule: ## The collection's Molecule scenarios, and the guide to testing in a folder with nothing but the built collection
	@$(CHECK) molecule

awx: ## AWX: the role awx_setup, ansible-runner, ansible-builder
	@$(CHECK) awx

# For continuous integration, which runs the ends side by side.
integration-oldest integration-newest:
	@$(CHECK) $@

coverage: ## Unit and integration tests on the newest ansible-core, and how much of plugins/ they run
	@$(CHECK) coverage

end-to-end: ## A PBX registers for real, a rulebook watches it, a browser reads the page of an audit and the documentation: needs the programs in bindep.txt
	@$(CHECK) end-to-end

bench: ## Benchmark: time, API calls and memory beside three other ways; about six minutes
	@$(CHECK) bench

fleet: ## Converge an inventory of 200 emulated accounts, twice, and count; about four minutes
	@$(CHECK) fleet

clean: ## Remove virtual environments and caches
	@$(CHECK) clean
