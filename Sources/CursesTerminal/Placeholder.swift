// The room is built up from here.
