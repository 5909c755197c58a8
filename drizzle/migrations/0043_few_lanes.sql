-- Mostly one lane is due when it is looked. A hundred, as was said before, made the planner read the whole table beside it.
ALTER FUNCTION due_lanes(text, boolean, int, timestamptz, int) ROWS 1;
