-- A person's own page on a platform is a place: what it shows goes out in a lane of its own. It is there once they have opened the page.
ALTER TABLE place
  DROP CONSTRAINT place_role_check,
  ADD CONSTRAINT place_role_check CHECK (role IN ('customer', 'desk', 'home'));
CREATE UNIQUE INDEX place_home ON place (handle_id) WHERE role = 'home';
-- A page has no address: it is no place that is still to be made.
DROP INDEX place_unmade;
CREATE INDEX place_unmade ON place (channel) WHERE address IS NULL AND role <> 'home';

ALTER TABLE delivery
  DROP CONSTRAINT delivery_kind_check,
  ADD CONSTRAINT delivery_kind_check
    CHECK (kind IN ('thread', 'post', 'desk-post', 'card', 'react', 'follow', 'echo', 'home')),
  DROP CONSTRAINT card_at_desk,
  ADD CONSTRAINT card_at_desk
    CHECK (place_role = 'desk' OR kind IN ('thread', 'post', 'follow', 'echo', 'home')),
  ADD CONSTRAINT page_at_home CHECK ((place_role = 'home') = (kind = 'home'));
