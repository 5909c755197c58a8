-- Calendars that go with mails name a METHOD for those who ask for it: their programs offer to take them in.
ALTER TABLE preference ADD COLUMN invites boolean NOT NULL DEFAULT false;
