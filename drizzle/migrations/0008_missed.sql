-- What was missed is fetched later than what was said since: where a platform tells its own time exactly, events are worked by it.
ALTER TABLE receipt ADD COLUMN said_at timestamptz;
DROP INDEX receipt_stored;
CREATE INDEX receipt_stored ON receipt (place_id, said_at NULLS FIRST, id) WHERE state = 'stored';
