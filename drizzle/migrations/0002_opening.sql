-- Platforms allow few new places (threads, posts): lanes whose head makes one are found apart from the others,
-- so that those which have to wait cost nothing and hold up nobody.
ALTER TABLE lane ADD COLUMN opens boolean NOT NULL DEFAULT false;
DROP INDEX lane_due;
CREATE INDEX lane_due ON lane (channel, opens, rank, wake_at) WHERE backlog > 0;
