-- Orders of shops and marketplaces, and what people say of them (orders-invoices.md §1).

-- buyer, lines, said and later are JSON: the orders.Buyer, []orders.Line, orders.Said, and the orders.Order that the
-- source says now of an order that was invoiced ('null': nothing else). never is that of said. stage, reasons, warnings,
-- total and judged_at are what was judged last; what an invoice or a task says of the order is in their tables.
CREATE TABLE sales_order (
    id               integer PRIMARY KEY AUTOINCREMENT,
    marketplace      text    NOT NULL,
    marketplace_sort blob    NOT NULL,
    package          text    NOT NULL,
    number           text    NOT NULL,
    number_sort      blob    NOT NULL,
    status           text    NOT NULL,
    word             text    NOT NULL,
    ordered_at       text,
    shipped_at       text,
    delivered_at     text,
    currency         text    NOT NULL,
    buyer            text    NOT NULL,
    buyer_sort       blob    NOT NULL,
    lines            text    NOT NULL,
    discount         text    NOT NULL,
    stated_total     text,
    refunded         text    NOT NULL,
    micro            integer NOT NULL,
    fingerprint      text    NOT NULL,
    search_fold      text    NOT NULL,
    source           text    NOT NULL,
    file             text    NOT NULL,
    added_at         text    NOT NULL,
    changed_at       text    NOT NULL,
    said             text    NOT NULL DEFAULT '{}',
    never            integer NOT NULL DEFAULT 0,
    later            text    NOT NULL DEFAULT 'null',
    stage            text    NOT NULL DEFAULT 'held' CHECK (stage IN ('ready', 'held', 'never')),
    reasons          text    NOT NULL DEFAULT '[]',
    warnings         text    NOT NULL DEFAULT '[]',
    total            text    NOT NULL,
    judged_at        text,
    wish             text    NOT NULL DEFAULT '' CHECK (wish IN ('', 'draft', 'formalise')),
    UNIQUE (marketplace, package)
) STRICT;

CREATE INDEX sales_order_waiting ON sales_order (ordered_at) WHERE wish <> '';

-- What a source calls a product, as a person said.
CREATE TABLE order_pair (
    marketplace text    NOT NULL,
    key         text    NOT NULL,
    product_id  integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    at          text    NOT NULL,
    PRIMARY KEY (marketplace, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_pair_product ON order_pair (product_id);

-- What a person said of a kind of file: mapping is the JSON of an orders.Mapping.
CREATE TABLE order_profile (
    name_fold text NOT NULL PRIMARY KEY,
    mapping   text NOT NULL,
    at        text NOT NULL
) STRICT;

-- A source spells codes as it likes.
CREATE INDEX product_code_k1 ON product (code_k1) WHERE code_k1 <> '';

-- An invoice's line names İşbaşı's own code and unit; '' = not read yet.
ALTER TABLE sync_seen ADD COLUMN code text NOT NULL DEFAULT '';
ALTER TABLE sync_seen ADD COLUMN unit text NOT NULL DEFAULT '';
