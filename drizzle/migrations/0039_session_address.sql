-- A link by mail, and the session that it began, end with the address that it was sent to.
ALTER TABLE sign_in ADD COLUMN address text;
ALTER TABLE sign_in ADD CONSTRAINT sign_in_address_fkey
  FOREIGN KEY (contact_id, address) REFERENCES contact_address (contact_id, address) ON DELETE CASCADE;
ALTER TABLE session ADD COLUMN address text;
ALTER TABLE session ADD CONSTRAINT session_address_fkey
  FOREIGN KEY (contact_id, address) REFERENCES contact_address (contact_id, address) ON DELETE CASCADE;
