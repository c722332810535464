-- What İşbaşı and the catalogue last agreed on, per pair and field (orders-invoices.md §8): the base is the
-- value of the row with the highest id. A row is added when the base becomes another number, and taken away
-- when what added it is undone, which puts the former base back. transfer_id, with the decision_id of what
-- a person decided in it, or sync_id is who added it; a transfer may be older than what is kept of it.
CREATE TABLE agreed (
    id          integer PRIMARY KEY AUTOINCREMENT,
    product_id  integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    field       text    NOT NULL CHECK (field IN ('stock', 'price')),
    value       text    NOT NULL,
    at          text    NOT NULL,
    transfer_id integer,
    decision_id integer,
    sync_id     integer
) STRICT;

CREATE INDEX agreed_product ON agreed (product_id, field, id);

-- When the bound product was proved gone at İşbaşı (rules.md §4); null: it is there.
ALTER TABLE binding ADD COLUMN gone_at text;

-- When the value last changed, by what ('file', 'isbasi' = a transfer, 'sync', 'person', 'undo') and who
-- worked with the program; null and '' for what stood before this was kept, and where there was never a value.
ALTER TABLE product ADD COLUMN price_at text;
ALTER TABLE product ADD COLUMN price_from text NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN price_by text NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN stock_at text;
ALTER TABLE product ADD COLUMN stock_from text NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN stock_by text NOT NULL DEFAULT '';

-- The bases of what is bound already: of each field the value of the newest transfer that stands and left
-- the same number on both sides.
INSERT INTO agreed (product_id, remote_id, type, field, value, at, transfer_id, decision_id)
WITH equal AS (
    SELECT product_id, remote_id, type, transfer_id, 'price' AS field, applied_price AS value FROM transfer_row
    WHERE outcome IN ('matched', 'unmatched') AND CAST(applied_price AS REAL) = CAST(price AS REAL)
        AND applied_currency = coalesce(nullif(currency, ''), 'TRY')
    UNION ALL
    SELECT product_id, remote_id, type, transfer_id, 'stock', applied_stock FROM transfer_row
    WHERE outcome IN ('matched', 'unmatched') AND CAST(applied_stock AS REAL) = CAST(stock AS REAL)
), ranked AS (
    SELECT equal.*, coalesce(transfer.finished_at, transfer.confirmed_at, transfer.created_at, '1970-01-01T00:00:00.000Z') AS at,
        row_number() OVER (PARTITION BY remote_id, type, field ORDER BY transfer_id DESC) AS place
    FROM equal JOIN binding USING (product_id, remote_id, type) JOIN transfer ON transfer.id = transfer_id AND undone_at IS NULL
), made AS ( -- the decisions by which a person made pairs that stand
    SELECT transfer_id, remote_id, type, product_id, max(decision_id) AS decision_id FROM before_image
    WHERE kind IN ('pair', 'create') AND undone = '' GROUP BY transfer_id, remote_id, type, product_id
)
SELECT product_id, remote_id, type, field, value, coalesce(decided_at, at), ranked.transfer_id, made.decision_id
FROM ranked LEFT JOIN made USING (transfer_id, remote_id, type, product_id) LEFT JOIN decision ON decision.id = made.decision_id
WHERE place = 1 ORDER BY product_id, field;
