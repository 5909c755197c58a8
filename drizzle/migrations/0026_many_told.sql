-- Whom a revision concerns is written down in the transaction that writes the revision, and neither notices nor revisions are ever deleted: to look the
-- same row up again for each of 50,000 people was half of the time that it took.
ALTER TABLE dispatch DROP CONSTRAINT dispatch_notice_id_fkey, DROP CONSTRAINT dispatch_notice_id_revision_fkey;
ALTER TABLE notice_hit DROP CONSTRAINT notice_hit_notice_id_revision_fkey;
