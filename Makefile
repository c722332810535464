# Every target is a few lines that can also be typed by hand. Go, make and git are all that must be there.

TAGS := migrated_fynedo
DRIVE := go test -count=1 -tags e2e,$(TAGS) -timeout 20m -v ./cmd/sopyo -run

.PHONY: run test test-headless test-window test-wine lint e2e tour torture simulate mutants bench
.DEFAULT_GOAL := run

# The window on the demo company; without a display the same in a virtual one (pictures: build/demo/).
run:
	@.ci/packages build keyring
	go build -tags $(TAGS) -o build/sopyo ./cmd/sopyo
	@if [ "$$(uname)" != Linux ] || [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then exec build/sopyo --demo; fi; \
	.ci/packages window browser && $(DRIVE) '^TestDemo$$'

test: test-headless test-window

# SQLite in Go is translated C: watching each of its loads for races takes four fifths of the time of a run and
# cannot find any of ours. Its driver and everything else is watched.
RACE := -race -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false

# With -race and Turkish; then without cgo and in English.
test-headless:
	@.ci/packages build documents
	LANG=tr_TR.UTF-8 go test $(RACE) -timeout 20m -tags ci,$(TAGS) ./...
	LANG=en_US.UTF-8 CGO_ENABLED=0 go test -timeout 20m -tags ci,$(TAGS) ./...

# One smoke of the real window in a virtual display.
test-window:
	@.ci/packages build window keyring
	$(DRIVE) '^TestSmoke$$'

# The tests as Windows programs under wine, of PACKAGES or of all: a table, and what they said in build/wine/.
test-wine:
	@.ci/packages wine
	@.ci/wine $(if $(filter command line environment,$(origin PACKAGES)),$(addprefix ./,$(PACKAGES)))

lint:
	CGO_ENABLED=0 go tool -modfile=.ci/tools.mod golangci-lint run ./...

# The whole main job: real window, browser and keyring, driven by mouse and keyboard (build/e2e/).
e2e:
	@.ci/packages build window keyring browser documents
	$(DRIVE) '^TestEndToEnd'

# Every screen and dialog, Turkish and English, light and dark (build/tour/).
tour:
	@.ci/packages build window keyring browser
	$(DRIVE) '^TestTour'

# Imports of PRODUCTS products through a storm of faults, killed KILLS times at random moments (SEED repeats
# them) and stopped at every page: each ends as if undisturbed, and can be undone. Then DECISIONS random
# decisions, killed and taken back. And syncs of stock and prices of a shop as large, with changes on both sides,
# killed KILLS times in their phases, stopped and undone: after one sweep more everything is as if undisturbed, no
# write was doubled and none forgotten; random edits on both sides come to rest. And the invoices of ORDERS orders on
# two machines of one firm, killed KILLS times, with clocks set back and files restored, first as drafts, then formalised:
# each order has one. Continuous integration does 1,500 products (300 in syncs), 20 kills and 30 decisions; 120 orders
# and 15 kills. Then each command that writes, imports, syncs, orders, invoices, backup and restore among them, is disturbed: killed
# COMMAND_KILLS times, and ROUNDS times each by faults of İşbaşı, a second program, a full disk, a wrong clock and damaged files; given
# again it leaves what an undisturbed one leaves. A table of commands by faults (tried/lost/doubled) is the end of it.
PRODUCTS ?= 5000
KILLS ?= 200
DECISIONS ?= 500
ORDERS ?= 2000
ROUNDS ?= 10
COMMAND_KILLS ?= 125
SEED ?= $(shell date +%s)
torture:
	ROUNDS=$(ROUNDS) COMMAND_KILLS=$(COMMAND_KILLS) PRODUCTS=$(PRODUCTS) KILLS=$(KILLS) DECISIONS=$(DECISIONS) ORDERS=$(ORDERS) SEED=$(SEED) CGO_ENABLED=0 go test -count=1 -tags ci,$(TAGS) -timeout 90m -v ./cmd/sopyoctl ./cmd/internal/app -run '^Test(Torture|Sync_neverOscillates|Sync_comesToRest)'

# SEEDS companies live DAYS days each in virtual time, the first by SEED: imports, edits, syncs, orders and invoices, bad lines,
# full disks, wrong clocks, kills between any two writes and second programs, all decided by the seed. Each evening what has to be so is asked
# of the stores and of İşbaşı's own list. What fails is lived again in fewer and fewer events, and those are printed.
# Continuous integration does 10 seeds of 7 days, of which a plain `go test` lives as many. TELL=FILE takes down all that happened.
SEEDS ?= 100
DAYS ?= 30
simulate: SEED := $(if $(filter command line environment,$(origin SEED)),$(SEED),1)
simulate:
	CGO_ENABLED=0 go test -c -tags ci,$(TAGS) -o build/simulation ./cmd/internal/simulation
	@GOGC=400 SEEDS=$(SEEDS) DAYS=$(DAYS) SEED=$(SEED) build/simulation -test.run '^TestSimulate$$' -test.v -test.timeout 0

# Small wrong changes in PACKAGES (without what lies below them), one at a time: those that no test of the
# package notices are LIVED, those that no test reaches NOT COVERED. Each costs a build and a run of the
# package's tests: a second in domain/listing (10 in all), thirteen in domain/matching. All are tried: the
# tool takes no sample.
PACKAGES ?= domain/listing domain/history
mutants:
	@for p in $(PACKAGES); do echo "$$p"; CGO_ENABLED=0 go run github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0 unleash --tags ci,$(TAGS) \
		--exclude-files / --output-statuses lct --timeout-coefficient 40 --invert-logical --invert-loopctrl --invert-assignments "./$$p" || exit 1; done

# What imports, lists, searches and prices cost beside plain loops over the same data, in one table, and what the window costs
# beside a bare one; it fails where a bar is passed. Linux. PRODUCTS says how large the firm is, 100,000 if nothing.
bench:
	@.ci/packages build window keyring
	@failed=; CGO_ENABLED=0 go test -count=1 -tags ci,bench,$(TAGS) -timeout 60m -run '^TestBench$$' ./cmd/internal/app || failed=1; \
	$(DRIVE) '^TestBench$$' || failed=1; [ -z "$$failed" ]
