-- A customer may ask for a quicker answer: when that was last, and by when it is due (gone once somebody has answered).
ALTER TABLE ticket ADD COLUMN escalation_asked_at timestamptz, ADD COLUMN answer_due_at timestamptz;

-- What staff may have to do next, and what they are offered while they type: everything that is not closed.
CREATE INDEX ticket_unclosed ON ticket (id) WHERE state <> 'closed';

-- Since when somebody is known to work here: they are offered when a ticket is assigned.
ALTER TABLE handle ADD COLUMN staff_at timestamptz;
CREATE INDEX handle_staff ON handle (channel, space) WHERE staff_at IS NOT NULL;
