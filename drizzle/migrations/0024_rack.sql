-- The rack in which a service stands, as staff call it. A notice names one with its location (`WAW1/R12`) or alone, wherever there is one of that name.
ALTER TABLE service ADD COLUMN rack text;
CREATE INDEX service_rack ON service (lower(rack)) WHERE rack IS NOT NULL;
CREATE INDEX service_rack_in ON service (lower(location || '/' || rack)) WHERE rack IS NOT NULL;
-- In which locations the racks of a revision were that several customers share, as it was confirmed: that much of a rack everybody may know.
ALTER TABLE notice_revision ADD COLUMN racks jsonb;
