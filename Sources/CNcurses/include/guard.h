// Signals while the terminal is taken over: they become bytes in a pipe, and a crash gives the
// terminal back before it goes its way.
#ifndef GUARD_H
#define GUARD_H

#include <stdbool.h>

// Remembers the terminal's modes, collects standard error if it is a terminal, catches signals.
bool guard_begin(int input, int output);
// The bytes that a crash has to write. May be called again when they change.
void guard_set_sequence(const char *bytes, int count);
// Puts modes, standard error and signals back. Writes nothing to the terminal but collected errors.
void guard_end(void);

// Waits for input, for a signal or for guard_wake; a negative time waits for ever.
enum { GUARD_INPUT = 1, GUARD_SIGNAL = 2, GUARD_HANG_UP = 4 };
int guard_wait(int milliseconds);
// The next signal that came, 0 for a wake, -1 for none.
int guard_next_signal(void);
// Ends a wait, now or the next one. From any thread.
void guard_wake(void);
// Stops the process as Ctrl-Z does; returns when it is continued.
void guard_stop(void);
// Whether there is nobody at the other end of the terminal.
bool guard_is_hung_up(void);
// Whether a crash has given the terminal back: nothing may be written any more.
bool guard_has_crashed(void);

#endif
