-- The weeks whose report was posted to the desk: each once, whatever happens and however many desks run.
CREATE TABLE week_report (
  -- Its Monday in the desk's zone.
  monday date PRIMARY KEY CHECK (extract(isodow FROM monday) = 1),
  made_at timestamptz NOT NULL
);

-- For the report, which reads a week: rows lie in the order of time.
CREATE INDEX message_age ON message USING brin (at);
-- For the board.
CREATE INDEX promise_missed ON promise (missed_at) WHERE missed_at IS NOT NULL;
