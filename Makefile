# swish, a Unix shell. `make help` lists the targets; settings of your own go into config.mk.

VERSION := 0.1.0

-include config.mk

PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

# The core is static with musl where musl-gcc is installed, else whatever the system compiler makes.
ifeq ($(origin CC),default)
CC := $(shell command -v musl-gcc || command -v cc || command -v gcc || command -v clang || echo cc)
endif

# ---- flags ----

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
    -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wpointer-arith -Wvla \
    -Wundef -Wformat=2 -Wimplicit-fallthrough $(if $(CI),-Werror)
LANGUAGE := -std=c17 -D_GNU_SOURCE -Isrc -DSWISH_VERSION='"$(VERSION)"' -fno-common \
    -fvisibility=hidden
HARDEN ?= -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
CFLAGS ?= -O2 -g
LDFLAGS ?=

# gcc optimizes the shell as a whole when it is linked. The objects can do without, for the programs
# of the tests.
LTO ?= $(if $(findstring gcc,$(notdir $(CC))),-flto=auto)

ifneq ($(findstring musl,$(CC)),)
MODEL := -fno-pie
LINK := -static -no-pie
else
MODEL := -fPIE
LINK := -pie -Wl,-z,relro,-z,now
endif

# swish-interactive is of the system's libc and, with its headers there, readline (READLINE=0: without).
LIBEXEC = $(PREFIX)/libexec/swish
ifneq ($(findstring musl,$(CC)),)
SYSTEM_CC ?= $(shell command -v cc || command -v gcc || command -v clang || echo cc)
else
READLINE ?= $(shell printf '\043include <stdio.h>\n\043include <readline/readline.h>\n' | \
    $(CC) -E - >/dev/null 2>&1 && echo 1 || echo 0)
LANGUAGE += $(if $(filter 1,$(READLINE)),-DSWISH_READLINE)
# The archives where they are there: a shared library costs up to a millisecond at each start.
archives = $(wildcard $(foreach name,readline tinfo,$(shell $(CC) -print-file-name=lib$(name).a)))
READLINE_LIBS = $(if $(filter 1,$(READLINE)),$(if $(word 2,$(archives)),$(archives),-lreadline))
endif

compile = $(CC) $(LANGUAGE) $(WARNINGS) $(MODEL) $(CFLAGS) $(HARDEN) $(SANITIZE) $(CPPFLAGS)
link_whole = $(CC) $(CFLAGS) $(SANITIZE) $(LINK) $(LDFLAGS) $(LTO)
link = $(CC) $(CFLAGS) $(SANITIZE) $(LINK) $(LDFLAGS) $(if $(LTO),-fno-lto)

# ---- sources ----

