# migstat: build, demonstrate, check, install. `make help` lists what there is.

VERSION := 0.1.0
SOVERSION := 0
BUILD ?= build
prefix ?= /usr/local
bindir ?= $(prefix)/bin
libdir ?= $(prefix)/lib
includedir ?= $(prefix)/include
datadir ?= $(prefix)/share
mandir ?= $(datadir)/man

ifeq ($(origin CC),default)
CC := gcc
endif
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CFLAGS ?= -O2 -g
CPPFLAGS ?=
LDFLAGS ?=
ALL_CFLAGS := -std=c11 -pthread -fPIC -fvisibility=hidden $(WARNINGS) $(CFLAGS) $(SANITIZE)
ALL_CPPFLAGS := -D_POSIX_C_SOURCE=200809L -DMIG_VERSION='"$(VERSION)"' -Ilib $(CPPFLAGS)
ALL_LDFLAGS := -pthread $(LDFLAGS) $(SANITIZE)
LIBRARIES := -lgsl -lgslcblas -lcsv -ljansson -lRmath -lutf8proc -lgmp -lz -lm
# A command needs a few pages of GSL, whose shared library is large: where there is an archive, it is linked in.
GSL_ARCHIVES := $(wildcard $(foreach name,gsl gslcblas,$(shell $(CC) -print-file-name=lib$(name).a)))
COMMAND_LIBRARIES := $(if $(GSL_ARCHIVES),$(GSL_ARCHIVES) $(filter-out -lgsl%,$(LIBRARIES)),$(LIBRARIES))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

