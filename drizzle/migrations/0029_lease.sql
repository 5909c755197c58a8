-- What only one process may do at a time, such as reading a mailbox: who does it, and until when nobody else may.
CREATE TABLE lease (
  name text PRIMARY KEY,
  holder text NOT NULL,
  until timestamptz NOT NULL
);