FLOORS := base os syntax state expand exec builtin
SOURCES := $(wildcard $(FLOORS:%=src/%/*.c))
HEADERS := $(wildcard $(FLOORS:%=src/%/*.h))
UI_SOURCES := $(filter-out $(if $(filter 0,$(READLINE)),src/ui/editor_readline.c src/ui/readline_%.c),$(wildcard src/ui/*.c))
UI_HEADERS := $(filter-out $(if $(filter 0,$(READLINE)),src/ui/readline.h),$(wildcard src/ui/*.h))
TEST_SOURCES := $(sort $(wildcard tests/*/*.c))
TEST_HEADERS := $(sort $(wildcard tests/*/*.h))
UNITS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c tests/unit/alloc_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
OBJECTS := $(call objects,$(SOURCES))
UI_OBJECTS := $(call objects,$(UI_SOURCES))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
FORCE:
.PHONY: FORCE

# ---- the shell ----

## all: build/swish and build/swish-interactive (what plain `make` does)
.PHONY: all
all: $(BUILD)/swish $(BUILD)/swish-interactive

$(BUILD)/swish: $(BUILD)/src/main.o $(SHELL_OBJECTS) $(EXTRA_OBJECTS) $(BUILD)/libcore.a
	@echo "  LINK  $@"
	@$(link_whole) -o $@ $^ $(LDLIBS)

ifneq ($(findstring musl,$(CC)),)
$(BUILD)/swish-interactive: FORCE
	+@$(MAKE) --no-print-directory VARIANT=system BUILD=$(BUILD)/system CC='$(SYSTEM_CC)' \
	    $(BUILD)/system/swish-interactive
	@cmp -s $(BUILD)/system/swish-interactive $@ || install -m 755 $(BUILD)/system/swish-interactive $@
else
# Its front is found before the core's, which stays in the library.
$(BUILD)/swish-interactive: $(BUILD)/src/main.o $(UI_OBJECTS) $(SHELL_OBJECTS) $(EXTRA_OBJECTS) \
    $(BUILD)/libcore.a $(BUILD)/sources
	@echo "  LINK  $@"
	@$(link) -o $@ $(filter-out $(BUILD)/sources,$^) $(READLINE_LIBS) $(LDLIBS)
endif

$(BUILD)/src/exec/front.o: private CPPFLAGS += -DSWISH_LIBEXEC='"$(LIBEXEC)"'
$(BUILD)/src/exec/front.o: $(BUILD)/prefix
$(BUILD)/prefix: FORCE
	$(call remember,$(PREFIX))

$(BUILD)/libcore.a: $(OBJECTS) $(BUILD)/sources
	@echo "  AR    $@"
	@rm -f $@ && $(AR) rcs $@ $(OBJECTS)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@echo "  CC    $<"
	@mkdir -p $(@D)
	@$(compile) $(if $(filter src/%,$<),$(LTO:%=% -ffat-lto-objects)) -MMD -MP -c -o $@ $<

# Lexer and parser gain by it, the other floors lose.
$(call objects,$(wildcard src/syntax/*.c)): private override CFLAGS := $(CFLAGS:-O2=-O3)

# A changed compiler, flag or list of sources rebuilds what came of it. Suites that build a shell of
# their own (alloc, mutate) take `compile -- link` from the file flags.
remember = @mkdir -p $(@D); printf '%s\n' '$(subst ','\'',$(1))' | cmp -s - $@ || \
    printf '%s\n' '$(subst ','\'',$(1))' >$@

$(BUILD)/flags: FORCE
	$(call remember,$(compile) -- $(link) $(LDLIBS))

$(BUILD)/sources: FORCE
	$(call remember,$(SOURCES) $(UI_SOURCES))

-include $(patsubst %.o,%.d,$(OBJECTS) $(UI_OBJECTS) $(BUILD)/src/main.o $(call objects,$(TEST_SOURCES)))

# ---- variants: build/VARIANT/swish, and make check-VARIANT runs the core suites with it ----

ifndef VARIANT
VARIANTS := asan cover gcc clang
OPTIONS_gcc := CC=gcc
OPTIONS_clang := CC=clang
OPTIONS_asan := CC=gcc CFLAGS='-O1 -g -fno-omit-frame-pointer -fvisibility=default' HARDEN= \
    SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' \
    SHELL_OBJECTS='$(BUILD)/asan/tests/variant/asan.o'
OPTIONS_cover := CC=gcc CFLAGS='-O0 -g --coverage -fprofile-update=atomic' HARDEN= \
    LDFLAGS='-Wl,--wrap=_exit' EXTRA_OBJECTS='$(BUILD)/cover/tests/variant/cover.o'
variant = $(MAKE) --no-print-directory $(PARALLEL) VARIANT=$(1) BUILD=$(BUILD)/$(1) LTO= $(OPTIONS_$(1))

$(VARIANTS:%=$(BUILD)/%/swish): $(BUILD)/%/swish: FORCE
	+@$(call variant,$*) all

.PHONY: $(VARIANTS:%=check-%)
$(VARIANTS:%=check-%): check-%:
	@.ci/deps test
	+@$(call variant,$*) run-tests SUITES='$(CORE_SUITES)'
endif

# With no -j given, as many jobs as there are processors.
PARALLEL = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))
again = $(MAKE) --no-print-directory $(PARALLEL)

# ---- tests: a suite is an executable tests/NAME/run that ends with `NAME: N passed, N failed` ----

CORE_SUITES := unit tree spec
SUITES ?= $(CORE_SUITES) install $(sort $(filter-out $(CORE_SUITES) install, \
    $(patsubst tests/%/run,%,$(wildcard tests/*/run))))

.PHONY: deps deps-test
## deps: installs what the build needs
deps:
	@.ci/deps build

## deps-test: installs what tests and linters need (and the shells to compare with)
deps-test:
	@.ci/deps test

.PHONY: try check check-pty tests run-tests
## try: builds, runs a real pipeline script, and opens the shell on a terminal
try: deps
	+@$(again) all
	@$(BUILD)/swish tests/try
	@printf '\nNext:  make check    and    make install PREFIX=$$HOME/.local\n'
	@if [ -t 0 ] && [ -t 1 ]; then echo 'This is swish; exit leaves it.'; $(BUILD)/swish; fi

