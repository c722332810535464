-- Orders of the whole catalogue are kept in memory; version is another when what they sort by has changed. Products that come, go
-- or change their state or their searched words change the search index, which tells so itself.
CREATE TABLE product_order (
    sort    text    PRIMARY KEY,
    version integer NOT NULL
) STRICT;

INSERT INTO product_order (sort, version) VALUES ('name', 0), ('code', 0), ('barcode', 0), ('brand', 0), ('price', 0), ('stock', 0), ('binding', 0);

CREATE TRIGGER product_order_text AFTER UPDATE OF name_sort, code, code_sort, barcode, brand ON product
WHEN old.name_sort <> new.name_sort OR old.code <> new.code OR old.code_sort <> new.code_sort OR old.barcode <> new.barcode OR old.brand <> new.brand BEGIN
    UPDATE product_order SET version = version + 1 WHERE sort IN ('name', 'code', 'barcode', 'brand');
END;

CREATE TRIGGER product_order_price AFTER UPDATE OF price ON product WHEN old.price IS NOT new.price BEGIN
    UPDATE product_order SET version = version + 1 WHERE sort = 'price';
END;

CREATE TRIGGER product_order_stock AFTER UPDATE OF stock ON product WHEN old.stock IS NOT new.stock BEGIN
    UPDATE product_order SET version = version + 1 WHERE sort = 'stock';
END;

CREATE TRIGGER product_order_bound AFTER INSERT ON binding BEGIN
    UPDATE product_order SET version = version + 1 WHERE sort = 'binding';
END;

CREATE TRIGGER product_order_moved AFTER UPDATE OF product_id ON binding BEGIN
    UPDATE product_order SET version = version + 1 WHERE sort = 'binding';
END;

CREATE TRIGGER product_order_freed AFTER DELETE ON binding BEGIN
    UPDATE product_order SET version = version + 1 WHERE sort = 'binding';
END;
