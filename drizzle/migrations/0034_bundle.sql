-- What several notices say to one person at the same time is one message, of the first of them: the others are told by it, and end as it does.
ALTER TABLE dispatch ADD COLUMN lead_id bigint REFERENCES dispatch(id) ON DELETE SET NULL;
CREATE INDEX dispatch_lead ON dispatch (lead_id) WHERE lead_id IS NOT NULL;
