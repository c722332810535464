-- A row of a transfer is kept in two parts: what was read, which stays as it is, and what is decided and becomes of it, which
-- is written again and again and is a sixth of it. Nothing is kept that can be told from another column.
CREATE TABLE transfer_product (
    id          integer PRIMARY KEY,
    transfer_id integer NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    remote_id   text    NOT NULL,
    type        integer NOT NULL,
    code        text    NOT NULL,
    barcode     text    NOT NULL,
    name        text    NOT NULL,
    brand       text    NOT NULL,
    unit        text    NOT NULL,
    active      integer NOT NULL,
    currency    text    NOT NULL,
    price       text,
    stock       text,
    vat_rate    text,
    modified_at text,
    UNIQUE (transfer_id, remote_id, type)
) STRICT;

-- before are the values of the product when it was planned; after_currency null: it is to have the same afterwards;
-- applied_currency null: it had those, when the row was applied.
CREATE TABLE transfer_outcome (
    id               integer PRIMARY KEY REFERENCES transfer_product (id) ON DELETE CASCADE,
    transfer_id      integer NOT NULL,
    outcome          text    NOT NULL DEFAULT 'pending'
        CHECK (outcome IN ('pending', 'matched', 'unmatched', 'skipped', 'failed')),
    tier             text    NOT NULL DEFAULT '',
    reason           text    NOT NULL DEFAULT '',
    candidates       integer NOT NULL DEFAULT 0,
    flag             text    NOT NULL DEFAULT '',
    skipped          integer NOT NULL DEFAULT 0,
    product_id       integer NOT NULL DEFAULT 0,
    revision         integer NOT NULL DEFAULT 0,
    notes            text    NOT NULL DEFAULT '',
    planned          text    NOT NULL DEFAULT '',
    becomes          text    NOT NULL DEFAULT '',
    planned_notes    text    NOT NULL DEFAULT '',
    before_price     text,
    before_currency  text    NOT NULL DEFAULT '',
    before_stock     text,
    after_price      text,
    after_currency   text    DEFAULT '',
    after_stock      text,
    applied_price    text,
    applied_currency text    DEFAULT '',
    applied_stock    text,
    decided          text    NOT NULL DEFAULT ''
) STRICT;

INSERT INTO transfer_product SELECT id, transfer_id, remote_id, type, code, barcode, name, brand, unit, active, currency, price, stock, vat_rate, modified_at
FROM transfer_row ORDER BY id;

INSERT INTO transfer_outcome SELECT id, transfer_id, outcome, tier, reason, candidates, flag, skipped, product_id, revision, notes, planned, becomes,
    planned_notes, before_price, before_currency, before_stock, after_price, after_currency, after_stock, applied_price, applied_currency, applied_stock, decided
FROM transfer_row ORDER BY id;

DROP TABLE transfer_row;
CREATE INDEX transfer_outcome_of ON transfer_outcome (transfer_id, outcome);

CREATE VIEW transfer_row AS
SELECT o.id, o.transfer_id, p.remote_id, p.type, p.code, p.barcode, p.name, p.brand, p.unit, p.active, p.currency, p.price, p.stock, p.vat_rate, p.modified_at,
    o.tier, o.reason, o.candidates, o.flag, o.skipped, o.product_id, o.revision, o.outcome, o.notes, o.planned, o.becomes, o.planned_notes,
    o.before_price, o.before_currency, o.before_stock,
    iif(o.after_currency IS NULL, o.before_price, o.after_price) AS after_price,
    coalesce(o.after_currency, o.before_currency) AS after_currency,
    iif(o.after_currency IS NULL, o.before_stock, o.after_stock) AS after_stock,
    CASE WHEN o.applied_currency IS NOT NULL THEN o.applied_price WHEN o.after_currency IS NULL THEN o.before_price ELSE o.after_price END AS applied_price,
    coalesce(o.applied_currency, o.after_currency, o.before_currency) AS applied_currency,
    CASE WHEN o.applied_currency IS NOT NULL THEN o.applied_stock WHEN o.after_currency IS NULL THEN o.before_stock ELSE o.after_stock END AS applied_stock,
    o.decided
FROM transfer_outcome o LEFT JOIN transfer_product p ON p.id = o.id AND p.transfer_id = o.transfer_id;
