-- Whoever asked on the status page to be written to of all that is public, and has shown that the mailbox is theirs.
CREATE TABLE subscriber (
  handle_id bigint PRIMARY KEY REFERENCES handle,
  locale text NOT NULL,
  confirmed_at timestamptz NOT NULL
);

-- Mails that ask whether it was the owner of the mailbox who asked; of a code only its hash is kept.
CREATE TABLE subscriber_ask (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  handle_id bigint NOT NULL REFERENCES handle,
  locale text NOT NULL,
  sha256 bytea NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX subscriber_ask_made ON subscriber_ask (made_at);
CREATE INDEX subscriber_ask_handle ON subscriber_ask (handle_id, made_at);

-- What was said in public and was planned for all who subscribe: once for good, whoever of several desks saw it first.
CREATE TABLE status_word (
  notice_id bigint NOT NULL REFERENCES notice,
  word text NOT NULL,
  planned_at timestamptz NOT NULL,
  PRIMARY KEY (notice_id, word)
);

-- To whom it goes. What waits is dropped when something newer is said.
CREATE TABLE status_mail (
  handle_id bigint NOT NULL REFERENCES handle,
  notice_id bigint NOT NULL,
  word text NOT NULL,
  planned_at timestamptz NOT NULL,
  -- When it was put into the lane of the mailbox.
  sent_at timestamptz,
  PRIMARY KEY (handle_id, notice_id, word),
  FOREIGN KEY (notice_id, word) REFERENCES status_word
);
CREATE INDEX status_mail_waits ON status_mail (planned_at, handle_id) WHERE sent_at IS NULL;
CREATE INDEX status_mail_notice ON status_mail (notice_id) WHERE sent_at IS NULL;
