-- Sort keys take a byte for most characters, where they took two or, in the oldest rows, five.
DROP INDEX product_name;
UPDATE product SET code_sort = shortened_key(code_sort), name_sort = shortened_key(name_sort);
CREATE INDEX product_name ON product (name_sort, id, state);
UPDATE sales_order SET marketplace_sort = shortened_key(marketplace_sort), number_sort = shortened_key(number_sort), buyer_sort = shortened_key(buyer_sort);
UPDATE invoice SET buyer_sort = shortened_key(buyer_sort), number_sort = shortened_key(number_sort);