## check: runs all tests; the last line is the sum
check:
	@.ci/deps test
	+@$(again) run-tests

## check-asan: the core suites with ASan and UBSan (also check-gcc, check-clang, check-cover)
## check-pty: the tests on a terminal
check-pty:
	@.ci/deps test
	+@$(again) run-tests SUITES=pty

run-tests:
	+@$(again) tests || { echo '0 passed, 1 failed'; exit 1; }
	@CC='$(CC)' BUILD='$(abspath $(BUILD))' SWISH='$(abspath $(BUILD)/swish)' tests/run $(SUITES)

tests: all $(UNITS) $(BUILD)/tree-test $(BUILD)/spec-runner

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/tests/unit/unit.o $(EXTRA_OBJECTS) \
    $(BUILD)/libcore.a
	@echo "  LINK  $@"
	@$(link) $(WRAP) -o $@ $^ $(LDLIBS)

# Of floor 7 what needs no terminal and no readline.
$(BUILD)/libui.a: $(call objects,$(addprefix src/ui/,frame.c manual_text.c render.c word.c))
	@rm -f $@
	@$(AR) rc $@ $^

$(BUILD)/tests/unit/test_ui_%: $(BUILD)/tests/unit/test_ui_%.o $(BUILD)/tests/unit/unit.o $(EXTRA_OBJECTS) \
    $(BUILD)/libui.a $(BUILD)/libcore.a
	@echo "  LINK  $@"
	@$(link) -o $@ $^ $(LDLIBS)

# These tests make allocations fail: they define __wrap_malloc and its kin.
$(BUILD)/tests/unit/alloc_%: WRAP := -Wl,--wrap=malloc,--wrap=realloc,--wrap=calloc

