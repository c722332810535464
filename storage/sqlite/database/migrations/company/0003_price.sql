-- What a product may never be sold below, VAT included, in the currency of its price (rules.md §3).
CREATE TABLE price_guard (
    product_id integer PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE,
    minimum    text,
    cost       text
) STRICT;

-- The last price of a product that a person let go to a marketplace, and what it was made of.
CREATE TABLE approved_price (
    product_id  integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    marketplace text    NOT NULL,
    price       text    NOT NULL,
    base        text    NOT NULL,
    currency    text    NOT NULL,
    rate        text,
    version     integer NOT NULL,
    approved_at text    NOT NULL,
    PRIMARY KEY (product_id, marketplace)
) STRICT;

-- What one unit of a currency costs from a day on (Istanbul, 2006-01-02), as a person typed it.
CREATE TABLE exchange_rate (
    currency text NOT NULL,
    day      text NOT NULL,
    rate     text NOT NULL,
    saved_at text NOT NULL,
    PRIMARY KEY (currency, day)
) STRICT;
