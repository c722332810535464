-- A product can be passive: kept, matched and brought up to date, but on sale nowhere. SQLite changes no CHECK, so the
-- column is made anew.
ALTER TABLE product ADD COLUMN standing text NOT NULL DEFAULT 'active' CHECK (standing IN ('active', 'passive', 'draft', 'archived'));
UPDATE product SET standing = state WHERE state <> 'active';
ALTER TABLE product DROP COLUMN state;
ALTER TABLE product RENAME COLUMN standing TO state;
