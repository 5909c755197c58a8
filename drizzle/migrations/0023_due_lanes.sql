-- The lanes that are due, the most urgent first. Always by the index and in its order: where the planner believes that few are due (a table that is
-- new, or a broadcast since it was last looked at) it would read and sort all of them, 100 ms with 80,000, at every look of the relay.
CREATE FUNCTION due_lanes(of_channel text, making boolean, most_rank int, now_is timestamptz, at_most int)
  RETURNS TABLE (place_id bigint, rank smallint, backlog int, wake_at timestamptz, opens boolean)
  LANGUAGE plpgsql STABLE ROWS 100
  SET enable_bitmapscan = off
  SET enable_seqscan = off
  SET enable_sort = off
  SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT l.place_id, l.rank, l.backlog, l.wake_at, l.opens FROM lane l
    WHERE l.channel = of_channel AND l.opens = making AND l.backlog > 0 AND l.rank <= most_rank AND l.wake_at <= now_is
      AND (l.leased_until IS NULL OR l.leased_until <= now_is)
    ORDER BY l.rank, l.wake_at LIMIT at_most;
END $$;
