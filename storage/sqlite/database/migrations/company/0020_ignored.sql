-- İşbaşı's products that a person has ignored: they wait in no transfer until they are asked about again, or have a partner.
CREATE TABLE ignored (
    remote_id  text    NOT NULL,
    type       integer NOT NULL,
    created_at text    NOT NULL,
    PRIMARY KEY (remote_id, type)
) STRICT;

-- ignored is 1 where the mark was set, -1 where it was taken away.
ALTER TABLE before_image ADD COLUMN ignored integer NOT NULL DEFAULT 0;

-- What was ignored before counts as well, unless its transfer was undone or it has a partner since.
UPDATE before_image SET ignored = 1 WHERE kind = 'ignore' AND undone = '';

INSERT INTO ignored (remote_id, type, created_at)
SELECT i.remote_id, i.type, max(i.created_at) FROM before_image i
WHERE i.ignored = 1 AND NOT EXISTS (SELECT 1 FROM binding b WHERE b.remote_id = i.remote_id AND b.type = i.type)
GROUP BY i.remote_id, i.type;

DROP VIEW transfer_row;

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
    iif(o.decided = '' AND o.product_id = 0 AND o.outcome IN ('pending', 'unmatched')
        AND EXISTS (SELECT 1 FROM ignored g WHERE g.remote_id = p.remote_id AND g.type = p.type), 'ignore', o.decided) AS decided
FROM transfer_outcome o LEFT JOIN transfer_product p ON p.id = o.id AND p.transfer_id = o.transfer_id;
