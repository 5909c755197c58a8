-- Who is vouched for and who is not are two senders: what was written in somebody's name is not counted as theirs. `told`: somebody was told of it, its
-- sender or staff, and is not for a while.
ALTER TABLE aside ADD COLUMN space text NOT NULL DEFAULT '', ADD COLUMN told boolean NOT NULL DEFAULT false;
ALTER TABLE aside ALTER COLUMN space SET STATISTICS 0, ALTER COLUMN told SET STATISTICS 0;
