-- Nothing of it goes out without staff: how far it reaches is a guess, or it is hardly a disturbance, or its source said before that it is over.
ALTER TABLE alert RENAME COLUMN widened TO asks;
-- The newest moment that the source itself has given of it: only its own clock says what is older.
ALTER TABLE alert ADD COLUMN said_at timestamptz;
-- It was over, and then came its old beginning: it begins when no other word comes for a while after `heard_at`.
ALTER TABLE alert ADD COLUMN held boolean NOT NULL DEFAULT false;
CREATE INDEX alert_held ON alert (heard_at) WHERE held;
