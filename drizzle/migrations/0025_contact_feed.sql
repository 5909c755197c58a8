-- The secret address of a contact's calendar of planned work; only its hash is kept, and a new one takes its place.
ALTER TABLE contact ADD COLUMN feed_sha256 bytea;
CREATE UNIQUE INDEX contact_feed ON contact (feed_sha256) WHERE feed_sha256 IS NOT NULL;
