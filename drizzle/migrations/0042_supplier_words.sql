-- Of two calendars with one SEQUENCE the later counts: when the last was written (DTSTAMP), and what it said (SHA-256). What said something else, and was not
-- known to be later, is told to staff once.
ALTER TABLE supplier_work
  ADD COLUMN stamped_at timestamptz,
  ADD COLUMN words bytea CHECK (length(words) = 32),
  ADD COLUMN doubted bytea CHECK (length(doubted) = 32),
  -- Staff were told to look at it, because there is no draft: they hear when it will not be.
  ADD COLUMN told boolean NOT NULL DEFAULT false;
UPDATE supplier_work SET told = true WHERE notice_id IS NULL AND state NOT IN ('cancelled', 'completed');
-- They are only read back.
ALTER TABLE supplier_work
  ALTER COLUMN stamped_at SET STATISTICS 0,
  ALTER COLUMN words SET STATISTICS 0,
  ALTER COLUMN doubted SET STATISTICS 0,
  ALTER COLUMN told SET STATISTICS 0;
