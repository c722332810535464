-- What a transfer was to do, counted (transfer.Forecast as JSON): it outlives the rows. source is the
-- checksum of the plan file that the run was made of, '' for one that was read at İşbaşı.
CREATE TABLE transfer_plan (
    transfer_id integer PRIMARY KEY REFERENCES transfer (id) ON DELETE CASCADE,
    made_at     text    NOT NULL,
    source      text    NOT NULL DEFAULT '',
    forecast    text    NOT NULL
) STRICT;

CREATE UNIQUE INDEX transfer_plan_source ON transfer_plan (source) WHERE source <> '';

-- What the plan foresaw of each row ('' = it was never planned), and what its product had afterwards.
ALTER TABLE transfer_row ADD COLUMN planned text NOT NULL DEFAULT '';
ALTER TABLE transfer_row ADD COLUMN becomes text NOT NULL DEFAULT '';
ALTER TABLE transfer_row ADD COLUMN planned_notes text NOT NULL DEFAULT '';
ALTER TABLE transfer_row ADD COLUMN before_price text;
ALTER TABLE transfer_row ADD COLUMN before_currency text NOT NULL DEFAULT '';
ALTER TABLE transfer_row ADD COLUMN before_stock text;
ALTER TABLE transfer_row ADD COLUMN after_price text;
ALTER TABLE transfer_row ADD COLUMN after_currency text NOT NULL DEFAULT '';
ALTER TABLE transfer_row ADD COLUMN after_stock text;
ALTER TABLE transfer_row ADD COLUMN applied_price text;
ALTER TABLE transfer_row ADD COLUMN applied_currency text NOT NULL DEFAULT '';
ALTER TABLE transfer_row ADD COLUMN applied_stock text;
