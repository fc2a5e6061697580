# The commands of the project; `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help set-up build answer serve install package check-package pages screenshots quick test nightly build-tests house lint measure malformed golden bench bench-judgements bench-multiverse bench-observatory bench-growth bench-peers calibration coverage-study fuzz docs clean

# One set of flags, so that the tests, the snippets and the documentation share one build.
STRICT := -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error
# Debug builds for the checks, with the loops of estimation optimised (see Package.swift).
CHECKED := FULCRUM_LOOPS=optimised
SWIFT_TEST := $(CHECKED) swift test --skip-build --disable-xctest $(STRICT)
# What `make quick` leaves to `make test`: tests that answer the built-in question, import whole releases,
# start the program or wait for a server.
SLOW := BuiltInAnswer Recomputation InfluenceTests UndecidableWords OutcomeMove PublishedSeries \
  PublishedAgreement RepeatedImport AidData SIPRITransfers COWImport PairSeries CommandTests OutputTests \
  MalformedPanel GoldenTests SiteTests DossierTests SupplementRoutes ServerTests ObservatoryTests
# The optimised program holds Swift's libraries, so that it runs where Swift is not installed.
RELEASE := -c release --static-swift-stdlib --product fulcrum
PYTHON := .venv/bin/python
PREFIX := /usr/local

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

set-up: ## Install what is missing (Debian and Python packages) and make the chart bundle
	@Scripts/set-up

build: set-up ## Build the program, optimised
	swift build $(RELEASE)

answer: build ## Answer the built-in question: print it, and write the dossier to answer/
	@.build/release/fulcrum answer --out answer

serve: build ## Serve the built-in answer live, and print the address
	@.build/release/fulcrum serve

install: build ## Install the program, its files, manual and completions into PREFIX (/usr/local)
	@Scripts/install .build/release/fulcrum "$(PREFIX)"

package: build ## Make a Debian package in .build/
	@Scripts/set-up package
	@Scripts/make-package .build/release/fulcrum

check-package: package ## Check the package with lintian, and install it on a bare Debian (as root)
	$(PYTHON) Tests/install/check_package.py .build/fulcrum_*.deb

lint: ## Check the form of the sources, and that folders use each other one way only
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks Fuzz $(wildcard Snippets)
	Scripts/folder-arrows

measure: ## Measure files, functions, parameters and documentation, and name what stands out
	@Scripts/measure-house --list

quick: set-up lint house build-tests ## Check in a minute what a change breaks most often
	$(SWIFT_TEST) $(foreach suite,$(SLOW),--skip $(suite))
	@echo 'make quick: all checks passed'

build-tests:
	$(CHECKED) swift build --build-tests $(STRICT)

house: ## Check the documents and the scripts that measure the sources
	$(PYTHON) Tests/house/check_documents.py
	$(PYTHON) Tests/house/check_words.py
	$(PYTHON) -m unittest discover -s Tests/house

test: set-up lint house build-tests ## Run every check that a change can break
	$(SWIFT_TEST)
	$(PYTHON) Tests/casebook/check_casebook.py
	.build/debug/fulcrum check Casebooks/western-balkans
	$(PYTHON) Tests/tutorial/follow_tutorial.py .build/debug
	$(PYTHON) Tests/examples/check_examples.py
	@for example in harbour-league river-commission; do \
	  .build/debug/fulcrum check Examples/$$example/casebook || exit 1; \
	  $(PYTHON) Tests/casebook/check_casebook.py Examples/$$example/casebook || exit 1; \
	done
	.build/debug/main-path
	.build/debug/fulcrum answer --quiet --out .build/answers/many
	.build/debug/fulcrum answer --quiet --threads 1 --out .build/answers/one
	diff -r .build/answers/many .build/answers/one
	$(PYTHON) Tests/answer/check_answer.py Casebooks/western-balkans .build/answers/one
	.build/debug/fulcrum answer Examples/river-commission/casebook --json --influence --scenarios > .build/answers/river.json
	$(PYTHON) Tests/answer/check_schema.py --program .build/debug/fulcrum .build/answers/one/answer.json .build/answers/river.json
	$(MAKE) pages
	$(PYTHON) Tests/writing/check_writing.py .build/release/fulcrum
	$(PYTHON) Tests/install/check_install.py .build/release/fulcrum
	$(CHECKED) Scripts/make-documentation $(STRICT)
	@echo 'make test: all checks passed'

nightly: test malformed ## Run the long checks too: malformed panels, fuzzing, coverage, peers
	Scripts/fuzz
	$(MAKE) coverage-study > .build/coverage.md
	$(MAKE) bench-peers
	@echo 'make nightly: all checks passed'

malformed: set-up ## Estimate ten thousand malformed panels: a message or a finite result each time
	FULCRUM_MALFORMED=10000 $(CHECKED) swift test --disable-xctest --filter MalformedPanelTests $(STRICT)

pages: ## Drive the live pages in Chromium, and the interface with made requests
	@Scripts/set-up browser
	swift build $(RELEASE)
	.venv-browser/bin/python Tests/observatory/check_pages.py .build/release/fulcrum
	.venv-browser/bin/python Tests/observatory/check_interface.py .build/release/fulcrum
	.venv-browser/bin/python Tests/observatory/check_attacks.py .build/release/fulcrum

screenshots: ## Photograph every kind of page, narrow and wide, light and dark, into .build/screenshots
	@Scripts/set-up browser
	swift build $(RELEASE)
	.venv-browser/bin/python Tests/observatory/check_pages.py .build/release/fulcrum --screenshots .build/screenshots

golden: ## Rewrite the golden files of the tests; read the difference before committing
	FULCRUM_GOLDEN=rewrite $(CHECKED) swift test --disable-xctest --filter GoldenTests $(STRICT)

bench: ## Time the kernels, optimised, and print a table
	swift run -c release --package-path Benchmarks --scratch-path .build/benchmarks kernels

bench-judgements: ## Time answers of the built-in study under random changed judgements
	swift run -c release --package-path Benchmarks --scratch-path .build/benchmarks judgements

bench-multiverse: ## Time 10,000 linear and 1,000 weighting specifications of made choices
	swift run -c release --package-path Benchmarks --scratch-path .build/benchmarks multiverse

bench-observatory: build ## Load the live site on loopback, and print a table
	python3 Benchmarks/observatory/load.py .build/release/fulcrum

bench-growth: build ## Time check and answer on 1,000, 10,000 and 100,000 claims, and print a table
	python3 Benchmarks/growth/measure.py .build/release/fulcrum

bench-peers: set-up ## Install the peers, run them and us in turn, and write .build/bench-peers.md
	python3 Benchmarks/peers/compare.py

coverage-study: ## Simulate how often intervals hold the effect, and print Documentation/Coverage.md
	@swift build -c release --package-path Benchmarks --scratch-path .build/benchmarks --product coverage >&2
	@.build/benchmarks/release/coverage

calibration: ## Replay made accessions with a known future, and time the built-in scenarios
	swift run -c release --package-path Benchmarks --scratch-path .build/benchmarks calibration

fuzz: set-up ## Feed damaged input to every reader for a short while
	Scripts/fuzz

docs: set-up ## Build the documentation of the modules into .build/documentation
	$(CHECKED) Scripts/make-documentation $(STRICT)

clean: ## Remove what was built; the Python environment stays
	rm -rf .build answer
