-- What a person decided about rows of a transfer; each call is one, and is taken back as one.
CREATE TABLE decision (
    id          integer PRIMARY KEY AUTOINCREMENT,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    decided_at  text    NOT NULL,
    actor       text    NOT NULL
) STRICT;

-- Decisions keep before-images as transfers do, in the same order of writing. decision_id is null for what
-- the transfer itself wrote. row is the JSON of the row before the decision. bound is 1 where remote_id was
-- bound to product_id, -1 where that binding was taken away; separated likewise for the mark of a pair that
-- was taken apart. product_id is 0 where no product was touched. undone is '' while the write stands,
-- 'taken-back' or 'undone' when it was undone alone or with its transfer, else the reason why it had to stay.
ALTER TABLE before_image ADD COLUMN decision_id integer REFERENCES decision (id) ON DELETE CASCADE;
ALTER TABLE before_image ADD COLUMN kind text NOT NULL DEFAULT '';
ALTER TABLE before_image ADD COLUMN "row" text;
ALTER TABLE before_image ADD COLUMN separated integer NOT NULL DEFAULT 0;
ALTER TABLE before_image ADD COLUMN undone text NOT NULL DEFAULT '';

DROP INDEX before_image_transfer;
CREATE INDEX before_image_transfer ON before_image (transfer_id, undone);
CREATE INDEX before_image_decision ON before_image (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX before_image_product ON before_image (product_id);
CREATE INDEX before_image_remote ON before_image (remote_id, type);

ALTER TABLE transfer_row ADD COLUMN decided text NOT NULL DEFAULT '';

-- When an undo began and when it came to its end.
ALTER TABLE transfer ADD COLUMN undo_at text;
ALTER TABLE transfer ADD COLUMN undone_at text;

-- The highest revision the product has had: a product that is restored gets the revision of that state
-- again, and no two states have the same.
ALTER TABLE product ADD COLUMN revision_last integer NOT NULL DEFAULT 0;
