-- What a ticket has to do with a notice: it is `part` of a running outage and follows it, or `about` what somebody answered.
CREATE TABLE ticket_notice (
  ticket_id bigint NOT NULL REFERENCES ticket,
  notice_id bigint NOT NULL REFERENCES notice,
  how text NOT NULL CHECK (how IN ('part', 'about')),
  since timestamptz NOT NULL,
  -- It goes its own way again: the outage is over, is about something else, or staff said so.
  ended_at timestamptz,
  PRIMARY KEY (ticket_id, notice_id)
);
-- A ticket follows one outage at a time.
CREATE UNIQUE INDEX ticket_notice_part ON ticket_notice (ticket_id) WHERE how = 'part' AND ended_at IS NULL;
CREATE INDEX ticket_notice_follows ON ticket_notice (notice_id) WHERE how = 'part' AND ended_at IS NULL;
