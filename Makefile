# Footlights. `make run` and `make test` each work in a fresh clone; `make help` lists the rest.
.POSIX:

PREFIX = /usr/local
DESTDIR =
# What `make run` hands to the program: make run ARGS="train --env CartPole-v1"
ARGS =
# What `make test` hands to swift test: make test TESTS="--filter EstimatorsTests"
TESTS =

SWIFT_FILES = Sources Tests assets Package.swift

help:
	@echo 'make run      build what is needed and open the stage (ARGS="train --env Maze/corridor")'
	@echo 'make test     run the tests (TESTS="--filter EstimatorsTests")'
	@echo 'make check    everything a change must pass: lint, limits, thread sanitizer, tests'
	@echo 'make install  install the program under PREFIX (/usr/local; DESTDIR is honoured)'
	@echo 'make bench    measure training throughput (ROUNDS=5)'
	@echo 'make format   format the sources'
	@echo 'make clean    remove everything that was built'

run: bootstrap
	@swift build -c release --product footlights >&2
	@.build/release/footlights $(ARGS)

# Optimised, because tests train agents; in a folder of its own, because tests may look inside modules
# and the program is built without that.
test: bootstrap
	swift test -c release --disable-xctest --scratch-path .build-test $(TESTS)

# The tests stand last, so that their summary ends the report.
check: lint limits thread-sanitizer test
	@echo 'make check: lint, limits, imports, thread sanitizer and tests passed'

lint: bootstrap
	swift format lint --strict --parallel -r $(SWIFT_FILES)

limits:
	sh Scripts/limits

thread-sanitizer: bootstrap
	sh Scripts/thread-sanitizer

format:
	swift format -i --parallel -r $(SWIFT_FILES)

bench: bootstrap
	@sh Scripts/bench

install: bootstrap
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' sh Scripts/install

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/footlights'

bootstrap:
	@sh Scripts/bootstrap

clean:
	rm -rf .build .build-test .build-tsan .build-install

.PHONY: help run test check lint limits thread-sanitizer format bench install uninstall bootstrap clean