# Everything is found by wildcard: a new file in its folder is all that a new part needs.
LIB_SOURCES := $(filter-out lib/cli/%,$(wildcard lib/*/*.c))
CLI_SOURCES := $(wildcard lib/cli/*.c)
TOOLS := $(patsubst tools/%.c,%,$(wildcard tools/mig-*.c))
TEST_SOURCES := $(wildcard tests/unit/*.c tests/numbers/*.c tests/property/*.c)
TEST_PROGRAMS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_SOURCES))
BENCH_PROGRAMS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
# base/i18n.h defines _() for the library's own sources; a program has its own.
PUBLIC_HEADERS := $(filter-out %-internal.h %-inline.h lib/base/i18n.h,$(wildcard lib/migstat.h \
    $(addprefix lib/,$(addsuffix /*.h,base input table place stats evidence output))))
LANGUAGES := $(patsubst po/%.po,%,$(wildcard po/*.po))

object = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LIB_OBJECTS := $(call object,$(LIB_SOURCES))
CLI_OBJECTS := $(call object,$(CLI_SOURCES))
ARCHIVE := $(BUILD)/lib/libmigstat.a
SHARED := $(BUILD)/lib/libmigstat.so.$(VERSION)
PROGRAMS := $(addprefix $(BUILD)/bin/,$(TOOLS))
CATALOGUES := $(LANGUAGES:%=$(BUILD)/share/locale/%/LC_MESSAGES/migstat.mo)
TABLES := $(BUILD)/share/migstat/places.csv $(BUILD)/share/migstat/countries.csv
MANUALS := $(TOOLS:%=$(BUILD)/man/%.1)

all: $(PROGRAMS) $(ARCHIVE) $(SHARED) $(BUILD)/lib/migstat.pc $(CATALOGUES) $(MANUALS) $(TABLES)

# A change of compiler or flags rebuilds what it touches.
FLAGS := $(CC) $(ALL_CFLAGS) $(ALL_CPPFLAGS) $(ALL_LDFLAGS)
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(FLAGS))' | cmp -s - $@ || echo '$(subst ','\'',$(FLAGS))' > $@

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -MT $@ -c -o $@ $<

$(ARCHIVE): $(LIB_OBJECTS)
	@mkdir -p $(@D)
	rm -f $@
	ar rcs $@ $^

$(SHARED): $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(CC) -shared -Wl,-soname,libmigstat.so.$(SOVERSION) -Wl,--no-undefined -Wl,--as-needed \
	    $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES)
	ln -sf $(@F) $(BUILD)/lib/libmigstat.so.$(SOVERSION)
	ln -sf libmigstat.so.$(SOVERSION) $(BUILD)/lib/libmigstat.so

$(BUILD)/lib/libmigcli.a: $(CLI_OBJECTS)
	@mkdir -p $(@D)
	rm -f $@
	ar rcs $@ $^

$(BUILD)/bin/%: $(BUILD)/obj/tools/%.o $(BUILD)/lib/libmigcli.a $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -Wl,--as-needed -o $@ $^ $(COMMAND_LIBRARIES)

$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/lib/libmigcli.a $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -Wl,--as-needed -o $@ $^ $(LIBRARIES) -lcmocka

# Messages: po/*.po are the catalogues, build/migstat.pot the template.
$(BUILD)/share/locale/%/LC_MESSAGES/migstat.mo: po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

# The tables of places stand where a command finds them, beside it as when installed.
$(BUILD)/share/migstat/%.csv: datasets/mali/%.csv
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/share/migstat/%.csv: datasets/%.csv
	@mkdir -p $(@D)
	cp $< $@

# A manual page is printed by its command from the table that also feeds --help, with the prose of docs/man.
$(BUILD)/man/%.1: $(BUILD)/bin/% docs/man/%.roff
	@mkdir -p $(@D)
	$< --man=docs/man/$*.roff > $@

$(BUILD)/lib/migstat.pc: Makefile $(BUILD)/prefix
	@mkdir -p $(@D)
	@printf '%s\n' 'prefix=$(prefix)' 'libdir=$(libdir)' 'includedir=$(includedir)' '' \
	    'Name: migstat' 'Description: statistics for migration data' 'Version: $(VERSION)' \
	    'Requires.private: gsl zlib' 'Libs: -L$${libdir} -lmigstat' \
	    'Libs.private: $(LIBRARIES) -pthread' 'Cflags: -I$${includedir}' > $@

# A change of prefix rewrites migstat.pc.
$(BUILD)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(prefix) $(libdir) $(includedir)' | cmp -s - $@ || echo '$(prefix) $(libdir) $(includedir)' > $@

PACKAGES := pkg-config gettext libgsl-dev libcsv-dev libjansson-dev r-mathlib libutf8proc-dev libgmp-dev zlib1g-dev \
    libcmocka-dev man-db groff-base locales parallel
# For the tests of docs/scale.md, which start servers of their own.
SERVERS := openssh-client openssh-server munge slurmctld slurmd slurm-client

# ---- what users call -------------------------------------------------------------------------------------

packages:
	@echo $(PACKAGES)

deps: ## install the Debian packages that are missing (root or sudo; otherwise prints the line to run)
	@tests/deps.sh $(PACKAGES)

deps-servers: ## the same for the servers that tests start: sshd, Slurm (installing them may start services)
	@tests/deps.sh $(SERVERS)

demo: deps ## build, and run the main job on the shipped data of Mali
	@$(MAKE) --no-print-directory -s BUILD=$(BUILD) all
	@BUILD=$(BUILD) tests/demo.sh

check: deps ## build and pass all tests
	@tests/deps.sh --servers $(SERVERS)
	@$(MAKE) --no-print-directory BUILD=$(BUILD) all tests
	@CC='$(CC)' SANITIZE='$(SANITIZE)' BUILD=$(BUILD) tests/run.sh

tests: $(TEST_PROGRAMS) $(BENCH_PROGRAMS) $(BUILD)/tests/coverage/report ## build the test programs

check-asan: ## all tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory check BUILD=$(BUILD)/asan CFLAGS='-O1 -g -fno-omit-frame-pointer' \
	    SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all'

check-valgrind: all tests ## the unit tests under valgrind
	@for t in $(TEST_PROGRAMS); do \
	    valgrind -q --error-exitcode=9 --leak-check=full $$t >/dev/null || exit 1; done; echo 'no faults'

check-lanes: $(BUILD)/tests/property/lanes ## read every file below FILES in both lanes of the reader, and compare
	@find $(or $(FILES),datasets) -type f | sort | $< -

install: all ## install below DESTDIR and prefix
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(libdir)/pkgconfig $(DESTDIR)$(mandir)/man1
	install $(PROGRAMS) $(DESTDIR)$(bindir)
	install -m 644 $(ARCHIVE) $(SHARED) $(DESTDIR)$(libdir)
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(libdir)/libmigstat.so.$(SOVERSION)
	ln -sf libmigstat.so.$(SOVERSION) $(DESTDIR)$(libdir)/libmigstat.so
	install -m 644 $(BUILD)/lib/migstat.pc $(DESTDIR)$(libdir)/pkgconfig
	install -m 644 $(MANUALS) $(DESTDIR)$(mandir)/man1
	install -d $(DESTDIR)$(datadir)/migstat
	install -m 644 $(TABLES) $(DESTDIR)$(datadir)/migstat
	for h in $(PUBLIC_HEADERS:lib/%=%); do \
	    install -D -m 644 lib/$$h $(DESTDIR)$(includedir)/migstat/$$h || exit 1; done
	for l in $(LANGUAGES); do \
	    install -D -m 644 $(BUILD)/share/locale/$$l/LC_MESSAGES/migstat.mo \
	        $(DESTDIR)$(datadir)/locale/$$l/LC_MESSAGES/migstat.mo || exit 1; done

uninstall: ## remove what install put there
	rm -f $(TOOLS:%=$(DESTDIR)$(bindir)/%) $(TOOLS:%=$(DESTDIR)$(mandir)/man1/%.1) \
	    $(DESTDIR)$(libdir)/libmigstat.* $(DESTDIR)$(libdir)/pkgconfig/migstat.pc \
	    $(LANGUAGES:%=$(DESTDIR)$(datadir)/locale/%/LC_MESSAGES/migstat.mo)
	rm -rf $(DESTDIR)$(includedir)/migstat $(DESTDIR)$(datadir)/migstat

NOTEBOOKS := $(patsubst notebooks-c/%.c,%,$(wildcard notebooks-c/*.c))
notebooks: $(NOTEBOOKS:%=$(BUILD)/notebooks/%) ## run the C notebooks, compare with their committed output, weave both
	@for n in $(NOTEBOOKS); do out=$(BUILD)/notebooks/$$n; \
	    (cd notebooks-c && $(abspath $(BUILD))/notebooks/$$n) > $$out.out && \
	    diff -u notebooks-c/$$n.out $$out.out && \
	    notebooks-c/weave.sh notebooks-c/$$n.c $$out.out > $$out.md || exit 1; \
	    echo "notebooks-c/$$n.out is what the notebook prints; $$out.md shows it cell by cell"; done

# Notebooks include <migstat/...>, as programs do where migstat is installed.
$(BUILD)/obj/notebooks-c/%.o: ALL_CPPFLAGS += -I$(BUILD)/include
$(BUILD)/obj/notebooks-c/%.o: notebooks-c/%.c $(BUILD)/flags | $(BUILD)/include/migstat
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -MT $@ -c -o $@ $<

$(BUILD)/include/migstat:
	@mkdir -p $(@D)
	ln -sfn $(CURDIR)/lib $@

$(BUILD)/notebooks/%: $(BUILD)/obj/notebooks-c/%.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -Wl,--as-needed -o $@ $^ $(LIBRARIES)

pot: $(BUILD)/migstat.pot ## collect the messages, and bring the catalogues up to date
	for l in $(LANGUAGES); do msgmerge --quiet --update --backup=none --no-wrap po/$$l.po $<; done

$(BUILD)/migstat.pot: FORCE
	@mkdir -p $(@D)
	xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --add-comments=translators --no-wrap \
	    --sort-by-file --package-name=migstat -o $@ $(sort $(wildcard lib/*/*.c lib/*/*.h tools/*.c))

FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*.c))
FUZZ_SECONDS ?= 60
fuzz: $(FUZZERS) ## run every fuzz harness for FUZZ_SECONDS (needs clang)
	@for f in $(FUZZERS); do $$f -max_total_time=$(FUZZ_SECONDS) -verbosity=0 || exit 1; done; echo 'no faults'

$(BUILD)/fuzz/%: tests/fuzz/%.c $(LIB_SOURCES)
	@mkdir -p $(@D)
	clang $(ALL_CPPFLAGS) -std=c11 -pthread -O1 -g -fsanitize=fuzzer,address,undefined \
	    -fno-sanitize-recover=all -o $@ $^ $(LIBRARIES)

COVERAGE := $(BUILD)/coverage
coverage: $(BUILD)/tests/coverage/report ## what the intervals really cover, beside published figures: a report and a table to plot
	@mkdir -p $(COVERAGE)
	@$< $(COVERAGE)/coverage.csv $(COVERAGE)/coverage.md
	@cat $(COVERAGE)/coverage.md; echo; echo 'every point: $(COVERAGE)/coverage.csv'

bench: all $(BENCH_PROGRAMS) ## time the commands beside their rivals, where installed (DuckDB, data.table, Miller ...)
	@BUILD=$(BUILD) tests/bench/run.sh

$(BENCH_PROGRAMS): $(BUILD)/tests/bench/%: $(BUILD)/obj/tests/bench/%.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -Wl,--as-needed -o $@ $^ $(LIBRARIES)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 24

clean: ## remove everything that was built
	rm -rf $(BUILD)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

.PHONY: all packages FORCE clean coverage deps deps-servers demo check tests check-asan check-valgrind check-lanes install uninstall notebooks pot fuzz bench help
FORCE:

# Keep objects: a second make compiles nothing.
.SECONDARY:
