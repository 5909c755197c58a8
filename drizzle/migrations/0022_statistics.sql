-- What is only ever read back is nothing to the planner. Without this ANALYZE sorts tens of thousands of texts, and whoever opens a ticket meanwhile waits.
ALTER TABLE delivery ALTER COLUMN content SET STATISTICS 0;
ALTER TABLE dispatch ALTER COLUMN content SET STATISTICS 0;
ALTER TABLE event ALTER COLUMN data SET STATISTICS 0;
ALTER TABLE message ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE receipt ALTER COLUMN payload SET STATISTICS 0;
ALTER TABLE ticket ALTER COLUMN facts SET STATISTICS 0, ALTER COLUMN subject SET STATISTICS 0;
