-- The marketplaces a person added to those the program ships (rules.md §3). They stand with the rules and
-- prices that name them. One that was removed, but is named by rules or prices of the past, stays archived:
-- its id is never given to another one.
CREATE TABLE marketplace (
    id          text NOT NULL PRIMARY KEY,
    name        text NOT NULL,
    added_at    text NOT NULL,
    archived_at text
) STRICT;

-- What the last approval of prices replaced, for undo: price is null where none had been approved.
CREATE TABLE approval_undo (
    product_id  integer NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    marketplace text    NOT NULL,
    price       text,
    base        text,
    currency    text,
    rate        text,
    version     integer,
    approved_at text,
    PRIMARY KEY (product_id, marketplace)
) STRICT;
