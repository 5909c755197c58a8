-- The windows of a notice have numbers in it, which they keep for good: calendars know them by these. Null: their places.
ALTER TABLE notice_revision ADD COLUMN numbers jsonb;
ALTER TABLE notice_revision ALTER COLUMN numbers SET STATISTICS 0;

-- What waits for its end ends for everybody with the windows of everybody, and for each account that has others with those (`rules/parts.ts`).
CREATE TEMPORARY TABLE ends ON COMMIT DROP AS
WITH waits AS (
  SELECT s.notice_id, s.revision, r.content FROM notice_step s JOIN notice_revision r USING (notice_id, revision)
  WHERE s.stage = 'finish' AND s.done_at IS NULL AND r.content @? '$.objects[*] ? (@.type == "account" && exists (@.windows))'
), every AS (
  SELECT notice_id, revision, nr - 1 AS place, (one ->> 'to')::timestamptz AS ends, content -> 'objects' AS objects
  FROM waits, jsonb_array_elements(content -> 'windows') WITH ORDINALITY w (one, nr)
), spot AS (
  SELECT notice_id, revision, place, ends, CASE WHEN o ->> 'type' = 'account' AND o ? 'windows' THEN o ->> 'value' END AS account
  FROM every, jsonb_array_elements(objects) o
  WHERE NOT o ? 'windows' OR o -> 'windows' @> to_jsonb(place)
), part AS (
  SELECT notice_id, revision, account, array_agg(DISTINCT place ORDER BY place) AS places, max(ends) AS ends,
    (array_agg(place ORDER BY ends DESC, place))[1] AS last
  FROM spot GROUP BY notice_id, revision, account
)
SELECT one.notice_id, one.revision, one.account, one.ends, one.last FROM part one
  LEFT JOIN part shared ON shared.notice_id = one.notice_id AND shared.revision = one.revision AND shared.account IS NULL
  WHERE one.account IS NULL OR shared.places IS DISTINCT FROM one.places;
UPDATE notice_step s SET due_at = e.ends FROM ends e
  WHERE s.notice_id = e.notice_id AND s.revision = e.revision AND s.stage = 'finish' AND e.account IS NULL;
DELETE FROM notice_step s USING ends e WHERE s.notice_id = e.notice_id AND s.revision = e.revision AND s.stage = 'finish' AND s.done_at IS NULL
  AND NOT EXISTS (SELECT FROM ends other WHERE other.notice_id = e.notice_id AND other.revision = e.revision AND other.account IS NULL);
INSERT INTO notice_step (notice_id, revision, stage, due_at)
  SELECT notice_id, revision, 'finish:' || last, ends FROM ends WHERE account IS NOT NULL ON CONFLICT DO NOTHING;
