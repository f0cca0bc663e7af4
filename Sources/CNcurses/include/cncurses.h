// What Footlights uses of ncurses, as plain C.
//
// <ncurses.h> is macros, variadic functions and shared globals, which Swift cannot name; it is
// included in the .c files only, so that its wide-character switches are set in one place.
// Every function here but those of guard.h is to be called on the main thread.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stdint.h>

#include "guard.h"

// Attributes of a cell, to be combined.
enum {
  SCREEN_BOLD = 1,
  SCREEN_DIM = 2,
  SCREEN_UNDERLINE = 4,
  SCREEN_REVERSE = 8,
};

// One column of the screen.
typedef struct {
  uint32_t scalar;
  int32_t pair;
  uint32_t attributes;
} screen_cell;

// What was found of a terminal type.
typedef enum {
  SCREEN_TYPE_USABLE,
  SCREEN_TYPE_UNKNOWN,
  SCREEN_TYPE_NO_CURSOR_MOVEMENT,
  SCREEN_TYPE_NO_DATABASE,
} screen_type_status;

// Looks a terminal type up; prints nothing. `colors` becomes its number of colours.
screen_type_status screen_check_type(const char *name, int *colors);

// Whether this ncurses can hold red, green and blue in a colour number.
bool screen_has_wide_colors(void);

// A description of the last type checked with another number of colours (16, 256 or 1 << 24), set by the
// usual SGR sequences, in the form ncurses takes from TERMINFO. To be freed; NULL when it cannot be made.
char *screen_description(const char *name, int colors);

// Chooses the character set of the environment. Whether it is UTF-8.
bool screen_set_locale(void);

// Takes the terminal over. `description` is from screen_description or NULL. Returns false when it cannot.
bool screen_open(
  const char *name, const char *description, int input, int output, bool color, bool mouse);
// Gives the terminal back.
void screen_close(void);
// Gives the terminal back for a while; screen_repaint takes it over again.
void screen_leave(void);
// Makes the next flush write everything again, and takes the terminal over again after screen_leave.
void screen_repaint(void);

int screen_colors(void);
int screen_pairs(void);
bool screen_has_default_colors(void);
// The control sequences that undo what was done to the terminal; their number of bytes.
int screen_restore_sequence(char *buffer, int capacity);

// Asks the terminal for its size and takes it on.
void screen_update_size(int output);
int screen_rows(void);
int screen_columns(void);

bool screen_define_pair(int pair, int foreground, int background);
// Cells of one row, from column x.
void screen_put(int y, int x, const screen_cell *cells, int count);
void screen_erase(void);
// Writes what has changed.
void screen_flush(void);

// What was pressed.
typedef enum {
  SCREEN_INPUT_NONE,
  // `value` is a byte of text.
  SCREEN_INPUT_BYTE,
  // `value` is one of screen_key.
  SCREEN_INPUT_KEY,
  SCREEN_INPUT_MOUSE,
} screen_input_kind;

typedef enum {
  SCREEN_KEY_UP,
  SCREEN_KEY_DOWN,
  SCREEN_KEY_LEFT,
  SCREEN_KEY_RIGHT,
  SCREEN_KEY_ENTER,
  SCREEN_KEY_BACKSPACE,
  SCREEN_KEY_DELETE,
  SCREEN_KEY_HOME,
  SCREEN_KEY_END,
  SCREEN_KEY_PAGE_UP,
  SCREEN_KEY_PAGE_DOWN,
  SCREEN_KEY_BACK_TAB,
  SCREEN_KEY_OTHER,
  // SCREEN_KEY_FUNCTION + n is F<n>.
  SCREEN_KEY_FUNCTION = 100,
} screen_key;

typedef enum {
  SCREEN_MOUSE_OTHER,
  SCREEN_MOUSE_PRESS,
  SCREEN_MOUSE_RELEASE,
  // Press and release arrived together.
  SCREEN_MOUSE_CLICK,
  SCREEN_MOUSE_WHEEL_UP,
  SCREEN_MOUSE_WHEEL_DOWN,
} screen_mouse_kind;

typedef struct {
  screen_input_kind kind;
  int value;
  int x, y;
  screen_mouse_kind mouse;
} screen_input;

// The next input that is there already; never waits longer than it takes to tell Escape from a sequence.
screen_input screen_read(void);

#endif
