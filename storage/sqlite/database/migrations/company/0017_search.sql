-- Products are found by any three letters of their words in a row, by the beginning of a word where somebody has typed
-- no more than one or two, and by their group. product_search holds the trigrams of what search_text makes of a product,
-- and no text itself.
CREATE VIEW product_search_text AS
SELECT id, search_text(search_fold, iif(state = 'archived', 'x', 'c' || substr(state, 1, 1))) AS text FROM product;

CREATE VIRTUAL TABLE product_search USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1 remove_diacritics 0'
);

-- It is written in pieces of 2 MiB: the fewer they are, the less there is to merge, and the more memory a large import takes.
INSERT INTO product_search (product_search, rank) VALUES ('hashsize', 2097152);

INSERT INTO product_search (rowid, text) SELECT id, text FROM product_search_text;

-- Written row by row the index would take ten times as long: what it has to learn is noted here, and every transaction
-- brings it up to date before it ends. Products behind its last one need no note.
CREATE TABLE product_search_stale (
    id integer PRIMARY KEY
) STRICT;

CREATE TRIGGER product_search_insert AFTER INSERT ON product WHEN new.id <= (SELECT max(id) FROM product_search_docsize) BEGIN
    INSERT OR IGNORE INTO product_search_stale VALUES (new.id);
END;

CREATE TRIGGER product_search_delete AFTER DELETE ON product BEGIN
    INSERT OR IGNORE INTO product_search_stale VALUES (old.id);
END;

CREATE TRIGGER product_search_update AFTER UPDATE OF id, search_fold, state ON product
WHEN old.id <> new.id OR old.search_fold <> new.search_fold OR old.state <> new.state BEGIN
    INSERT OR IGNORE INTO product_search_stale VALUES (old.id), (new.id);
END;

-- A list by name reads this index alone, whatever the group.
DROP INDEX product_name_sort;
CREATE INDEX product_name ON product (name_sort, id, state);
