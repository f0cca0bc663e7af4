#include "include/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { SEQUENCE_CAPACITY = 1024, STACK_SIZE = 64 * 1024 };

// A signal handler sees nothing but these.
static struct {
  atomic_bool is_active;
  atomic_bool has_crashed;
  int input, output;
  struct termios modes;
  bool has_modes;
  char sequence[SEQUENCE_CAPACITY];
  atomic_int sequence_length;
  // Standard error goes to `errors`, an unlinked file, and `standard_error` is where it went before.
  int errors, standard_error;
  int pipe_read, pipe_write;
} guard = {.errors = -1, .standard_error = -1, .pipe_read = -1, .pipe_write = -1};

static const int reported[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH};
static const int fatal[] = {SIGSEGV, SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGTRAP, SIGSYS, SIGQUIT};
enum {
  REPORTED = sizeof reported / sizeof *reported,
  FATAL = sizeof fatal / sizeof *fatal,
};
static struct sigaction reported_before[REPORTED];
static struct sigaction fatal_before[FATAL];
// A crash goes on to the handler that was there before: only where a backtrace was asked for.
static bool wants_backtrace;
static char alternate_stack[STACK_SIZE];

// Only async-signal-safe calls from here to on_fatal.

static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (written < 0 && errno != EINTR) {
      return;
    }
  }
}

static void put_errors_back(void) {
  if (guard.standard_error < 0) return;
  dup2(guard.standard_error, STDERR_FILENO);
  char bytes[512];
  off_t position = 0;
  ssize_t count;
  while ((count = pread(guard.errors, bytes, sizeof bytes, position)) > 0) {
    write_all(STDERR_FILENO, bytes, (size_t)count);
    position += count;
  }
}

static void on_fatal(int number) {
  int saved = errno;
  if (atomic_exchange(&guard.is_active, false)) {
    atomic_store(&guard.has_crashed, true);
    write_all(guard.output, guard.sequence, (size_t)atomic_load(&guard.sequence_length));
    if (guard.has_modes) {
      // From a process group in the background this would stop the process instead.
      signal(SIGTTOU, SIG_IGN);
      tcsetattr(guard.input, TCSANOW, &guard.modes);
    }
    put_errors_back();
  }
  struct sigaction next;
  memset(&next, 0, sizeof next);
  next.sa_handler = SIG_DFL;
  for (int i = 0; i < FATAL; i++) {
    if (fatal[i] == number && wants_backtrace) next = fatal_before[i];
  }
  sigaction(number, &next, NULL);
  errno = saved;
  // Blocked until this handler returns, then delivered.
  raise(number);
}

static void on_reported(int number) {
  int saved = errno;
  char byte = (char)number;
  // A full pipe already holds enough to end the wait.
  ssize_t ignored = write(guard.pipe_write, &byte, 1);
  (void)ignored;
  errno = saved;
}

static void catch(const int *numbers, int count, struct sigaction *before, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < count; i++) {
    sigaction(numbers[i], NULL, &before[i]);
    // What the parent wants ignored (nohup) stays ignored.
    if (before[i].sa_handler != SIG_IGN) sigaction(numbers[i], &action, NULL);
  }
}

static void give_stack(void) {
  stack_t present;
  if (sigaltstack(NULL, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
  stack_t own;
  memset(&own, 0, sizeof own);
  own.ss_sp = alternate_stack;
  own.ss_size = sizeof alternate_stack;
  sigaltstack(&own, NULL);
}

static void collect_errors(void) {
  guard.errors = guard.standard_error = -1;
  if (!isatty(STDERR_FILENO)) return;
  const char *folder = getenv("TMPDIR");
  char path[512] = "/tmp";
  static const char name[] = "/footlights-XXXXXX";
  if (folder && folder[0] == '/' && strlen(folder) + sizeof name < sizeof path) strcpy(path, folder);
  strcat(path, name);
  guard.errors = mkstemp(path);
  if (guard.errors < 0) return;
  unlink(path);
  fcntl(guard.errors, F_SETFD, FD_CLOEXEC);
  guard.standard_error = dup(STDERR_FILENO);
  if (guard.standard_error < 0) {
    close(guard.errors);
    return;
  }
  fcntl(guard.standard_error, F_SETFD, FD_CLOEXEC);
  dup2(guard.errors, STDERR_FILENO);
}

bool guard_begin(int input, int output) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  guard.pipe_read = ends[0];
  guard.pipe_write = ends[1];
  guard.input = input;
  guard.output = output;
  guard.has_modes = tcgetattr(input, &guard.modes) == 0;
  atomic_store(&guard.sequence_length, 0);
  wants_backtrace = getenv("SWIFT_BACKTRACE") != NULL;
  collect_errors();
  give_stack();
  catch(reported, REPORTED, reported_before, on_reported, SA_RESTART);
  catch(fatal, FATAL, fatal_before, on_fatal, SA_ONSTACK);
  atomic_store(&guard.is_active, true);
  return true;
}

void guard_set_sequence(const char *bytes, int count) {
  if (count < 0 || count > SEQUENCE_CAPACITY) return;
  atomic_store(&guard.sequence_length, 0);
  memcpy(guard.sequence, bytes, (size_t)count);
  atomic_store(&guard.sequence_length, count);
}

void guard_end(void) {
  if (!atomic_exchange(&guard.is_active, false)) return;
  if (guard.has_modes) tcsetattr(guard.input, TCSANOW, &guard.modes);
  put_errors_back();
  if (guard.standard_error >= 0) {
    close(guard.standard_error);
    close(guard.errors);
    guard.standard_error = guard.errors = -1;
  }
  for (int i = 0; i < REPORTED; i++) sigaction(reported[i], &reported_before[i], NULL);
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &fatal_before[i], NULL);
  // The pipe stays open: another thread may be about to wake this one.
}

int guard_wait(int milliseconds) {
  struct pollfd polled[2] = {
    {.fd = guard.input, .events = POLLIN}, {.fd = guard.pipe_read, .events = POLLIN}};
  if (poll(polled, 2, milliseconds) <= 0) return 0;
  int found = 0;
  if (polled[0].revents & (POLLHUP | POLLERR | POLLNVAL)) found |= GUARD_HANG_UP;
  if (polled[0].revents & POLLIN) found |= GUARD_INPUT;
  if (polled[1].revents & POLLIN) found |= GUARD_SIGNAL;
  return found;
}

int guard_next_signal(void) {
  unsigned char byte;
  return read(guard.pipe_read, &byte, 1) == 1 ? byte : -1;
}

void guard_wake(void) {
  if (guard.pipe_write < 0) return;
  char byte = 0;
  ssize_t ignored = write(guard.pipe_write, &byte, 1);
  (void)ignored;
}

void guard_stop(void) {
  struct sigaction stop, before;
  memset(&stop, 0, sizeof stop);
  stop.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &stop, &before);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &before, NULL);
}

bool guard_is_hung_up(void) {
  struct pollfd polled = {.fd = guard.input, .events = POLLIN};
  if (poll(&polled, 1, 0) <= 0) return false;
  if (polled.revents & (POLLHUP | POLLERR | POLLNVAL)) return true;
  // Readable without a byte to read is the end of the input.
  int waiting = 0;
  return (polled.revents & POLLIN) && ioctl(guard.input, FIONREAD, &waiting) == 0 && waiting == 0;
}

bool guard_has_crashed(void) { return atomic_load(&guard.has_crashed); }
