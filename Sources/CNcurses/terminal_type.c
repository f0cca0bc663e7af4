#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ncurses.h>
#include <term.h>

#include "include/cncurses.h"

screen_type_status screen_check_type(const char *name, int *colors) {
  int status = 0;
  *colors = 0;
  // ncurses takes a longer name for a missing database.
  if (strlen(name) > 255) return SCREEN_TYPE_UNKNOWN;
  if (setupterm(name, 1, &status) != OK) {
    return status < 0 ? SCREEN_TYPE_NO_DATABASE : SCREEN_TYPE_UNKNOWN;
  }
  const char *move = tigetstr("cup");
  if (move == NULL || move == (char *)-1 || tigetflag("hc") > 0) {
    return SCREEN_TYPE_NO_CURSOR_MOVEMENT;
  }
  int count = tigetnum("colors");
  *colors = count > 0 ? count : 0;
  return SCREEN_TYPE_USABLE;
}

bool screen_has_wide_colors(void) {
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS >= 20180127
  return true;
#else
  return false;
#endif
}

// A compiled description under construction: term(5), "Extended number format".
typedef struct {
  unsigned char bytes[32768];
  size_t count;
} description;

static void put(description *d, const void *bytes, size_t count) {
  if (d->count + count > sizeof d->bytes) {
    d->count = sizeof d->bytes + 1;
    return;
  }
  memcpy(d->bytes + d->count, bytes, count);
  d->count += count;
}

static void put_byte(description *d, int value) {
  unsigned char byte = (unsigned char)value;
  if (d->count <= sizeof d->bytes) put(d, &byte, 1);
}

static void put_short(description *d, int value) {
  put_byte(d, value & 255);
  put_byte(d, (value >> 8) & 255);
}

static void put_int(description *d, int value) {
  put_short(d, value & 0xffff);
  put_short(d, (value >> 16) & 0xffff);
}

static void align(description *d) {
  if (d->count & 1) put_byte(d, 0);
}

// The lists of names end in NULL; a macro, since how const they are differs between versions.
#define COUNT_NAMES(count, names) \
  int count = 0;                  \
  while (names[count]) count++

// The parameterised SGR that sets the foreground (base 3) or the background (base 4).
static const char *set_color(int colors, bool foreground) {
  if (colors > 256) {
    return foreground
      ? "\033[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"
      : "\033[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m";
  }
  if (colors == 256) return foreground ? "\033[38;5;%p1%dm" : "\033[48;5;%p1%dm";
  return foreground
    ? "\033[%?%p1%{8}%<%t3%p1%d%e9%p1%{8}%-%d%;m"
    : "\033[%?%p1%{8}%<%t4%p1%d%e10%p1%{8}%-%d%;m";
}

static const char *string_capability(const char *name, int colors) {
  if (strcmp(name, "setaf") == 0) return set_color(colors, true);
  if (strcmp(name, "setab") == 0) return set_color(colors, false);
  if (strcmp(name, "op") == 0) return "\033[39;49m";
  // The palette is the user's: never redefined.
  if (strcmp(name, "initc") == 0 || strcmp(name, "oc") == 0) return NULL;
  const char *value = tigetstr((char *)name);
  return value == (char *)-1 ? NULL : value;
}

static void put_standard_part(description *d, const char *name, int colors) {
  COUNT_NAMES(flags, boolnames);
  COUNT_NAMES(numbers, numnames);
  COUNT_NAMES(strings, strnames);
  int table = 0;
  for (int i = 0; i < strings; i++) {
    const char *value = string_capability(strnames[i], colors);
    if (value) table += (int)strlen(value) + 1;
  }
  put_short(d, 01036);
  put_short(d, (int)strlen(name) + 1);
  put_short(d, flags);
  put_short(d, numbers);
  put_short(d, strings);
  put_short(d, table);
  put(d, name, strlen(name) + 1);
  for (int i = 0; i < flags; i++) {
    put_byte(d, strcmp(boolnames[i], "ccc") != 0 && tigetflag((char *)boolnames[i]) > 0);
  }
  align(d);
  for (int i = 0; i < numbers; i++) {
    int value = tigetnum((char *)numnames[i]);
    if (strcmp(numnames[i], "colors") == 0) value = colors;
    if (strcmp(numnames[i], "pairs") == 0) value = 65536;
    put_int(d, value < 0 ? -1 : value);
  }
  int offset = 0;
  for (int i = 0; i < strings; i++) {
    const char *value = string_capability(strnames[i], colors);
    put_short(d, value ? offset : -1);
    if (value) offset += (int)strlen(value) + 1;
  }
  for (int i = 0; i < strings; i++) {
    const char *value = string_capability(strnames[i], colors);
    if (value) put(d, value, strlen(value) + 1);
  }
  align(d);
}

// RGB: a colour number is red, green and blue. XM: the mouse's own switch, where the type has one.
static void put_extended_part(description *d, int colors) {
  const char *mouse = tigetstr("XM");
  bool has_mouse = mouse != NULL && mouse != (char *)-1;
  bool is_direct = colors > 256;
  int strings = has_mouse ? 1 : 0, flags = is_direct ? 1 : 0;
  int table = (has_mouse ? (int)strlen(mouse) + 1 + 3 : 0) + (is_direct ? 4 : 0);
  if (table == 0) return;
  put_short(d, flags);
  put_short(d, 0);
  put_short(d, strings);
  put_short(d, strings + flags + strings);
  put_short(d, table);
  if (is_direct) put_byte(d, 1);
  align(d);
  if (has_mouse) put_short(d, 0);
  // Offsets of names count from the first name.
  if (is_direct) put_short(d, 0);
  if (has_mouse) put_short(d, is_direct ? 4 : 0);
  if (has_mouse) put(d, mouse, strlen(mouse) + 1);
  if (is_direct) put(d, "RGB", 4);
  if (has_mouse) put(d, "XM", 3);
}

char *screen_description(const char *name, int colors) {
  if (!screen_has_wide_colors() || strlen(name) > 64) return NULL;
  description *d = calloc(1, sizeof *d);
  char *text = NULL;
  if (d == NULL) return NULL;
  char names[128];
  snprintf(names, sizeof names, "%s|with other colours", name);
  put_standard_part(d, names, colors);
  put_extended_part(d, colors);
  if (d->count <= sizeof d->bytes) text = malloc(4 + 2 * d->count + 1);
  if (text != NULL) {
    strcpy(text, "hex:");
    for (size_t i = 0; i < d->count; i++) snprintf(text + 4 + 2 * i, 3, "%02x", d->bytes[i]);
  }
  free(d);
  return text;
}
