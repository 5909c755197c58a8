-- Mail of suppliers about their work becomes drafts, and is kept aside.
ALTER TABLE aside DROP CONSTRAINT aside_why_check;
ALTER TABLE aside ADD CONSTRAINT aside_why_check CHECK (why IN ('reply', 'bulk', 'own', 'flood', 'proof', 'bounce', 'supplier'));