$(BUILD)/tree-test: $(call objects,$(wildcard tests/tree/*.c)) $(EXTRA_OBJECTS) $(BUILD)/libcore.a
	@echo "  LINK  $@"
	@$(link) -o $@ $^ $(LDLIBS)

# The runner itself is not what a sanitizer build is about: forking it there costs most of the time.
$(BUILD)/spec-runner $(call objects,$(wildcard tests/spec/*.c)): private override SANITIZE :=
$(BUILD)/spec-runner: $(call objects,$(wildcard tests/spec/*.c)) $(EXTRA_OBJECTS)
	@echo "  LINK  $@"
	@$(link) -o $@ $^ $(LDLIBS)

.PHONY: compare bench bench-counts bench-results cover fuzz fresh
## compare: where other shells differ from the spec, and why
compare:
	@.ci/deps test
	+@$(again) $(BUILD)/spec-runner
	@$(BUILD)/spec-runner --peers 'dash,bash,mksh,ksh,yash' $(sort $(wildcard tests/spec/*.spec))

## bench: CPU time and memory beside other shells (ROW=NAME: this row; BENCHFLAGS=--help: more)
bench = BUILD='$(abspath $(BUILD))' SWISH='$(abspath $(BUILD)/swish)' tests/bench/bench
bench:
	@.ci/deps test
	+@$(again) all $(BUILD)/bench-floor
	@$(bench) $(BENCHFLAGS)

## bench-counts: rewrites tests/bench/INSTRUCTIONS, what core rows may cost
bench-counts:
	@.ci/deps test
	+@$(again) all
	@$(bench:%/bench=%/counts.py)

## bench-results: rewrites tests/bench/RESULTS.md, the whole benchmark (a quarter of an hour)
bench-results:
	@.ci/deps test
	+@$(again) all $(BUILD)/bench-floor
	@echo "  BENCH $(BUILD)/RESULTS.md"
	@$(bench) --results >$(BUILD)/RESULTS.md && mv $(BUILD)/RESULTS.md tests/bench/RESULTS.md

$(BUILD)/bench-floor: $(call objects,tests/bench/floor.c) $(EXTRA_OBJECTS)
	@echo "  LINK  $@"
	@$(link) -o $@ $^ $(LDLIBS)

## cover: line coverage of each floor under the core suites and those on a terminal
cover:
	@.ci/deps test
	@find $(BUILD)/cover -name '*.gcda' -exec rm -f {} + 2>/dev/null; :
	@$(MAKE) --no-print-directory check-cover CORE_SUITES='$(CORE_SUITES) pty'; status=$$?; \
	    tests/variant/cover $(BUILD)/cover $(SOURCES) && exit $$status

## fuzz: every fuzz target, FUZZ_SECONDS (60) in all
FUZZ_SECONDS ?= 60
fuzz:
	@.ci/deps test
	@$(MAKE) --no-print-directory $(PARALLEL) VARIANT=fuzz BUILD=$(BUILD)/fuzz CC=clang HARDEN= \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer' SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' \
	    fuzzers
	@tests/fuzz/fuzz $(BUILD)/fuzz $(FUZZ_SECONDS)

.PHONY: fuzzers
fuzzers: $(patsubst tests/fuzz/%.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/libcore.a
	@echo "  LINK  $@"
	@$(link) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

## fresh: `make try` and `make check` in a bare Debian of its own (root, debootstrap)
fresh:
	@tests/fresh

# ---- lint ----

STATICS := os/signals.o os/children.o ui/editor_readline.o
LINT_STEPS := format tidy cppcheck floors statics headers man
C_FILES := $(SOURCES) $(UI_SOURCES) src/main.c $(TEST_SOURCES)
H_FILES := $(HEADERS) $(UI_HEADERS) $(TEST_HEADERS)
CLANG_FORMAT ?= $(shell command -v clang-format-14 || echo clang-format)
CLANG_TIDY ?= $(shell command -v clang-tidy-14 || echo clang-tidy)

.PHONY: lint format $(LINT_STEPS:%=lint-%)
## lint: format, clang-tidy, cppcheck, floors, statics, headers, manual page
lint:
	@.ci/deps test
	@+MAKE='$(again) -k' tests/lint/steps $(LINT_STEPS)
	@tests/lint/sizes $(SOURCES) $(UI_SOURCES) src/main.c $(HEADERS) $(UI_HEADERS)

## format: lays out all sources
format:
	@$(CLANG_FORMAT) -i $(C_FILES) $(H_FILES)

lint-format:
	@status=0; for file in $(C_FILES) $(H_FILES); do \
	    $(CLANG_FORMAT) --dry-run -Werror $$file 2>/dev/null || \
	    { echo "$$file: make format would lay it out otherwise"; status=1; }; done; exit $$status

# A stamp for each file, remade when the file, a header of it or the settings changed.
lint-tidy: $(C_FILES:%.c=$(BUILD)/lint/%.tidy)
$(BUILD)/lint/%.tidy: %.c .clang-tidy
	@mkdir -p $(@D)
	@$(if $(filter src/ui/%,$<),$(or $(SYSTEM_CC),$(CC)),$(CC)) $(LANGUAGE) -MM -MP -MT $@ -MF $@.d $<
	@$(CLANG_TIDY) --quiet $< -- $(LANGUAGE) $(filter-out -Werror,$(WARNINGS)) 2>$@.err || \
	    { cat $@.err >&2; exit 1; }
	@touch $@
ifneq ($(filter lint-tidy,$(MAKECMDGOALS)),)
-include $(C_FILES:%.c=$(BUILD)/lint/%.tidy.d)
endif

# Null and unset values are left to clang-tidy, whose analyzer follows paths; cppcheck guesses here.
CPPCHECK_OFF := missingIncludeSystem nullPointerRedundantCheck ctunullpointer ctuuninitvar uninitvar

lint-cppcheck:
	@mkdir -p $(BUILD)/lint/cppcheck
	@cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --error-exitcode=1 $(CPPCHECK_OFF:%=--suppress=%) -j $(JOBS) -D_GNU_SOURCE -Isrc \
	    -DSWISH_VERSION='"$(VERSION)"' '-D_Noreturn=__attribute__((noreturn))' \
	    --cppcheck-build-dir=$(BUILD)/lint/cppcheck $(C_FILES)

lint-floors:
	@awk -f tests/lint/floors.awk src/FLOORS $(SOURCES) $(HEADERS) $(UI_SOURCES) $(UI_HEADERS)

# Floor 7 is built with the system's libc; the rest has no other statics there.
lint-statics: all
	@tests/lint/statics $(BUILD)/src $(STATICS)
	@[ ! -d $(BUILD)/system ] || tests/lint/statics $(BUILD)/system/src $(STATICS)

lint-headers: $(H_FILES:%=$(BUILD)/lint/%.alone)
$(BUILD)/lint/%.alone: % $(HEADERS) $(UI_HEADERS) $(TEST_HEADERS)
	@mkdir -p $(@D)
	@$(if $(filter src/ui/%,$<),$(or $(SYSTEM_CC),$(CC)),$(CC)) $(LANGUAGE) $(WARNINGS) -Werror -fsyntax-only -x c $<
	@touch $@

lint-man:
	@mandoc -Tlint -Wwarning $(wildcard src/man/*.1)

# ---- install, dist ----

BINDIR = $(DESTDIR)$(PREFIX)/bin
LIBEXECDIR = $(DESTDIR)$(LIBEXEC)
MANDIR = $(DESTDIR)$(PREFIX)/share/man/man1
BASHDIR = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
FISHDIR = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
ZSH_FUNCTIONS ?= $(PREFIX)/share/zsh/site-functions
ZSHDIR = $(DESTDIR)$(ZSH_FUNCTIONS)

.PHONY: install uninstall deb dist clean help
## install: puts programs, manual page and completions under DESTDIR and PREFIX (/usr/local)
install: all
	umask 022 && install -d '$(BINDIR)' '$(LIBEXECDIR)' '$(MANDIR)' '$(BASHDIR)' '$(FISHDIR)' '$(ZSHDIR)'
	install -m 755 $(BUILD)/swish '$(BINDIR)/swish'
	install -m 755 $(BUILD)/swish-interactive '$(LIBEXECDIR)/swish-interactive'
	install -m 644 src/man/swish.1 '$(MANDIR)/swish.1'
	install -m 644 src/completion/swish.bash '$(BASHDIR)/swish'
	install -m 644 src/completion/swish.fish '$(FISHDIR)/swish.fish'
	install -m 644 src/completion/_swish '$(ZSHDIR)/_swish'
	@[ -n '$(DESTDIR)' ] || printf '%s\n' '' "To make it somebody's login shell, root names it one first:" \
	    '    add-shell $(PREFIX)/bin/swish' '    chsh -s $(PREFIX)/bin/swish NAME'

## uninstall: takes away what install put there
uninstall:
	rm -f '$(BINDIR)/swish' '$(LIBEXECDIR)/swish-interactive' '$(MANDIR)/swish.1' '$(BASHDIR)/swish' \
	    '$(FISHDIR)/swish.fish' '$(ZSHDIR)/_swish'
	-@rmdir '$(LIBEXECDIR)' 2>/dev/null
	@if grep -qsx '$(PREFIX)/bin/swish' /etc/shells && [ -z '$(DESTDIR)' ]; then \
	    echo 'It is still a login shell; root ends that: remove-shell $(PREFIX)/bin/swish'; fi

## deb: a Debian package, build/swish_VERSION_ARCHITECTURE.deb
# In a copy, for dpkg wants at the top what stands in src/debian; settings of this make are not for it.
DEB_TREE = $(BUILD)/deb/swish-$(VERSION)
deb:
	@.ci/deps deb
	@rm -rf $(BUILD)/deb $(BUILD)/swish_*.deb && mkdir -p $(DEB_TREE)
	@tar -c Makefile src | tar -x -C $(DEB_TREE) && mv $(DEB_TREE)/src/debian $(DEB_TREE)/debian
	@echo "  DEB   $(BUILD)/swish_$(VERSION)_$$(dpkg --print-architecture).deb"
	@cd $(DEB_TREE) && env -i PATH="$$PATH" HOME="$$HOME" \
	    $${SOURCE_DATE_EPOCH:+SOURCE_DATE_EPOCH="$$SOURCE_DATE_EPOCH"} \
	    DEB_BUILD_OPTIONS='noautodbgsym parallel=$(JOBS)' dpkg-buildpackage -d -b -us -uc >../log 2>&1 || \
	    { cat ../log >&2; exit 1; }
	@mv $(BUILD)/deb/swish_*.deb $(BUILD)

## dist: build/swish-VERSION.tar.gz of what is committed
dist:
	@mkdir -p $(BUILD)
	git archive --prefix=swish-$(VERSION)/ -o $(BUILD)/swish-$(VERSION).tar.gz HEAD

## clean: removes build/
clean:
	rm -rf $(BUILD)

help:
	@sed -n 's/^## //p' Makefile | awk -F ': ' '{ printf "  make %-12s %s\n", $$1, $$2 }'
