-- When somebody of the staff was last seen to write to a room's person: bubbles that are open at other processes of the desk look there.
ALTER TABLE room ADD COLUMN writing_at timestamptz;
-- It is only read back.
ALTER TABLE room ALTER COLUMN writing_at SET STATISTICS 0;
