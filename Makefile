# Every target is a few lines that can also be typed by hand. Go, make and git are all that must be there.

TAGS := migrated_fynedo
DRIVE := go test -count=1 -tags e2e,$(TAGS) -timeout 20m -v ./cmd/sopyo -run

.PHONY: run test test-headless test-window test-wine test-installer lint e2e tour pictures torture simulate planted mutants bench packages package-macos
.DEFAULT_GOAL := run

# What builds the window asks gcc about each of 5,700 names of OpenGL, with one that nothing declares, and gcc looks through all others for one
# spelled alike: minutes for Linux, an hour for Windows. .ci/cgo declares it. By CPATH, so that no folder's name gets into programs.
run test-window e2e tour pictures bench packages: export CPATH := $(CURDIR)/.ci/cgo
run test-window e2e tour pictures bench packages: export CGO_CFLAGS := -O2 -g -include cgo_probe.h

# The window on the demo company; without a display the same in a virtual one (pictures: build/demo/).
run:
	@.ci/packages build keyring
	@echo "make run: derleniyor, ilk kez birkaç dakika sürer / building, some minutes the first time"
	@go build -tags $(TAGS),no_emoji -o build/sopyo ./cmd/sopyo
	@if [ "$$(uname)" != Linux ] || [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then exec build/sopyo --demo; fi; \
	.ci/packages window browser || exit 1; \
	echo "make run: ekran yok, pencere sanal bir ekranda çalışıyor, bir iki dakika / no display, the window works in a virtual one, a minute or two"; \
	if said=$$($(DRIVE) '^TestDemo$$' 2>&1); then echo "$$said" | grep -A 1 Aktarılan; else echo "$$said"; exit 1; fi

test: test-headless test-window

# SQLite in Go is translated C: watching each of its loads for races takes four fifths of the time of a run and
# cannot find any of ours. The same holds for what only counts: the cost of a password, glyphs, pictures, compression, in a sixth of
# the time. Their callers and everything else are watched.
UNWATCHED := modernc.org/sqlite/lib modernc.org/libc golang.org/x/crypto/scrypt golang.org/x/image/... github.com/go-text/... github.com/srwiley/rasterx compress/flate
RACE := -race $(UNWATCHED:%=-gcflags=%=-race=false)

# With -race and Turkish; then without cgo and in English.
test-headless:
	@.ci/packages build documents
	LANG=tr_TR.UTF-8 go test $(RACE) -timeout 20m -tags ci,$(TAGS) ./...
	LANG=en_US.UTF-8 CGO_ENABLED=0 go test -timeout 20m -tags ci,$(TAGS) ./...

# One smoke of the real window in a virtual display.
test-window:
	@.ci/packages build window keyring
	$(DRIVE) '^TestSmoke$$'

# The tests as Windows programs under wine, of PACKAGES (domain/... storage/disk) or of all, JOBS at a time: a table, and what they said in
# build/wine/.
test-wine:
	@.ci/packages wine
	@.ci/wine $(if $(filter command line environment,$(origin PACKAGES)),$(addprefix ./,$(PACKAGES)))

# What make packages has made for Windows under wine: installed, put to work with Turkish paths, opened, upgraded over the open window, removed;
# pictures in build/installer/.
test-installer:
	@.ci/packages wine window
	.ci/packaging/windows/smoke build/installer build/packages/SopyoKur-*.exe

# Go, the scripts, and the workflows with the scripts in them.
lint:
	@.ci/packages lint
	CGO_ENABLED=0 go tool -modfile=.ci/tools.mod golangci-lint run ./...
	shellcheck .ci/packages .ci/run .ci/wine .ci/packaging/build .ci/packaging/sign .ci/packaging/version .ci/packaging/linux/smoke .ci/packaging/macos/package .ci/packaging/macos/smoke .ci/packaging/windows/smoke
	CGO_ENABLED=0 go tool -modfile=.ci/packaging/tools.mod actionlint

# The whole main job: real window, browser and keyring, driven by mouse and keyboard (build/e2e/).
e2e:
	@.ci/packages build window keyring browser documents
	$(DRIVE) '^TestEndToEnd'

# Every screen and dialog, Turkish and English, light and dark, small, large and scaled (build/tour/; words.txt counts the words of
# each page): an hour or two, five minutes a look. LOOKS="tr-light-960x540 en-dark@1.25" are the looks to tour in instead: language,
# theme, size of the window without its menu bar, scale.
tour:
	@.ci/packages build window keyring browser
	$(subst 20m,3h,$(DRIVE)) '^TestTour'

# The pictures of the READMEs and of the guide, made anew: docs/pictures/, assets/guide/pictures/.
pictures:
	@.ci/packages build window keyring
	$(DRIVE) '^TestPictures$$'

# Imports of PRODUCTS products through a storm of faults, killed KILLS times at random moments (SEED repeats
# them) and stopped at every page: each ends as if undisturbed, and can be undone. Then DECISIONS random
# decisions, killed and taken back. And syncs of stock and prices of a shop as large, with changes on both sides,
# killed KILLS times in their phases, stopped and undone: after one sweep more everything is as if undisturbed, no
# write was doubled and none forgotten; random edits on both sides come to rest. And the invoices of ORDERS orders on
# two machines of one firm, killed KILLS times, with clocks set back and files restored, first as drafts, then formalised:
# each order has one. Continuous integration does 1,500 products (300 in syncs), 20 kills and 30 decisions; 120 orders
# and 15 kills. Then each command that writes, imports, syncs, orders, invoices, backup and restore among them, is disturbed: killed
# COMMAND_KILLS times, and ROUNDS times each by faults of İşbaşı, a second program, a full disk, a wrong clock and damaged files; given
# again it leaves what an undisturbed one leaves. A table of commands by faults (tried/lost/doubled) is the end of it. And the imports and
# invoices of simulated companies go through STORMS storms of faults, as make simulate lives them.
PRODUCTS ?= 5000
KILLS ?= 200
DECISIONS ?= 500
ORDERS ?= 2000
ROUNDS ?= 10
COMMAND_KILLS ?= 125
STORMS ?= 1000
SEED ?= $(shell date +%s)
torture:
	STORMS=$(STORMS) ROUNDS=$(ROUNDS) COMMAND_KILLS=$(COMMAND_KILLS) PRODUCTS=$(PRODUCTS) KILLS=$(KILLS) DECISIONS=$(DECISIONS) ORDERS=$(ORDERS) SEED=$(SEED) CGO_ENABLED=0 go test -count=1 -tags ci,$(TAGS) -timeout 90m -v ./cmd/sopyoctl ./cmd/internal/app ./cmd/internal/simulation -run '^Test(Torture|Sync_neverOscillates|Sync_comesToRest)'

# SEEDS companies live DAYS days each in virtual time, the first by SEED: imports, edits, syncs, orders and invoices, bad lines,
# full disks, wrong clocks, kills between any two writes of databases and other files, power cuts that lose what was not synced, and second
# programs, all decided by the seed. Each evening what has to be so is asked of the stores, of the files and of İşbaşı's own list. What fails is lived again in fewer and fewer events, and those are printed.
# Continuous integration does 10 seeds of 7 days, of which a plain `go test` lives as many. TELL=FILE takes down all that happened.
SEEDS ?= 100
DAYS ?= 30
simulate: SEED := $(if $(filter command line environment,$(origin SEED)),$(SEED),1)
simulate:
	CGO_ENABLED=0 go test -c -tags ci,$(TAGS) -o build/simulation ./cmd/internal/simulation
	@GOGC=400 SEEDS=$(SEEDS) DAYS=$(DAYS) SEED=$(SEED) build/simulation -test.run '^TestSimulate$$' -test.v -test.timeout 0

# The simulation has to find what is wrong: the program is built with a fault, one at a time, and 20 seeds of 7 days that pass
# without it are lived until one fails: a cursor that is stored before its rows, a write that is sent again, a before-image that is skipped.
planted:
	SEEDS=20 DAYS=7 SEED=1 CGO_ENABLED=0 go test -count=1 -tags ci,$(TAGS) ./cmd/internal/simulation -run '^TestSimulate$$'
	@for fault in cursor repeat image; do echo "$$fault"; CGO_ENABLED=0 go test -count=1 -tags "ci,$(TAGS),plant_$$fault" -v ./cmd/internal/simulation \
		-run '^TestLive_findsWhatIsPlanted$$' || exit 1; done

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

# Everything that is handed out, but the app for macOS: build/packages/. Debian or Ubuntu; the first time some ten minutes. VERSION=1.2.3
# says another version than the tag's; SIGN_PFX=, SIGN_PKCS11= and SIGN=test what signs (.ci/packaging/sign).
packages:
	@.ci/packages build packaging
	.ci/packaging/build

# The app for macOS, on a Mac: build/packages/. DRY_RUN=1 says anywhere what would be run (.ci/packaging/macos/package).
package-macos:
	.ci/packaging/linux/smoke .ci/packaging/macos/package .ci/packaging/macos/smoke
