-- Who signed in by a link to an address, and links that were sent, ended with it only from 0039 on: those from before begin anew.
DELETE FROM session WHERE how = 'mail' AND address IS NULL;
UPDATE sign_in SET used_at = made_at WHERE how = 'mail' AND address IS NULL AND used_at IS NULL;
