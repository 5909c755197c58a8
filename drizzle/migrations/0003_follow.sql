-- What happens to a message after it was said: edits, deletions, reactions, and replies that can still be taken back.

ALTER TABLE message
  -- Of the newest edit that was heard; 0 is what was said first.
  ADD COLUMN version bigint NOT NULL DEFAULT 0,
  ADD COLUMN deleted_at timestamptz,
  -- A reply that was edited into a note: for ever kept from the customer.
  ADD COLUMN noted boolean NOT NULL DEFAULT false;

-- Edits and deletions of messages that have not come yet.
CREATE TABLE awaited (
  place_id bigint NOT NULL REFERENCES place,
  ref text NOT NULL,
  version bigint NOT NULL,
  body text,
  -- One of the edits was a note.
  noted boolean NOT NULL,
  deleted boolean NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (place_id, ref)
);

-- Who put which emoji on which message of a place; the newest word counts.
CREATE TABLE reaction (
  place_id bigint NOT NULL REFERENCES place,
  ref text NOT NULL,
  handle_id bigint NOT NULL REFERENCES handle,
  emoji text NOT NULL,
  is_on boolean NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (place_id, ref, emoji, handle_id)
);

-- Grows when what waits in the lane is changed: a relay that looked before that looks again.
ALTER TABLE lane ADD COLUMN revision integer NOT NULL DEFAULT 0;

ALTER TABLE delivery
  -- The delivery whose message is to show what it says now.
  ADD COLUMN target_id bigint REFERENCES delivery,
  -- Not sent before: its author may still take it back.
  ADD COLUMN hold_until timestamptz,
  DROP CONSTRAINT delivery_kind_check,
  ADD CONSTRAINT delivery_kind_check
    CHECK (kind IN ('thread', 'post', 'desk-post', 'card', 'react', 'follow', 'echo')),
  DROP CONSTRAINT delivery_state_check,
  ADD CONSTRAINT delivery_state_check
    CHECK (state IN ('pending', 'sending', 'retry', 'sent', 'unknown', 'dead', 'cancelled')),
  DROP CONSTRAINT card_at_desk,
  ADD CONSTRAINT card_at_desk
    CHECK (place_role = 'desk' OR kind IN ('thread', 'post', 'follow', 'echo')),
  ADD CONSTRAINT follow_has_target CHECK ((kind = 'follow') = (target_id IS NOT NULL));
