-- For what was kept of promises over the last days: rows lie in the order of time.
CREATE INDEX promise_begun ON promise USING brin (started_at);

-- Whether a customer was asked how it went, and what they said: once for each ticket.
CREATE TABLE rating (
  ticket_id bigint PRIMARY KEY REFERENCES ticket,
  asked_at timestamptz NOT NULL,
  -- Null while nobody has answered.
  answer text CHECK (answer IN ('good', 'fair', 'bad')),
  comment text,
  -- Who answered; null by a link of a mail.
  handle_id bigint REFERENCES handle,
  answered_at timestamptz,
  -- How often the answer was given or changed.
  changes integer NOT NULL DEFAULT 0,
  CONSTRAINT answered_when CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CONSTRAINT comment_of_answer CHECK (comment IS NULL OR answer IS NOT NULL)
);
ALTER TABLE rating ALTER COLUMN comment SET STATISTICS 0;
CREATE INDEX rating_asked ON rating (asked_at);
CREATE INDEX rating_answered ON rating (answered_at) WHERE answered_at IS NOT NULL;
