-- One-time links that sign a contact in to their own page. Only a hash is kept.
CREATE TABLE sign_in (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  sha256 bytea NOT NULL UNIQUE,
  how text NOT NULL CHECK (how IN ('chat', 'mail', 'client-area')),
  contact_id bigint NOT NULL REFERENCES contact ON DELETE CASCADE,
  -- The hash of what the browser holds that asked for it; null where it was not asked for in a browser.
  browser bytea,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT mail_is_asked_for_in_a_browser CHECK (how <> 'mail' OR browser IS NOT NULL)
);
CREATE INDEX sign_in_contact ON sign_in (contact_id, made_at);
CREATE INDEX sign_in_expiry ON sign_in (expires_at);

-- Who is signed in, in which browser. Of what the browser holds only a hash is kept.
CREATE TABLE session (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  sha256 bytea NOT NULL UNIQUE,
  contact_id bigint NOT NULL REFERENCES contact ON DELETE CASCADE,
  how text NOT NULL CHECK (how IN ('chat', 'mail', 'client-area')),
  -- When it was proved from the client area, in this very session.
  proved_at timestamptz,
  -- What the browser says it is: untrusted.
  agent text NOT NULL,
  made_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_contact ON session (contact_id);
CREATE INDEX session_expiry ON session (expires_at);

-- A page of one's own is an identity too, linked by being signed in.
ALTER TABLE link DROP CONSTRAINT link_how_check,
  ADD CONSTRAINT link_how_check CHECK (how IN ('client-area', 'mail', 'session'));
ALTER TABLE identity_event DROP CONSTRAINT identity_event_type_check,
  ADD CONSTRAINT identity_event_type_check CHECK (type IN ('token-made', 'code-asked', 'used', 'failed', 'expired', 'linked', 'unlinked',
    'revoked', 'proof-asked', 'proof-given', 'exported', 'erased', 'link-asked', 'signed-in', 'signed-out'));
