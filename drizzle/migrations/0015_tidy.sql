-- Timers of tickets that were closed long ago are dropped: rows lie about in the order of time, and this finds the old ones.
CREATE INDEX timer_age ON timer USING brin (due_at);
