-- Planned work of a supplier, as its calendar tells; what is older than what is known is not taken.
CREATE TABLE supplier_work (
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 20),
  uid text NOT NULL CHECK (length(uid) BETWEEN 1 AND 200),
  sequence integer NOT NULL CHECK (sequence >= 0),
  state text NOT NULL CHECK (state IN ('tentative', 'confirmed', 'in-process', 'completed', 'cancelled')),
  summary text NOT NULL,
  provider text NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  -- The maintenance that is made of it; null while it is about nothing that anybody has.
  notice_id bigint REFERENCES notice,
  -- The edition that the desk wrote last by itself, and the one that the posts show.
  edition integer NOT NULL DEFAULT 0,
  shown_edition integer NOT NULL DEFAULT 0,
  heard_at timestamptz NOT NULL,
  PRIMARY KEY (source, uid)
);
CREATE INDEX supplier_work_notice ON supplier_work (notice_id) WHERE notice_id IS NOT NULL;
CREATE INDEX supplier_work_to ON supplier_work (to_at);
