#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include <ncurses.h>
#include <term.h>

#include "include/cncurses.h"

static SCREEN *screen;
// Read from, never drawn: reading from a window on the screen would refresh it.
static WINDOW *keyboard;
static FILE *input_stream, *output_stream;
static bool has_default_colors, uses_mouse;

static bool is_utf8(void) { return strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0; }

bool screen_set_locale(void) {
  if (setlocale(LC_CTYPE, "") != NULL) return is_utf8();
  // The locale asked for is not installed; its character set may still be at hand.
  const char *names[] = {getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")};
  for (int i = 0; i < 3; i++) {
    if (names[i] == NULL || names[i][0] == 0) continue;
    bool asks = strstr(names[i], "UTF-8") || strstr(names[i], "utf8") || strstr(names[i], "UTF8");
    return asks && setlocale(LC_CTYPE, "C.UTF-8") != NULL && is_utf8();
  }
  return false;
}

static void close_streams(void) {
  if (input_stream) fclose(input_stream);
  if (output_stream) fclose(output_stream);
  input_stream = output_stream = NULL;
}

static FILE *stream(int descriptor, const char *mode) {
  int copy = dup(descriptor);
  return copy < 0 ? NULL : fdopen(copy, mode);
}

static bool create_screen(const char *name, const char *description) {
  const char *folder = getenv("TERMINFO");
  char *before = folder ? strdup(folder) : NULL;
  if (description) setenv("TERMINFO", description, 1);
  screen = newterm(name, output_stream, input_stream);
  if (description && before) setenv("TERMINFO", before, 1);
  if (description && !before) unsetenv("TERMINFO");
  free(before);
  return screen != NULL;
}

// Raw, but Ctrl-C, Ctrl-Z and Ctrl-\ stay signals, so that they work whatever the program does.
static void set_modes(int input) {
  raw();
  noecho();
  nonl();
  struct termios modes;
  if (tcgetattr(input, &modes) != 0) return;
  modes.c_lflag |= ISIG;
  tcsetattr(input, TCSANOW, &modes);
  def_prog_mode();
}

// Both forms of a cursor key: some terminals send one whatever mode was asked for.
static void define_keys(void) {
  static const struct { const char *sequence; int key; } keys[] = {
    {"\033[A", KEY_UP}, {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
    {"\033OA", KEY_UP}, {"\033OB", KEY_DOWN}, {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
    {"\033[H", KEY_HOME}, {"\033[F", KEY_END}, {"\033OH", KEY_HOME}, {"\033OF", KEY_END},
    {"\033[1~", KEY_HOME}, {"\033[4~", KEY_END}, {"\033[Z", KEY_BTAB}, {"\033[3~", KEY_DC},
    {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033OM", KEY_ENTER},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (key_defined(keys[i].sequence) == 0) define_key(keys[i].sequence, keys[i].key);
  }
}

static void start_mouse(void) {
  mmask_t events = BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON1_CLICKED | BUTTON4_PRESSED;
#ifdef BUTTON5_PRESSED
  events |= BUTTON5_PRESSED;
#endif
  mouseinterval(0);
  mousemask(events, NULL);
}

bool screen_open(
  const char *name, const char *description, int input, int output, bool color, bool mouse) {
  input_stream = stream(input, "r");
  output_stream = stream(output, "w");
  if (!input_stream || !output_stream || !create_screen(name, description)) {
    close_streams();
    return false;
  }
  set_modes(input);
  keyboard = newpad(1, 1);
  keypad(keyboard, TRUE);
  keypad(stdscr, TRUE);
  nodelay(keyboard, TRUE);
  set_escdelay(25);
  define_keys();
  // Input must not cut an update short.
  typeahead(-1);
  curs_set(0);
  leaveok(stdscr, TRUE);
  has_default_colors = color && has_colors() && start_color() == OK && use_default_colors() == OK;
  uses_mouse = mouse;
  if (mouse) start_mouse();
  screen_update_size(output);
  return true;
}

void screen_close(void) {
  if (!screen) return;
  endwin();
  if (keyboard) delwin(keyboard);
  delscreen(screen);
  keyboard = NULL;
  screen = NULL;
  close_streams();
}

void screen_leave(void) { endwin(); }

void screen_repaint(void) {
  clearok(curscr, TRUE);
  touchwin(stdscr);
}

int screen_colors(void) { return has_colors() ? COLORS : 0; }
int screen_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }
bool screen_has_default_colors(void) { return has_default_colors; }

static char *collected;
static int collected_count, collected_capacity;

static int collect(int byte) {
  if (collected_count < collected_capacity) collected[collected_count] = (char)byte;
  collected_count++;
  return byte;
}

static void collect_capability(const char *name) {
  char *value = tigetstr((char *)name);
  if (value && value != (char *)-1) tputs(value, 1, collect);
}

int screen_restore_sequence(char *buffer, int capacity) {
  collected = buffer;
  collected_count = 0;
  collected_capacity = capacity;
  static const char mouse_off[] = "\033[?1000l\033[?1006l";
  if (uses_mouse && has_mouse()) {
    for (const char *c = mouse_off; *c; c++) collect(*c);
  }
  collect_capability("sgr0");
  collect_capability("op");
  collect_capability("rmkx");
  collect_capability("cnorm");
  // The last row, for terminals without a second screen to come back from.
  char *move = tigetstr("cup");
  if (move && move != (char *)-1) tputs(tparm(move, (long)LINES - 1, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), 1, collect);
  collect_capability("rmcup");
  collect('\r');
  return collected_count <= capacity ? collected_count : 0;
}

void screen_update_size(int output) {
  struct winsize size;
  if (ioctl(output, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  if (size.ws_row != LINES || size.ws_col != COLS) resize_term(size.ws_row, size.ws_col);
}

int screen_rows(void) { return LINES; }
int screen_columns(void) { return COLS; }

bool screen_define_pair(int pair, int foreground, int background) {
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS >= 20180127
  return init_extended_pair(pair, foreground, background) == OK;
#else
  return init_pair((short)pair, (short)foreground, (short)background) == OK;
#endif
}

static attr_t attributes_of(uint32_t attributes) {
  attr_t result = A_NORMAL;
  if (attributes & SCREEN_BOLD) result |= A_BOLD;
  if (attributes & SCREEN_DIM) result |= A_DIM;
  if (attributes & SCREEN_UNDERLINE) result |= A_UNDERLINE;
  if (attributes & SCREEN_REVERSE) result |= A_REVERSE;
  return result;
}

static void set_cell(cchar_t *target, const screen_cell *cell) {
  // What does not fill exactly one column would shift the rest of the row.
  wchar_t text[2] = {(wchar_t)cell->scalar, 0};
  if (text[0] < 32 || wcwidth(text[0]) != 1) text[0] = '?';
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS >= 20180127
  int pair = cell->pair;
  setcchar(target, text, attributes_of(cell->attributes), (short)0, &pair);
#else
  setcchar(target, text, attributes_of(cell->attributes), (short)cell->pair, NULL);
#endif
}

void screen_put(int y, int x, const screen_cell *cells, int count) {
  enum { CHUNK = 128 };
  cchar_t chunk[CHUNK];
  for (int start = 0; start < count; start += CHUNK) {
    int some = count - start < CHUNK ? count - start : CHUNK;
    for (int i = 0; i < some; i++) set_cell(&chunk[i], &cells[start + i]);
    mvadd_wchnstr(y, x + start, chunk, some);
  }
}

void screen_erase(void) { erase(); }

void screen_flush(void) {
  if (!guard_has_crashed()) refresh();
}

static int translate(int key) {
  if (key >= KEY_F(1) && key <= KEY_F(63)) return SCREEN_KEY_FUNCTION + (key - KEY_F(0));
  switch (key) {
    case KEY_UP: return SCREEN_KEY_UP;
    case KEY_DOWN: return SCREEN_KEY_DOWN;
    case KEY_LEFT: return SCREEN_KEY_LEFT;
    case KEY_RIGHT: return SCREEN_KEY_RIGHT;
    case KEY_ENTER: return SCREEN_KEY_ENTER;
    case KEY_BACKSPACE: return SCREEN_KEY_BACKSPACE;
    case KEY_DC: return SCREEN_KEY_DELETE;
    case KEY_HOME: return SCREEN_KEY_HOME;
    case KEY_END: return SCREEN_KEY_END;
    case KEY_PPAGE: return SCREEN_KEY_PAGE_UP;
    case KEY_NPAGE: return SCREEN_KEY_PAGE_DOWN;
    case KEY_BTAB: return SCREEN_KEY_BACK_TAB;
    default: return SCREEN_KEY_OTHER;
  }
}

static screen_mouse_kind mouse_kind(mmask_t state) {
  if (state & BUTTON4_PRESSED) return SCREEN_MOUSE_WHEEL_UP;
#ifdef BUTTON5_PRESSED
  if (state & BUTTON5_PRESSED) return SCREEN_MOUSE_WHEEL_DOWN;
#endif
  if (state & BUTTON1_CLICKED) return SCREEN_MOUSE_CLICK;
  if (state & BUTTON1_PRESSED) return SCREEN_MOUSE_PRESS;
  if (state & BUTTON1_RELEASED) return SCREEN_MOUSE_RELEASE;
  return SCREEN_MOUSE_OTHER;
}

screen_input screen_read(void) {
  screen_input found = {.kind = SCREEN_INPUT_NONE};
  int key = wgetch(keyboard);
  if (key == ERR) return found;
  if (key < 256) {
    found.kind = SCREEN_INPUT_BYTE;
    found.value = key;
  } else if (key == KEY_MOUSE) {
    MEVENT event;
    found.kind = SCREEN_INPUT_MOUSE;
    if (getmouse(&event) != OK) return found;
    found.x = event.x;
    found.y = event.y;
    found.mouse = mouse_kind(event.bstate);
  } else {
    found.kind = SCREEN_INPUT_KEY;
    found.value = translate(key);
  }
  return found;
}
