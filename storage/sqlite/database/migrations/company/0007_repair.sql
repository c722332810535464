-- What the barcode doctor changed, so that it can be taken back: a repair is what a person confirmed at once.
CREATE TABLE repair (
    id        integer PRIMARY KEY AUTOINCREMENT,
    at        text    NOT NULL,
    what      text    NOT NULL,
    width     integer NOT NULL,
    undone_at text
) STRICT;

-- before and after are of the column ("code" or "barcode"). product_id may outlive its product.
CREATE TABLE repair_change (
    repair_id  integer NOT NULL REFERENCES repair (id) ON DELETE CASCADE,
    product_id integer NOT NULL,
    field      text    NOT NULL,
    before     text    NOT NULL,
    after      text    NOT NULL,
    PRIMARY KEY (repair_id, product_id, field)
) STRICT, WITHOUT ROWID;
